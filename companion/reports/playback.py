"""A kept run as the events that it was made of, to be followed once more without a device.

What was not kept is not there: no answer, no number that two people compared, no password. A report of
somebody else has stand-ins for names and addresses, and they stay stand-ins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from companion import events, questions
from companion.claims import tracker
from companion.claims.run_facts import RunFacts
from companion.errors import CompanionError
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Check,
    Commissioned,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    Ownership,
    Proof,
    Severity,
    Step,
    Text,
    Verdict,
)
from companion.outcome import Outcome, Result, StepTime
from companion.registry.privacy.allowed_fields import kept_text
from companion.registry.privacy.safe_forms import errors_by_code
from companion.registry.records import EventRecord, RunRecord
from companion.registry.transcript import seconds_since

Facts = Mapping[str, Any]
NO_NUMBER = "•••-•••"
"""In place of the number that two people compared: it is not kept."""


@dataclass(frozen=True)
class Moment:
    """at: seconds since the run began; event: None for what can't be told again."""

    at: float
    event: events.Event | None


def moments(run: RunRecord) -> tuple[Moment, ...]:
    """One for each event of the run's record, in its order. Never raises: a report may be anybody's."""
    known, told = _Known(run), []
    for kept in run.events:
        event = _event(known, kept)
        if event is not None:
            known.take(event)
        told.append(Moment(seconds_since(run.started, kept.at), event))
    return tuple(told)


class _Known:
    """What the events before an event told."""

    def __init__(self, run: RunRecord) -> None:
        self.run = run
        self.facts = RunFacts()
        self.findings: tuple[Finding, ...] = ()

    @property
    def device(self) -> DeviceIdentity:
        return self.facts.device or DeviceIdentity("", self.run.device_name)

    def take(self, event: events.Event) -> None:
        self.facts = tracker.follow(self.facts, event)
        if isinstance(event, events.SecurityFound):
            self.findings = (*self.findings, event.finding)


def _event(known: _Known, kept: EventRecord) -> events.Event | None:
    try:
        make = _MAKERS.get(kept.kind)
        return make(kept.facts) if make is not None else _of_run(known, kept.kind, kept.facts, kept.number)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _of_run(known: _Known, kind: str, told: Facts, number: int) -> events.Event | None:
    """Those that need more of the run than their own facts."""
    run = known.run
    match kind:
        case "run_started":
            return events.RunStarted(run.id, None)
        case "counted" | "run_finished" if run.outcome is not None:
            # The last that is recorded; how the run ended is kept with the run.
            return events.RunFinished(_outcome(run, run.outcome, known.facts))
        case "found":
            return events.Found(_found(run, told))
        case "asked_which_device":
            # Which others were there is not kept.
            return questions.ChooseDevice(_found_next(run, number))
        case "asked_device":
            return questions.ConfirmDevice(_found(run, told), known.findings)
        case "asked_secret":
            needs, problem = bool(told.get("needs_username")), _text(told.get("problem"))
            prompt = _text(told.get("prompt"))
            return questions.EnterSecret(_found(run, {}), needs, problem=problem, prompt=prompt)
        case "asked_serial":
            others = min(int(told.get("known") or 0), _MOST_KNOWN)
            return questions.SerialKnown(known.device, (known.device,) * others)
        case "asked_attestation":
            return questions.ReviewAttestation(known.device, _checks(told))
    return None


_MOST_KNOWN = 20
_OWNERSHIPS = {each.value for each in Ownership}


def _found(run: RunRecord, facts: Facts) -> FoundDevice:
    address, rssi, said = str(facts.get("address") or ""), facts.get("rssi"), facts.get("ownership")
    return FoundDevice(
        str(facts.get("protocol") or run.protocol or ""),
        Advertisement(address, rssi=None if rssi is None else int(rssi)),
        str(facts.get("name") or run.device_name),
        Ownership(said) if said in _OWNERSHIPS else Ownership.UNKNOWN,
        facts.get("discriminator"),
    )


def _found_next(run: RunRecord, number: int) -> tuple[FoundDevice, ...]:
    """The device that was found, or asked about, after an event."""
    later = (each for each in run.events if each.number > number and each.kind in ("found", "asked_device"))
    return tuple(_found(run, each.facts) for each in list(later)[:1])


def _text(facts: Facts | None) -> Text | None:
    return None if facts is None else kept_text(facts)


def _sentence(facts: Facts | None) -> Text:
    return _text(facts) or Text("")


def _finding(facts: Facts) -> Finding:
    severity = Severity(facts["severity"])
    return Finding(
        _sentence(facts.get("claim")), _sentence(facts.get("sentence")), severity, bool(facts.get("expected"))
    )


def _checks(facts: Facts) -> tuple[Check, ...]:
    """Those of a report have a name and a verdict, and no sentence."""
    return tuple(
        Check(
            each["check"],
            _sentence(each.get("claim")),
            _sentence(each.get("reason")),
            Verdict(each["verdict"]),
        )
        for each in facts.get("checks") or ()
    )


def _identity(facts: Facts) -> DeviceIdentity:
    return DeviceIdentity(
        str(facts.get("id") or ""),
        str(facts.get("name") or ""),
        facts.get("model"),
        facts.get("serial"),
        facts.get("firmware"),
    )


def _secured(facts: Facts) -> events.Secured:
    handshake = facts.get("handshake")
    size = None if handshake is None else Handshake(int(handshake["messages"]), int(handshake["bytes"]))
    return events.Secured(str(facts.get("method") or ""), size, tracker.from_record(facts).session)


def _credential(facts: Facts) -> Credential:
    details = {str(name): str(value) for name, value in (facts.get("details") or {}).items() if value}
    return Credential(str(facts["credential"]), details)


def _proof(facts: Facts) -> Proof:
    endpoint, tls, serial = (str(facts.get(name) or "") for name in ("endpoint", "tls", "peer_serial"))
    return Proof(endpoint, tls, serial, float(facts.get("seconds") or 0.0))


_MAKERS: Mapping[str, Callable[[Facts], events.Event]] = {
    "step_started": lambda f: events.StepStarted(Step(f["step"])),
    "step_finished": lambda f: events.StepFinished(
        Step(f["step"]), float(f["seconds"] or 0.0), _sentence(f.get("summary"))
    ),
    "progress": lambda f: events.Progress(Step(f["step"]), _sentence(f.get("text"))),
    "connected": lambda f: events.Connected(int(f.get("mtu") or 0), bool(f.get("again"))),
    "link_lost": lambda f: events.LinkLost(int(f.get("attempt") or 0)),
    "secured": _secured,
    "identified": lambda f: events.Identified(_identity(f), f.get("sequence")),
    "security_found": lambda f: events.SecurityFound(_finding(f)),
    "attestation_checked": lambda f: events.AttestationChecked(_checks(f)),
    "action_needed": lambda f: events.ActionNeeded(_sentence(f.get("text"))),
    "sending": lambda f: events.Sending(str(f["kind"])),
    "withdrawn": lambda f: events.Withdrawn(),
    "handed_over": lambda f: events.CredentialDelivered(_credential(f)),
    "proven": lambda f: events.Proven(_proof(f)),
    "asked_numbers": lambda f: questions.CompareNumbers(NO_NUMBER, float(f.get("seconds") or 0.0)),
    "asked_risk": lambda f: questions.AcceptRisk(_finding(f)),
    "asked_try_again": lambda f: questions.TryAgain(_sentence(f.get("problem")), _sentence(f.get("advice"))),
    "asked_network": lambda f: questions.ChooseNetwork(
        needs_wifi=bool(f.get("needs_wifi", True)),
        needs_thread=bool(f.get("needs_thread")),
        problem=_text(f.get("problem")),
    ),
}
"""Those that need their facts and nothing else of the run."""


# --- how it ended -----------------------------------------------------------------------------------------


def _outcome(run: RunRecord, kept: Facts, facts: RunFacts) -> Outcome:
    result = Result(kept["outcome"])
    done = None if result is Result.FAILED else _done(run, kept, facts, result is not Result.UNCONFIRMED)
    error = _error(kept.get("error"))
    failed = (kept.get("error") or {}).get("step") or run.step
    return Outcome(
        result,
        run.id,
        run.protocol,
        tuple(StepTime(Step(each["name"]), float(each["seconds"])) for each in kept.get("steps") or ()),
        _counts(kept.get("link") or {}),
        commissioned=done,
        record=kept.get("record"),
        error=error,
        failed_step=Step(failed) if failed and error is not None else None,
        operation=run.operation or None,
        facts=tracker.conclude(facts, done, error),
    )


def _done(run: RunRecord, kept: Facts, facts: RunFacts, confirmed: bool) -> Commissioned:
    told = kept.get("device")
    handed_over = [
        _credential(event.facts) for event in run.events if event.kind == "handed_over" and event.facts
    ]
    proofs = [_proof(event.facts) for event in run.events if event.kind == "proven"]
    checks = [_checks(event.facts) for event in run.events if event.kind == "attestation_checked"]
    return Commissioned(
        _identity(told) if told is not None else facts.device or DeviceIdentity("", run.device_name),
        run.method or "",
        tuple(handed_over),
        proof=proofs[-1] if proofs else None,
        checks=checks[-1] if checks else (),
        confirmed=confirmed,
    )


def _counts(told: Facts) -> LinkCounts:
    return LinkCounts(**{name: int(told.get(name) or 0) for name in LinkCounts.__dataclass_fields__})


def _error(told: Facts | None) -> CompanionError | None:
    """The error of a code, its places filled with what its sentences say."""
    leaf = errors_by_code().get(str(told.get("code"))) if told is not None else None
    if leaf is None or told is None:
        return None
    said = {name: str(told.get(name) or "") for name in ("title", "advice", "detail")}
    facts = {**_places(leaf.advice, said["advice"]), **_places(leaf.title, said["title"])}
    try:
        error = leaf(said["detail"], **facts)
        differs = error.advice_text != said["advice"]
    except (TypeError, KeyError):
        # A leaf that takes what no record has.
        error, differs = CompanionError(said["detail"], **facts), True
        vars(error).update(code=leaf.code, title=leaf.title)
    if differs and said["advice"]:
        error.missing = Text("{advice}", {"advice": said["advice"]})
    return error


def _places(template: str, said: str) -> dict[str, str]:
    """What a sentence has in the places of its template; "…" for those that are not known."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    pattern = "".join(
        re.escape(words)
        + (f"(?P<{name}>.+?)" if name and names.index(name) == place else ".+?" if name else "")
        for place, (words, name, _, _) in enumerate(Formatter().parse(template))
    )
    met = re.fullmatch(pattern, said, re.DOTALL)
    return {name: "…" if met is None else met[name] for name in names}
