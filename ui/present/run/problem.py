"""What went wrong in a run, and how to go on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import RunFacts
from companion.errors import CompanionError, OutcomeUnknown, RadioError
from companion.outcome import Outcome
from ui.flow.core import Flow
from ui.flow.state import StepState
from ui.pages.run.problem import Fact, ProblemView
from ui.present.devices import device_art
from ui.present.makers import makers
from ui.present.run.advice import advise
from ui.present.steps import age, marks, spoken
from ui.present.texts import step_name, title_of, translated
from ui.present.units import seconds
from ui.widgets import Tone
from ui.widgets.signal_bars import decibels
from ui.widgets.signal_chart import SignalView


def problem(flow: Flow) -> ProblemView:
    """The problem page, or "may have been set up: check" where nobody knows."""
    error = flow.error or CompanionError()
    advice = advise(
        error,
        _known(flow.outcome, flow.known),
        reason=_reason(flow.outcome),
        unsettled=flow.unsettled,
        prepared=bool(flow.guides),
    )
    unknown = flow.outcome_unknown
    return ProblemView(
        title=title_of(error),
        lead=_lead(flow, error),
        happened_title=_("What happened"),
        happened=advice.happened,
        actions=advice.actions,
        facts=_facts(flow, error),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
        signal=_signal(flow, error),
        kept=_kept(flow) if error.retryable else "",
        primary=_primary(error, unknown=unknown),
        primary_icon="search" if unknown else "refresh",
        tone=Tone.WARNING if unknown else Tone.DANGER,
        makers=makers(flow.guides),
    )


def _known(outcome: Outcome | None, known: RunFacts) -> RunFacts | None:
    """What the device was given, for a run that was to give it something."""
    return known if outcome is not None and claims.delivers(outcome.operation) else None


def _reason(outcome: Outcome | None) -> str:
    """Why nothing was confirmed, "" where that is not known."""
    done = outcome.commissioned if outcome is not None else None
    return translated(done.unconfirmed_reason) if done is not None and done.unconfirmed_reason else ""


def _lead(flow: Flow, error: CompanionError) -> str:
    again = _("You can try again.") if error.retryable else _("Trying again will not help.")
    line = flow.current
    if line is None or line.state is not StepState.FAILED:
        return again
    where = _("It failed in the step “{step}” after {time}.")
    return f"{where.format(step=step_name(line.step), time=seconds(age(flow, line)))} {again}"


def _facts(flow: Flow, error: CompanionError) -> tuple[Fact, ...]:
    facts = [Fact(_("Code"), error.code, is_code=True)]
    line = flow.current
    if line is not None and line.state is StepState.FAILED:
        facts.append(Fact(_("Step"), step_name(line.step)))
    if flow.outcome is not None:
        mtu = flow.outcome.link.mtu
        facts.append(
            Fact(_("Link"), _("{mtu} bytes per packet").format(mtu=mtu) if mtu else _("Not connected"))
        )
    return tuple(facts)


def _primary(error: CompanionError, *, unknown: bool) -> str:
    """The words of the button that leads on, "" for none."""
    if not error.retryable:
        return ""
    return _("Check") if unknown else _("Try again")


def _signal(flow: Flow, error: CompanionError) -> SignalView | None:
    """How strong the device was heard; None where too little is known."""
    samples = flow.signal.of(flow.found or flow.chosen)
    if not samples:
        return None
    weakest = min(sample.rssi for sample in samples)
    strongest = max(sample.rssi for sample in samples)
    lasted = samples[-1].at - samples[0].at
    span = _("{strongest} to {weakest} dBm").format(strongest=_minus(strongest), weakest=_minus(weakest))
    return SignalView(
        points=tuple((sample.at, sample.rssi) for sample in samples),
        caption=_("Signal, {time}").format(time=seconds(lasted)),
        span=span if weakest != strongest else decibels(weakest),
        ended=_("lost") if isinstance(error, RadioError | OutcomeUnknown) else "",
    )


def _minus(rssi: int) -> str:
    return f"\N{MINUS SIGN}{abs(rssi)}"


def _kept(flow: Flow) -> str:
    """What the next try will not ask again."""
    things = [_("the code")] if flow.code is not None else []
    if flow.found is not None or flow.chosen is not None:
        things.append(_("the device"))
    if flow.settings is not None:
        things.append(_("your network and name") if flow.settings.wifi else _("its name"))
    return _("Saved for the next attempt: {things}").format(things=", ".join(things)) if things else ""


def _(words: str) -> str:
    return QCoreApplication.translate("problems", words)
