"""What went wrong, what is missing, and what is risky, for the pages that say so."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import RunFacts
from companion.doctor.checks import Check, CheckState
from companion.doctor.remedies import command_of
from companion.errors import CompanionError, OutcomeUnknown, RadioError
from companion.outcome import Outcome
from companion.questions import AcceptRisk, SerialKnown
from ui.engine.messages import RadioMissing, RadioReady
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import StepState
from ui.pages.questions.risk import RiskView
from ui.pages.questions.same_serial import SameSerialView
from ui.pages.run.problem import Fact, ProblemView
from ui.pages.run.requirements import Requirement, RequirementsView
from ui.pages.views import NoticeView
from ui.present.advice import advise
from ui.present.devices import device_art
from ui.present.steps import age, marks, spoken
from ui.present.texts import advice_of, step_name, title_of, translated
from ui.present.units import seconds
from ui.sources.camera_state import CameraState
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
    )


def _known(outcome: Outcome | None, known: RunFacts) -> RunFacts | None:
    """What the device was given, for a run that was to give it something."""
    return known if outcome is not None and claims.delivers(outcome.act) else None


def _reason(outcome: Outcome | None) -> str:
    """Why nothing was confirmed, "" where that is not known."""
    done = outcome.commissioned if outcome is not None else None
    return translated(done.unconfirmed_reason) if done is not None and done.unconfirmed_reason else ""


def missing(flow: Flow, camera: CameraState) -> RequirementsView:
    """What this computer lacks, and what it has."""
    error = flow.error
    if error is None and isinstance(flow.radio, RadioMissing):
        error = flow.radio.error
    lacks = [_bluetooth(error, flow), _camera(camera, flow.checks), *_further(flow.checks, error)]
    lacking = sum(not lack.works for lack in lacks)
    return RequirementsView(
        title=_("Something is missing") if lacking else _("Nothing is missing"),
        lead=_("Some features are unavailable. Here is what is missing and how to fix it.")
        if lacking
        else _("These checks were run."),
        requirements=tuple(lacks),
        kept=_("Your code is kept.") if flow.code is not None else "",
    )


def cancelled(flow: Flow) -> NoticeView | None:
    """What a cancelled run left on its device; None where nothing was sent."""
    if flow.cancelled is None:
        return None
    title = _("Setup of {name} was cancelled").format(name=flow.cancelled.name)
    sentence = translated(claims.delivery(flow.cancelled.known))
    if flow.unsettled:
        sentence = f"{sentence} {_('Scan its code again to check it.')}"
    return NoticeView(Tone.WARNING, title, sentence)


def radio_problem(flow: Flow) -> str:
    """Why nobody can look for devices in range, in one sentence; "" if the radio works."""
    return f"{title_of(flow.radio.error)}." if isinstance(flow.radio, RadioMissing) else ""


def risk(question: AcceptRisk, flow: Flow) -> RiskView:
    """The page that asks whether to go on."""
    title, lead = (
        (_("Issue a new certificate anyway?"), _("You revoked its previous certificates. You decide."))
        if isinstance(flow, OwnershipFlow)
        else (
            _("Continue without protection?"),
            _("Companion can't improve this device's protection. You decide."),
        )
    )
    return RiskView(
        title=title,
        lead=lead,
        claim=translated(question.finding.claim),
        sentence=translated(question.finding.sentence),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


def same_serial(question: SerialKnown, flow: Flow) -> SameSerialView:
    """The page that asks what the device is whose serial number is known by another key."""
    known, *more = question.known
    name = _("{name} and {count} more").format(name=known.name, count=len(more)) if more else known.name
    return SameSerialView(
        title=_("Is this a replacement, or another device?"),
        lead=_("A serial number is not authenticated. You decide."),
        claim=_("{name} has the serial number {serial} too").format(
            name=name, serial=question.device.serial or ""
        ),
        sentence=_("This device has a different identity key, so it is not the same device."),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


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


# Parts that the page shows besides Bluetooth, whose parts explain its one row, and the camera.
_ICONS = {
    "folder": "file",
    "keystore": "key",
    "clock": "clock",
    "versions": "laptop",
    "fonts": "screen",
    "zbar": "code",
}
_OWN_ROW = ("camera", "camera-permission")


def _further(checks: tuple[Check, ...], shown: CompanionError | None) -> list[Requirement]:
    """All else that the doctor names, what stops first, each with the command or setting that mends it.

    shown: what stops the radio, which has a row already, as the camera has
    """
    further = [
        found
        for state in (CheckState.BLOCKING, CheckState.LACKING)
        for found in checks
        if found.state is state
    ]
    return [
        Requirement(
            _ICONS.get(found.name, "warning"),
            translated(found.sentence),
            remedy := translated(found.remedy) if found.remedy else "",
            False,
            found.error.code if found.error else "",
            command=command_of(remedy),
        )
        for found in further
        if found.name not in _OWN_ROW and (shown is None or found.error is not type(shown))
    ]


def _remedy(error: CompanionError, checks: tuple[Check, ...]) -> str:
    """The command or setting for what stops the radio."""
    remedies = (found.remedy for found in checks if found.error is type(error) and found.remedy)
    return next((translated(remedy) for remedy in remedies), "")


def _bluetooth(error: CompanionError | None, flow: Flow) -> Requirement:
    listed = _("Devices in range are listed on the first page.")
    if error is None and isinstance(flow.radio, RadioReady):
        works = _("The virtual radio works") if flow.radio.is_virtual else _("Bluetooth works")
        return Requirement("bluetooth", works, listed, True)
    if error is None:
        return Requirement("bluetooth", _("Bluetooth has not been tried yet"), listed, True, tried=False)
    sentence = _remedy(error, flow.checks) or advice_of(error)
    return Requirement(
        "bluetooth", title_of(error), sentence, False, error.code, command=command_of(sentence)
    )


def _camera(state: CameraState, checks: tuple[Check, ...]) -> Requirement:
    """Only a camera that gives pictures works; one that is off was at most found by the doctor."""
    denied = _("Allow the camera for Companion in the system's privacy settings.")
    lacks = {
        CameraState.NONE: (
            _("No camera found"),
            _("Connect one, or type, paste, drop or open the code instead."),
        ),
        CameraState.DENIED: (_("No permission to use the camera"), denied),
        CameraState.ASK: (_("The camera needs your permission"), _("Allow it on the first page.")),
        CameraState.BUSY: (_("No image from the camera"), _("Close other programs that use it.")),
    }
    if state in lacks:
        return Requirement("camera", *lacks[state], False)
    on = _("It is on only while the first page is open.")
    if state is CameraState.ON:
        return Requirement("camera", _("The camera works"), on, True)
    found = next((each for each in checks if each.name == "camera"), None)
    if found is not None and found.state is CheckState.LACKING:
        return Requirement(
            "camera", translated(found.sentence), translated(found.remedy) if found.remedy else "", False
        )
    return Requirement("camera", _("The camera has not been tried yet"), on, True, tried=False)


def _(words: str) -> str:
    return QCoreApplication.translate("problems", words)
