"""The chain from the owner to a device, in words and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from PySide6.QtCore import QCoreApplication, QLocale

from companion.model import Verdict
from companion.registry.records import DeviceRecord
from companion.trust.proof.checks import Checked, fingerprint
from ui.engine.trust import ProofExported, TrustChecked
from ui.pages.devices.inspection.trust import TrustView
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.attestation import lines
from ui.present.devices import art_kind
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import CheckState, Tone
from ui.widgets.chain import ChainLink, ChainNode

GRANT_CHECKS = ("grants", "place", "revoked")
CERTIFICATE_CHECKS = ("bounds", "certificate", "certificate-name", "receipt", "receipt-owner")


def trust(told: TrustChecked, now: datetime | None = None) -> TrustView:
    """What came of the checks, or why there are none."""
    now = now or datetime.now(UTC)
    record, checked = told.record, told.checked
    place = " · ".join(part for part in (record.room, record.model or "") if part)
    if checked is None:
        notice = None
        if told.error is not None:
            tone = Tone.WARNING if told.error.exit_status else Tone.INFO
            notice = NoticeView(tone, title_of(told.error), advice_of(told.error), icon="info")
        return TrustView(record.name, place, _("There is no proof for this device."), notice=notice)
    passed = sum(each.verdict is Verdict.PASSED for each in checked.checks)
    seconds = QLocale().toString(told.seconds, "f", 2)
    return TrustView(
        name=record.name,
        place=place,
        lead=_lead(checked, told.names),
        failed=not checked.holds,
        nodes=_nodes(record, checked, told.names, now),
        links=_links(checked),
        checks=lines(checked.checks),
        counted=_("{passed} of {count}, {seconds} s").format(
            passed=passed, count=len(checked.checks), seconds=seconds
        ),
        can_export=True,
    )


def exported(told: ProofExported) -> NoticeView:
    """Where the proof is, or why it is not."""
    if told.error is not None:
        return NoticeView(Tone.WARNING, title_of(told.error), advice_of(told.error), icon="warning")
    sentence = _("{file}, with verify_proof.py beside it.").format(file=told.path.name)
    return NoticeView(Tone.GOOD, _("Proof written"), sentence)


def _lead(checked: Checked, names: Mapping[str, str]) -> str:
    if not checked.holds:
        failed = next(each for each in checked.checks if each.verdict is Verdict.FAILED)
        return _("This chain is not valid. {reason}.").format(reason=translated(failed.reason))
    has_gaps = any(each.verdict is Verdict.NOT_KNOWN for each in checked.checks)
    if not checked.links:
        if has_gaps:
            return _("You added this device yourself. What could be checked is verified.")
        return _("You added this device yourself. Every link is verified.")
    holders = [_holder(names, link.holder) for link in checked.links]
    if _is_revoked(checked):
        return _(
            "You let {first} act for you. {last} added this device. Not every grant is still valid."
        ).format(first=holders[0], last=holders[-1])
    if has_gaps:
        told = _("You let {first} act for you. {last} added this device. What could be checked is verified.")
    else:
        told = _("You let {first} act for you. {last} added this device. Every link is verified.")
    return told.format(first=holders[0], last=holders[-1])


def _nodes(
    record: DeviceRecord, checked: Checked, names: Mapping[str, str], now: datetime
) -> tuple[ChainNode, ...]:
    proof = checked.proof
    assert proof is not None, "it was checked"
    nodes = [
        ChainNode(
            _("Owner root"),
            _("This computer"),
            fingerprint(proof.owner)[:11],
            _("Does not expire"),
            icon="key",
        )
    ]
    for link in checked.links:
        until = link.terms.until
        life = (link.terms.since or until, until)
        ends, left, over = _life(life if link.terms.since else (None, until), now)
        name = _holder(names, link.holder)
        subtitle = _("Grant {id}").format(id=link.id[:8])
        nodes.append(ChainNode(name, subtitle, fingerprint(link.holder)[:11], ends, "user", "", left, over))
    kind = art_kind(record.protocol, f"{record.own_name or record.name} {record.model or ''}")
    mark = fingerprint(proof.identity_key)[:11]
    ends, left, over = _life(checked.valid, now) if checked.valid else (_("No certificate"), None, False)
    nodes.append(ChainNode(record.name, record.serial or "", mark, ends, "", kind, left, over))
    return tuple(nodes)


def _links(checked: Checked) -> tuple[ChainLink, ...]:
    """A grant to each delegate; at the end the certificate of the device."""
    made = []
    for link in checked.links:
        state, word = _state(checked, GRANT_CHECKS)
        until = _("until {date}").format(date=times.date(link.terms.until))
        made.append(ChainLink(state, _("Grant"), "", until, word))
    state, word = _state(checked, CERTIFICATE_CHECKS)
    above = _("issued {date}").format(date=times.date(checked.valid[0])) if checked.valid else _("none kept")
    made.append(ChainLink(state, _("Certificate"), above, _("and receipt"), word))
    return tuple(made)


def _state(checked: Checked, names: tuple[str, ...]) -> tuple[CheckState, str]:
    """The worst of these checks."""
    verdicts = {each.verdict for each in checked.checks if each.name in names}
    if Verdict.FAILED in verdicts:
        return CheckState.FAILED, _("failed")
    if Verdict.REMARK in verdicts:
        return CheckState.NOT_KNOWN, _("revoked")
    if Verdict.NOT_KNOWN in verdicts:
        return CheckState.NOT_KNOWN, _("not known")
    return CheckState.PASSED, _("verified")


def _is_revoked(checked: Checked) -> bool:
    return any(each.name == "revoked" and each.verdict is Verdict.REMARK for each in checked.checks)


def _life(valid: tuple[datetime | None, datetime], now: datetime) -> tuple[str, float | None, bool]:
    """Until when in words, the share that is left, and whether it is over."""
    begin, end = valid
    if now >= end:
        return _("Expired {date}").format(date=times.date(end)), 0.0, True
    days = (end - now).days
    if begin is None or end <= begin:
        return _("{left} days left").format(left=days), None, False
    span = (end - begin).total_seconds()
    share = max(0.0, min(1.0, (end - now).total_seconds() / span))
    words = _("{left} of {span} days left").format(left=days, span=round(span / 86400))
    return words, share, False


def _holder(names: Mapping[str, str], key: bytes) -> str:
    return names.get(key.hex()) or sha256(key).hexdigest()[:8]


def _(words: str) -> str:
    return QCoreApplication.translate("trust", words)
