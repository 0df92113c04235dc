"""The registry's runs for the activity page: the list, and one run's steps, messages and events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import tracker
from companion.model import Step
from companion.plain_text import filled, plain
from companion.registry import transcript
from companion.registry.lists import COMMISSIONING
from companion.registry.privacy.allowed_fields import text_of
from companion.registry.records import EventRecord, RunRecord
from ui.pages.activity.views import EventView, MessageView, RunView, SpanView, Who
from ui.present import times
from ui.present.devices import protocol_name
from ui.present.texts import step_name, translated
from ui.present.units import seconds
from ui.widgets import Tone

# A pause this long in which only the user could act is the user's.
ASKED = "asked_"


STEP_NAMES = {step.value for step in Step}

# What crossed the air, by the kind of its event: whether it went to the device.
TO_DEVICE = {
    "found": False,
    "connected": True,
    "secured": False,
    "identified": False,
    "handed_over": True,
    "proven": False,
}


def run(record: RunRecord, names: dict[str, str], *, now: datetime | None = None) -> RunView:
    """A run: the row in the list and, where the record has its events, the right side."""
    words, tone, icon = ending(record)
    when = times.when(record.started, now or datetime.now(UTC))
    whole = ((record.ended or record.started) - record.started).total_seconds()
    return RunView(
        key=record.id,
        name=_name(record, names),
        when=f"{words}, {when}" if record.ending in ("done", "cancelled") else when,
        duration=seconds(whole) if record.ended else "",
        tone=tone,
        icon=icon,
        summary=", ".join(
            part
            for part in (
                protocol_name(record.protocol or record.ecosystem),
                _why(record),
                when,
                plain(record.operator),
            )
            if part
        ),
        outcome=words,
        seconds=max(whole, *(_since(record, event.at) for event in record.events), 0.1),
        steps=tuple(_spans(record)),
        messages=tuple(_message(record, event) for event in record.events if event.kind in TO_DEVICE),
        events=tuple(_event(record, event) for event in record.events),
    )


def ending(record: RunRecord) -> tuple[str, Tone, str]:
    """How a run ended: a word, its colour role and its icon."""
    operation = str((record.outcome or {}).get("act") or "")
    return {
        "done": (_done(operation), Tone.GOOD, "check"),
        "commissioned": (_("Commissioned"), Tone.GOOD, "check"),
        "unconfirmed": (_("Setup unconfirmed"), Tone.WARNING, "search"),
        "failed": (_("Failed"), Tone.DANGER, "cross"),
        "cancelled": (_("Cancelled"), Tone.NONE, "ban"),
        "interrupted": (_("Interrupted"), Tone.WARNING, "warning"),
        "running": (_("Running"), Tone.INFO, "play"),
    }.get(record.ending, (record.ending, Tone.NONE, "info"))


def _done(operation: str) -> str:
    """How an ownership operation ended, by its name in the engine."""
    return {
        "rotate": _("Rotated"),
        "reprovision": _("Changed"),
        "reset": _("Was reset"),
        "query": _("Queried"),
        "transfer": _("Transferred"),
        "accept": _("Taken over"),
        "cancel": _("Transfer cancelled"),
        "revoke": _("Revoked"),
        "revoke-grant": _("Grant revoked"),
        "status": _("Status checked"),
        "follow": _("Status followed"),
        "controllers": _("Apps listed"),
        "remove-controller": _("App removed"),
        "share": _("Shared"),
        "stop-sharing": _("Sharing stopped"),
        "rename": _("Renamed"),
        "identify": _("Identified"),
        "switch": _("Switched"),
        "configure": _("Configured"),
        "refresh": _("Keys renewed"),
        "renew": _("Certificate renewed"),
        "re-enroll": _("Renewed at the endpoint"),
        "remove": _("Removed from here"),
        "forget": _("Removed from here"),
    }.get(operation, _("Done"))


def operation_name(operation: str) -> str:
    """What a run was for, by its name in the engine."""
    return _("Set up") if operation == COMMISSIONING else _done(operation)


def event_words(event: EventRecord) -> str:
    """An event in a few words; an error with its code."""
    words, error = _words(event.kind, event.facts), event.facts.get("error")
    return f"{words}, {error}" if event.kind == "run_finished" and error else words


def _why(record: RunRecord) -> str:
    """What went wrong, in a few words."""
    error = (record.outcome or {}).get("error")
    if not error:
        return ""
    title = QCoreApplication.translate("engine", str(error["title"]))
    return f"{title} ({error['code']})"


def _name(record: RunRecord, names: dict[str, str]) -> str:
    """The device's name in the registry, what it called itself, or what kind of code it was."""
    if name := names.get(record.device or record.subject):
        return name
    if record.device_name:
        return record.device_name
    device = (record.outcome or {}).get("device")
    if device:
        return str(device["name"])
    for event in record.events:
        if event.kind == "found":
            return str(event.facts.get("name") or "")
    return protocol_name(record.protocol or record.ecosystem) or _("Run")


def _spans(record: RunRecord) -> list[SpanView]:
    """The band of steps, with the pauses in which the user was asked in their places."""
    spans = [
        SpanView(
            _since(record, step.started),
            _since(record, step.started) + (step.seconds or 0.05),
            step_name(Step(step.step)),
        )
        for step in record.steps
        if step.step in {each.value for each in Step}
    ]
    for asked, answered in zip(record.events, record.events[1:], strict=False):
        if asked.kind.startswith(ASKED) and answered.at - asked.at > timedelta(seconds=0.5):
            yours = SpanView(_since(record, asked.at), _since(record, answered.at), _("You"), yours=True)
            spans.append(yours)
    return sorted(spans, key=lambda span: span.start)


def _event(record: RunRecord, event: EventRecord) -> EventView:
    at = _since(record, event.at)
    return EventView(at, _who(event.kind), _words(event.kind, event.facts), _size(event.facts))


def _message(record: RunRecord, event: EventRecord) -> MessageView:
    """What crossed the air at the moment when it was told."""
    at = _since(record, event.at)
    return MessageView(at, at, TO_DEVICE[event.kind], _words(event.kind, event.facts))


def _who(kind: str) -> Who:
    if kind in ("step_started", "step_finished", "run_started", "run_finished"):
        return Who.STEP
    device = ("found", "identified", "connected", "secured", "proven", "link_lost", "action_needed")
    return Who.DEVICE if kind in device else Who.COMPUTER


def _words(kind: str, facts: Mapping[str, Any]) -> str:
    """An event in a few words."""
    for name in ("summary", "text", "claim"):
        if (sentence := text_of(facts.get(name))) is not None:
            return translated(sentence)
    if kind == "step_started":
        return _("{step} started").format(step=step_name(Step(facts["step"])))
    if kind == "step_finished" and facts.get("step") in STEP_NAMES:
        return _("{step} finished").format(step=step_name(Step(facts["step"])))
    if kind == "handed_over":
        return _("Handed over: {what}").format(what=facts.get("credential", ""))
    if kind == "secured":
        return translated(claims.session(tracker.from_record(facts)))
    known = {
        "run_started": _("Run started"),
        "captured": _("What goes over the air is recorded"),
        "run_finished": _("Run ended"),
        "in_lab": _in_lab(facts),
        "found": _("Device found"),
        "connected": _("Connected"),
        "link_lost": _("Connection lost"),
        "sending": _("From here on, the device may have the credentials"),
        "withdrawn": _("The device discarded its credentials"),
        "dismissed": _("The reminder to finish this run was dismissed"),
        "identified": _("Device identified"),
        "proven": _("The device connected to its endpoint"),
        "certificate_issued": _("A certificate was issued"),
        "certificate_revoked": _("The device's replaced certificate was revoked"),
        "token_offered": _("Transfer token created"),
        "token_cancelled": _("Transfer token cancellation requested"),
        "token_ended": _token_ended(facts),
        "list_heard": _("The device applies your revocation list"),
        "status_reported": _("The device reported its status"),
        "controllers_reported": _("The device listed who controls it"),
        "sharing_opened": _("The device can be added to another app"),
        "controller_joined": _("Another app was added to the device"),
        "controller_removed": _("Another app was removed from the device"),
        "sharing_ended": _("The code for other apps stopped working"),
        "switched": _("The device was switched"),
        "counted": _("Connection closed"),
        "attestation_checked": _("Attestation checked"),
        "asked_attestation": _("You were asked about the attestation"),
        "asked_try_again": _("You were asked whether to try again"),
        "asked_device": _("You were asked: this device?"),
        "asked_which_device": _("You were asked: which device?"),
        "asked_numbers": _("You were asked to compare numbers"),
        "asked_risk": _("You were asked about a risk"),
        "asked_serial": _("You were asked: a replacement, or another device?"),
        "asked_secret": _("You were asked for the printed secret"),
        "asked_network": _("You were asked for network and name"),
    }
    return known.get(kind, kind.replace("_", " "))


def _in_lab(facts: Mapping[str, Any]) -> str:
    words = {"scenario": str(facts.get("scenario") or ""), "number": facts.get("number") or 0}
    return filled(_("Lab: {scenario}, run {number}"), words)


def _token_ended(facts: Mapping[str, Any]) -> str:
    return {
        "used": _("New owner: the transfer token was used"),
        "cancelled": _("The device now rejects its transfer token"),
    }.get(str(facts.get("end")), _("The transfer token is no longer valid"))


def _size(facts: Mapping[str, Any]) -> str:
    handshake = facts.get("handshake")
    return _("{count} B").format(count=handshake["bytes"]) if isinstance(handshake, dict) else ""


def _since(record: RunRecord, moment: datetime) -> float:
    return transcript.seconds_since(record.started, moment)


def _(words: str) -> str:
    return QCoreApplication.translate("records", words)
