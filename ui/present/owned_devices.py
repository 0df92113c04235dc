"""The registry's records for the devices and activity pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from companion import claims
from companion.claims import tracker
from companion.identity import crl
from companion.model import Step, Text
from companion.protocols import operations
from companion.registry.records import DeviceRecord, EventRecord, RunRecord, TokenState
from ui.flow.ownership import OPERATIONS, Owned, Task
from ui.pages.record_views import ActionView, DeviceView, EventView, MessageView, RunView, SpanView, Who
from ui.pages.views import NoticeView
from ui.present.devices import art_kind, protocol_name
from ui.present.texts import said, step_name
from ui.present.units import seconds
from ui.widgets import Tone

# A certificate is due for renewal when less than this share of its life is left.
DUE = 0.1
# A pause this long in which only the user could act is the user's.
ASKED = "asked_"
# The devices page's own action, which is no task of an owner.
HISTORY = "history"
# Nothing is left to do with them.
ENDED = ("released", "replaced")
# What crossed the air, and whether it went to the device.
LANES = {
    "found": False,
    "connected": True,
    "secured": False,
    "identified": False,
    "handed_over": True,
    "proven": False,
}


def device(
    record: DeviceRecord,
    *,
    now: datetime | None = None,
    last: RunRecord | None = None,
    news: NoticeView | None = None,
) -> DeviceView:
    """A row of the table, and the detail beside it. last: its latest run; news: what an act has just done."""
    now = now or datetime.now(UTC)
    left, until = _life(record, now)
    words, tone, icon = _state(record, left)
    primary, actions, dangers = _actions(record)
    room = _detail(record, "label", "room")
    return DeviceView(
        key=record.id,
        name=_detail(record, "label", "name") or record.name,
        room=room,
        seen=_ago(now - record.updated) or _("now"),
        kind=art_kind(record.protocol, f"{record.name} {record.model or ''}"),
        protocol=protocol_name(record.protocol),
        state=words,
        tone=tone,
        icon=icon,
        left=left,
        until=until,
        needs_you=tone in (Tone.WARNING, Tone.DANGER),
        ended=record.state in ENDED,
        subtitle=" · ".join(part for part in (room, record.model or "") if part),
        answered=_answered(record, last, now),
        notice=news or _advice(record, words, tone, can_act=primary is not None),
        facts=_facts(record, last, now),
        primary=primary,
        actions=actions,
        dangers=dangers,
    )


def owned(record: DeviceRecord) -> Owned:
    """The device of an owner's act."""
    return Owned(
        key=record.id,
        name=_detail(record, "label", "name") or record.name,
        room=_detail(record, "label", "room"),
        kind=art_kind(record.protocol, f"{record.name} {record.model or ''}"),
        protocol=record.protocol,
        network=_detail(record, "wifi", "ssid"),
    )


def run(record: RunRecord, names: dict[str, str], *, now: datetime | None = None) -> RunView:
    """A run: the row in the list and, where the record has its events, the right side."""
    words, tone, icon = _ending(record)
    when = _when(record.started, now or datetime.now(UTC))
    whole = ((record.ended or record.started) - record.started).total_seconds()
    return RunView(
        key=record.id,
        name=_name(record, names),
        when=f"{words}, {when}" if record.state == "done" else when,
        duration=seconds(whole) if record.ended else "",
        tone=tone,
        icon=icon,
        summary=", ".join(
            part for part in (protocol_name(record.protocol or record.ecosystem), _why(record), when) if part
        ),
        outcome=words,
        seconds=max(whole, *(_since(record, event.at) for event in record.events), 0.1),
        steps=tuple(_spans(record)),
        messages=tuple(_message(record, event) for event in record.events if event.kind in LANES),
        events=tuple(_event(record, event) for event in record.events),
    )


# --- devices -------------------------------------------------------------------------------------------


def _life(record: DeviceRecord, now: datetime) -> tuple[float | None, str]:
    """The share of the certificate's life that is left, and the date under it."""
    for credential in record.credentials:
        end = credential.details.get("not_after")
        if credential.replaced is None and isinstance(end, str):
            until = datetime.fromisoformat(end)
            begin = credential.details.get("not_before")
            since = datetime.fromisoformat(begin) if isinstance(begin, str) else credential.handed_over
            whole = max((until - since).total_seconds(), 1.0)
            return min(1.0, max(0.0, (until - now).total_seconds() / whole)), _date(until)
    return None, _("none")


def _state(record: DeviceRecord, left: float | None) -> tuple[str, Tone, str]:
    if record.state == "released":
        return _("Was reset"), Tone.NONE, "ban"
    if record.state == "transferred" and any(token.is_out for token in record.tokens):
        return _("Transfer open"), Tone.INFO, "transfer"
    if record.state == "transferred":
        return _("Given away"), Tone.NONE, "transfer"
    if record.state == "replaced":
        return _("Replaced"), Tone.NONE, "ban"
    if record.state == "revoked":
        return _("Revoked"), Tone.DANGER, "ban"
    if record.state != "commissioned":
        return _("To be checked"), Tone.WARNING, "search"
    if left == 0.0:
        return _("Certificate expired"), Tone.DANGER, "cross"
    if left is not None and left < DUE:
        return _("Expires soon"), Tone.WARNING, "clock"
    return _("Set up"), Tone.GOOD, "check"


def _actions(
    record: DeviceRecord,
) -> tuple[ActionView | None, tuple[ActionView, ...], tuple[ActionView, ...]]:
    """What its owner can do with it: first of all, besides, and what can't be taken back."""
    possible = operations(record.protocol)
    history = ActionView(HISTORY, _("History"), "clock")
    if record.identity_key is None or not possible or record.state in ENDED:
        return None, (history,), ()
    first, besides, final = _actions_of_state(record, history)

    def can(action: ActionView) -> bool:
        return action.key not in OPERATIONS or OPERATIONS[Task(action.key)] in possible

    return first if can(first) else None, tuple(filter(can, besides)), tuple(filter(can, final))


def _actions_of_state(
    record: DeviceRecord, history: ActionView
) -> tuple[ActionView, tuple[ActionView, ...], tuple[ActionView, ...]]:
    """What an owner does with a device in this state, where its protocol can."""
    ask = ActionView(Task.ASK, _("Ask how it is"), "search")
    give = ActionView(Task.GIVE, _("Transfer to someone"), "transfer")
    revoke = (ActionView(Task.REVOKE, _("Revoke"), "ban"),) if _can_be_revoked(record) else ()
    if record.state == "transferred" and not any(token.is_out for token in record.tokens):
        return ask, (history,), revoke
    if record.state == "transferred":
        out = any(token.state is TokenState.OPEN for token in record.tokens)
        cancel = (ActionView(Task.CANCEL, _("Cancel the transfer"), "cross"),) if out else ()
        return ask, (history, *cancel, replace(give, title=_("Make another token"))), revoke
    rotate = ActionView(Task.ROTATE, _("Rotate certificate"), "refresh")
    change = ActionView(Task.CHANGE, _("Change network or name"), "wifi")
    reset = ActionView(Task.RESET, _("Reset"), "trash")
    if record.state == "unconfirmed":
        return ask, (history, change, give), (*revoke, reset)
    return rotate, (history, change, ask, give), (*revoke, reset)


def _can_be_revoked(record: DeviceRecord) -> bool:
    """True while there is a certificate that somebody could believe."""
    return any(each.kind == "ldevid" and each.revoked is None for each in record.credentials)


def revoked_list(published: tuple[crl.Publication, crl.Standing] | None) -> NoticeView | None:
    """The warning about the list for brokers; None while there is nothing to say."""
    if published is None or published[1] is crl.Standing.FRESH:
        return None
    last, standing = published
    if standing is crl.Standing.EXPIRED:
        sentence = _("Brokers that use {file} refuse every device. Renew it and give it to them.")
        title, tone = _("The list of revoked certificates has expired"), Tone.DANGER
    elif standing is crl.Standing.AGING:
        sentence = _("From {date} on, brokers that use {file} refuse every device.")
        title, tone = _("The list of revoked certificates ends soon"), Tone.WARNING
    elif standing is crl.Standing.MISSING:
        sentence, title, tone = (
            _("{file} is gone."),
            _("The list of revoked certificates is gone"),
            Tone.WARNING,
        )
    else:
        sentence = _("Brokers that use {file} still believe a certificate that is revoked.")
        title, tone = _("The list of revoked certificates is not up to date"), Tone.WARNING
    return NoticeView(tone, title, sentence.format(file=last.file.name, date=_date(last.until)))


def _advice(record: DeviceRecord, words: str, tone: Tone, *, can_act: bool) -> NoticeView | None:
    if tone not in (Tone.WARNING, Tone.DANGER):
        return None
    if record.state == "revoked":
        sentence = _("No service believes its certificates. If you have it back, rotate its certificate.")
    elif record.state != "commissioned":
        sentence = _("It did not confirm what it was given. Scan its code again: Companion asks it first.")
        if can_act:
            sentence = _("It did not confirm what it was given. Ask it, within reach.")
    elif can_act:
        sentence = _("Rotate it now, within reach, and it gets a new one.")
    else:
        sentence = _("Set it up again with its code, and it gets a new certificate.")
    return NoticeView(tone, words, sentence)


def _facts(record: DeviceRecord, last: RunRecord | None, now: datetime) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Serial"), record.serial or ""),
        (_("Firmware"), record.firmware or ""),
        (_("Network"), _detail(record, "wifi", "ssid")),
        (_("Endpoint"), _detail(record, "endpoint", "address")),
        (_("Transfer token"), _tokens(record)),
        (_("Last run"), _last(last, now) if last is not None else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def _tokens(record: DeviceRecord) -> str:
    """The token that is out and lasts longest; "" for none."""
    out = [token for token in record.tokens if token.is_out]
    if not out:
        return ""
    if all(token.state is TokenState.CANCELLING for token in out):
        return _("cancelled, device not told yet")
    until = _("until {date}").format(date=_date(max(token.expires for token in out)))
    return until if len(out) == 1 else _("{count} tokens, {until}").format(count=len(out), until=until)


def _last(run: RunRecord, now: datetime) -> str:
    """How a device's latest run ended, and how long ago."""
    return f"{_ending(run)[0]}, {_ago(now - run.started) or _('now')}"


def _detail(record: DeviceRecord, kind: str, name: str) -> str:
    for credential in record.credentials:
        if credential.kind == kind and credential.replaced is None:
            return str(credential.details.get(name) or "")
    return ""


# --- runs ----------------------------------------------------------------------------------------------


def _ending(record: RunRecord) -> tuple[str, Tone, str]:
    act = str((record.outcome or {}).get("act") or "")
    return {
        "done": (_done(act), Tone.GOOD, "check"),
        "commissioned": (_("Commissioned"), Tone.GOOD, "check"),
        "unconfirmed": (_("May have been set up"), Tone.WARNING, "search"),
        "failed": (_("Failed"), Tone.DANGER, "cross"),
        "interrupted": (_("Interrupted"), Tone.WARNING, "warning"),
        "running": (_("Running"), Tone.INFO, "play"),
    }.get(record.state, (record.state, Tone.NONE, "info"))


def _done(act: str) -> str:
    """How an owner's act ended, by its name in the engine."""
    return {
        "rotate": _("Rotated"),
        "reprovision": _("Changed"),
        "reset": _("Was reset"),
        "query": _("Asked"),
        "transfer": _("Given away"),
        "accept": _("Taken over"),
        "cancel": _("Transfer cancelled"),
        "revoke": _("Revoked"),
    }.get(act, _("Done"))


def _why(record: RunRecord) -> str:
    """What went wrong, in a few words."""
    error = (record.outcome or {}).get("error")
    if not error:
        return ""
    title = QCoreApplication.translate("engine", str(error["title"]))
    return f"{title} ({error['code']})"


def _name(record: RunRecord, names: dict[str, str]) -> str:
    """The device's name in the registry, what it called itself, or what kind of code it was."""
    if record.device in names:
        return names[record.device]
    told = (record.outcome or {}).get("device")
    if told:
        return str(told["name"])
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
    return MessageView(at, at, LANES[event.kind], _words(event.kind, event.facts))


def _who(kind: str) -> Who:
    if kind in ("step_started", "step_finished", "run_started", "run_finished"):
        return Who.STEP
    device = ("found", "identified", "connected", "secured", "proven", "link_lost", "action_needed")
    return Who.DEVICE if kind in device else Who.COMPUTER


def _words(kind: str, facts: Any) -> str:
    """An event in a few words."""
    for name in ("summary", "text", "claim"):
        if isinstance(facts.get(name), dict):
            return said(Text(facts[name]["template"], facts[name]["facts"]))
    if kind == "step_started":
        return _("{step} begins").format(step=step_name(Step(facts["step"])))
    if kind == "handed_over":
        return _("Handed over: {what}").format(what=facts.get("credential", ""))
    if kind == "secured":
        return said(claims.secured(tracker.kept(facts)))
    known = {
        "run_started": _("The run begins"),
        "run_finished": _("The run ends"),
        "found": _("The device is on the air"),
        "connected": _("The link is up"),
        "link_lost": _("The link went"),
        "sending": _("From here on the device may have it"),
        "withdrawn": _("The device dropped what it was given"),
        "identified": _("The device said who it is"),
        "proven": _("The device signed in at its endpoint"),
        "certificate_issued": _("A certificate was issued"),
        "certificate_revoked": _("A certificate that the device gave up was revoked"),
        "token_offered": _("A transfer token was made"),
        "token_cancelled": _("A transfer token shall be cancelled"),
        "token_ended": _token_ended(facts),
        "counted": _("The link was closed"),
        "asked_device": _("You were asked: this device?"),
        "asked_which_device": _("You were asked: which device?"),
        "asked_numbers": _("You were asked to compare numbers"),
        "asked_risk": _("You were asked about a risk"),
        "asked_serial": _("You were asked: a replacement, or another device?"),
        "asked_secret": _("You were asked for the printed secret"),
        "asked_network": _("You were asked for network and name"),
    }
    return known.get(kind, kind.replace("_", " "))


def _token_ended(facts: Any) -> str:
    return {
        "used": _("The device has another owner: its transfer token was used"),
        "cancelled": _("The device takes its transfer token no more"),
    }.get(str(facts.get("end")), _("The device has counted past its transfer token"))


def _size(facts: Any) -> str:
    handshake = facts.get("handshake")
    return _("{count} B").format(count=handshake["bytes"]) if isinstance(handshake, dict) else ""


# --- times ---------------------------------------------------------------------------------------------


def _since(record: RunRecord, moment: datetime) -> float:
    return max(0.0, (moment - record.started).total_seconds())


def _answered(record: DeviceRecord, last: RunRecord | None, now: datetime) -> str:
    """When the device answered last, if its latest run tells; else only when its record was written."""
    act = str((last.outcome or {}).get("act") or "") if last is not None else ""
    if last is not None and claims.answered(last.state, act):
        ago = _ago(now - (last.ended or last.started))
        return _("Answered {time} ago").format(time=ago) if ago else _("Answered just now")
    ago = _ago(now - record.updated)
    return _("Recorded {time} ago").format(time=ago) if ago else _("Recorded just now")


def _ago(span: timedelta) -> str:
    """ "4 min", "2 h", "3 days"; "" for less than a minute."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return ""
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _("{count} h").format(count=minutes // 60)
    return _("{count} days").format(count=minutes // (24 * 60))


def _date(when: datetime) -> str:
    local = when.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")


def _when(started: datetime, now: datetime) -> str:
    """ "Today 21:14", "Yesterday 09:02", or the date."""
    local, today = started.astimezone(), now.astimezone().date()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == today:
        return _("Today {time}").format(time=time)
    if local.date() == today - timedelta(days=1):
        return _("Yesterday {time}").format(time=time)
    return f"{_date(started)} {time}"


def _(words: str) -> str:
    return QCoreApplication.translate("records", words)
