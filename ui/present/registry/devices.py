"""The registry's devices for the devices page: a row each, its detail, and what its owner can do with it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.administration import DeviceStatus
from companion.identity import crl
from companion.plain_text import plain
from companion.protocols import administration
from companion.registry.records import RENEWAL_SHARE, DeviceRecord, RunRecord, TokenState
from companion.registry.status import RegistryStatus, Role
from ui.flow.owned_device import Owned
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.devices.views import DeviceView
from ui.pages.views import NoticeView
from ui.present import team, times
from ui.present.administration.status import facts
from ui.present.attestation import counts
from ui.present.devices import art_kind, protocol_name
from ui.present.registry import buttons
from ui.present.registry.runs import ending
from ui.widgets import Tone


def device(
    record: DeviceRecord,
    *,
    now: datetime | None = None,
    last: RunRecord | None = None,
    news: NoticeView | None = None,
    status: DeviceStatus | None = None,
    followed: bool = False,
    registry: RegistryStatus | None = None,
) -> DeviceView:
    """A row of the table, and the detail beside it.

    last: its latest run; news: what was just done to it; status: what it said of itself since the start
    followed: its status is followed now; registry: where the records are, None for this computer
    """
    now = now or datetime.now(UTC)
    left, until = _life(record, now)
    words, tone, icon = _state(record, left)
    offered = buttons.buttons(
        record,
        switches=status is None or status.is_on is not None,
        is_due=left is not None and left <= RENEWAL_SHARE,
        followed=followed,
        may_edit=registry is None or registry.role.allows(Role.OPERATOR),
    )
    return DeviceView(
        key=record.id,
        name=record.name,
        room=record.room,
        seen=times.ago(now - record.updated) or _("now"),
        kind=art_kind(record.protocol, f"{record.own_name or record.name} {record.model or ''}"),
        protocol=protocol_name(record.protocol),
        state=words,
        tone=tone,
        icon=icon,
        left=left,
        until=until,
        needs_you=tone in (Tone.WARNING, Tone.DANGER),
        ended=record.state in buttons.ENDED,
        subtitle=" · ".join(part for part in (record.room, record.model or "") if part),
        answered=_answered(record, last, now),
        notice=news
        or _advice(record, words, tone, operable=offered.primary is not None)
        or team.keys_elsewhere(registry, last),
        facts=(*(facts(status) if status is not None else ()), *_facts(record, last, now)),
        primary=offered.primary,
        actions=offered.others,
        dangers=offered.dangers,
    )


def owned(record: DeviceRecord) -> Owned:
    """The device of an ownership operation."""
    return Owned(
        key=record.id,
        name=record.name,
        room=record.room,
        kind=art_kind(record.protocol, f"{record.own_name or record.name} {record.model or ''}"),
        protocol=record.protocol,
        network=_detail(record, "wifi", "ssid"),
        checks=record.checks,
        since=record.created,
    )


def _life(record: DeviceRecord, now: datetime) -> tuple[float | None, str]:
    """The share of the certificate's life that is left, and the date under it."""
    for credential in record.credentials:
        end = credential.details.get("not_after")
        if credential.replaced is None and isinstance(end, str):
            until = datetime.fromisoformat(end)
            begin = credential.details.get("not_before")
            since = datetime.fromisoformat(begin) if isinstance(begin, str) else credential.handed_over
            whole = max((until - since).total_seconds(), 1.0)
            return min(1.0, max(0.0, (until - now).total_seconds() / whole)), times.date(until)
    return None, _("none")


def _state(record: DeviceRecord, left: float | None) -> tuple[str, Tone, str]:
    words, tone, icon = _STATES[_state_of(record, left)]
    return _(words), tone, icon


def _state_of(record: DeviceRecord, left: float | None) -> str:
    """A key of `_STATES`. left: the share of the certificate's life, None without one"""
    if record.state == "transferred" and any(token.is_out for token in record.tokens):
        return "pending"
    if record.state in _STATES:
        return record.state
    if record.state != "commissioned":
        return "unknown"
    if left == 0.0:
        return "expired"
    return "expiring" if left is not None and left <= RENEWAL_SHARE else "set up"


_STATES = {
    "released": (QT_TRANSLATE_NOOP("records", "Was reset"), Tone.NONE, "ban"),
    "pending": (QT_TRANSLATE_NOOP("records", "Transfer pending"), Tone.INFO, "transfer"),
    "transferred": (QT_TRANSLATE_NOOP("records", "Transferred"), Tone.NONE, "transfer"),
    "replaced": (QT_TRANSLATE_NOOP("records", "Replaced"), Tone.NONE, "ban"),
    "removed": (QT_TRANSLATE_NOOP("records", "Removed from here"), Tone.NONE, "ban"),
    "revoked": (QT_TRANSLATE_NOOP("records", "Revoked"), Tone.DANGER, "ban"),
    "unknown": (QT_TRANSLATE_NOOP("records", "To be checked"), Tone.WARNING, "search"),
    "expired": (QT_TRANSLATE_NOOP("records", "Certificate expired"), Tone.DANGER, "cross"),
    "expiring": (QT_TRANSLATE_NOOP("records", "Expires soon"), Tone.WARNING, "clock"),
    "set up": (QT_TRANSLATE_NOOP("records", "Set up"), Tone.GOOD, "check"),
}


def state_words() -> tuple[str, ...]:
    """All that a device's state may read."""
    return tuple(_(words) for words, _tone, _icon in _STATES.values())


def revoked_list(published: tuple[crl.Publication, crl.CrlState] | None) -> NoticeView | None:
    """The warning about the list for brokers; None while there is nothing to say."""
    if published is None or published[1] is crl.CrlState.FRESH:
        return None
    last, standing = published
    if standing is crl.CrlState.EXPIRED:
        sentence = _("Brokers that use {file} reject every device. Renew it and install it on them.")
        title, tone = _("Revocation list expired"), Tone.DANGER
    elif standing is crl.CrlState.AGING:
        sentence = _("From {date}, brokers that use {file} reject every device.")
        title, tone = _("Revocation list expires soon"), Tone.WARNING
    elif standing is crl.CrlState.MISSING:
        sentence, title, tone = (
            _("{file} is missing."),
            _("Revocation list missing"),
            Tone.WARNING,
        )
    else:
        sentence = _("Brokers that use {file} still accept a revoked certificate.")
        title, tone = _("Revocation list out of date"), Tone.WARNING
    return NoticeView(tone, title, sentence.format(file=last.file.name, date=times.date(last.until)))


def _advice(record: DeviceRecord, words: str, tone: Tone, *, operable: bool) -> NoticeView | None:
    if tone not in (Tone.WARNING, Tone.DANGER):
        return None
    online = bool(administration(record.protocol))
    if record.state == "revoked":
        sentence = _("Its certificates are revoked. If you get it back, rotate its certificate.")
    elif record.state != "commissioned":
        sentence = _(
            "It did not confirm its credentials. Scan its code again: Companion checks the device first."
        )
        if operable:
            sentence = _("It did not confirm its credentials. Query it while in range.")
        if online:
            sentence = _("It did not confirm its credentials. Check its status.")
    elif online:
        sentence = _("Renew it now. The device must be reachable on the network.")
    elif operable:
        sentence = _("Rotate it now, while in range.")
    else:
        sentence = _("Set it up again with its code to renew the certificate.")
    return NoticeView(tone, words, sentence)


def _facts(record: DeviceRecord, last: RunRecord | None, now: datetime) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Tags"), " ".join(record.tags)),
        (_("Note"), record.note),
        (_("Edited"), _edited(record, now)),
        (_("Serial"), record.serial or ""),
        (_("Firmware"), record.firmware or ""),
        (_("Network"), _detail(record, "wifi", "ssid")),
        (_("Fabric"), _fabrics(record)),
        (_("Endpoint"), _detail(record, "endpoint", "address")),
        (_("Transfer token"), _tokens(record)),
        (_("Attestation"), counts(record.checks)),
        (_("Last run"), _last(last, now) if last is not None else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def _fabrics(record: DeviceRecord) -> str:
    """Those of the owner's that it is in."""
    current = (each.details for each in record.credentials if each.kind == "fabric" and each.replaced is None)
    return ", ".join(sorted(str(each["fabric_name"]) for each in current if each.get("fabric_name")))


def _tokens(record: DeviceRecord) -> str:
    """The token that is out and lasts longest; "" for none."""
    out = [token for token in record.tokens if token.is_out]
    if not out:
        return ""
    if all(token.state is TokenState.CANCELLING for token in out):
        return _("cancelled, device not notified yet")
    until = _("until {date}").format(date=times.date(max(token.expires for token in out)))
    return until if len(out) == 1 else _("{count} tokens, {until}").format(count=len(out), until=until)


def _last(run: RunRecord, now: datetime) -> str:
    """How a device's latest run ended, and how long ago."""
    parts = (ending(run)[0], times.ago(now - run.started) or _("now"), run.operator)
    return ", ".join(plain(part) for part in parts if part)


def _edited(record: DeviceRecord, now: datetime) -> str:
    """When its owner's words were changed, and by whom; "" where nobody said who."""
    if not record.editor or record.edited is None:
        return ""
    return ", ".join((times.ago(now - record.edited) or _("now"), plain(record.editor)))


def _answered(record: DeviceRecord, last: RunRecord | None, now: datetime) -> str:
    """When the device answered last, if its latest run tells; else only when its record was written."""
    operation = str((last.outcome or {}).get("act") or "") if last is not None else ""
    if last is not None and claims.device_answered(last.state, operation):
        ago = times.ago(now - (last.ended or last.started))
        return _("Answered {time} ago").format(time=ago) if ago else _("Answered just now")
    ago = times.ago(now - record.updated)
    return _("Recorded {time} ago").format(time=ago) if ago else _("Recorded just now")


def _detail(record: DeviceRecord, kind: str, name: str) -> str:
    for credential in record.credentials:
        if credential.kind == kind and credential.replaced is None:
            return str(credential.details.get(name) or "")
    return ""


def _(words: str) -> str:
    return QCoreApplication.translate("records", words)
