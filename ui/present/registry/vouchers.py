"""An ownership voucher in words and as a chain of owners."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from companion.model import Check, Verdict
from companion.vouchers.exchange.store import guid_text
from companion.vouchers.keys import OwnerKey
from companion.vouchers.verification import failed, fingerprint
from companion.vouchers.voucher import Voucher
from ui.engine.vouchers import NoteWritten, VoucherRead
from ui.pages.devices.inspection.voucher import VoucherView
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.attestation import lines
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import CheckState, Tone
from ui.widgets.chain import ChainLink, ChainNode

_FIRST, _LAST = 3, 3
"""So many owners of a long chain are drawn at its beginning and at its end."""


def voucher(told: VoucherRead, now: datetime | None = None) -> VoucherView:
    """What was read, or why nothing was."""
    now = now or datetime.now(UTC)
    notice = None
    if told.error is not None:
        notice = NoticeView(Tone.WARNING, title_of(told.error), advice_of(told.error), icon="warning")
    read = told.voucher
    if read is None:
        return VoucherView(told.name, "", _("There is no voucher to show."), notice=notice)
    wrong = failed(told.checks)
    nodes, links = _chain(read, told, now)
    return VoucherView(
        name=read.device or told.name,
        place=_("Ownership voucher"),
        lead=_lead(read, wrong, told.ours),
        failed=bool(wrong),
        nodes=nodes,
        links=links,
        checks=lines(told.checks),
        guid=guid_text(read.guid),
        asks=_asks(read),
        words=_words(told, wrong, now),
        can_save=told.path is not None and not told.saved and not wrong,
        can_print=told.saved and not wrong,
        notice=notice,
    )


def written(told: NoteWritten) -> NoticeView:
    """Where the delivery note is, or why it is not."""
    if told.error is not None:
        return NoticeView(Tone.WARNING, title_of(told.error), advice_of(told.error), icon="warning")
    return NoticeView(Tone.GOOD, _("Delivery note saved"), told.path.name)


def _lead(read: Voucher, wrong: list[Check], ours: bool | None) -> str:
    if wrong:
        return _("This voucher is not valid. {reason}.").format(reason=translated(wrong[0].reason))
    if not read.entries:
        return _("This device has not been handed on. It is still its manufacturer's.")
    if ours:
        return _("This device is assigned to you.")
    mark = fingerprint(read.owner)
    if ours is None:
        return _("This device is assigned to the key {mark}.").format(mark=mark)
    return _("This device is assigned to a different owner, with the key {mark}.").format(mark=mark)


def _asks(read: Voucher) -> str:
    hosts = [host for each in read.rendezvous for host in each.hosts]
    if not hosts:
        return ""
    return _("It asks for its owner at {hosts}.").format(hosts=", ".join(dict.fromkeys(hosts)))


def _words(told: VoucherRead, wrong: list[Check], now: datetime) -> str:
    if wrong:
        return _("Ask whoever sent it for a valid one.")
    if (announced := told.announced) is not None:
        until = times.until(announced.until, now)
        if announced.until <= now:
            return _("It was announced until {until}. Announce it again.").format(until=until)
        return _("Its rendezvous server announces its owner until {until}.").format(until=until)
    if told.saved:
        return _("It is saved here. Whoever scans the GUID on its delivery note finds it.")
    return _("Save it, so that whoever scans the device's GUID finds out whose it is.")


def _chain(
    read: Voucher, told: VoucherRead, now: datetime
) -> tuple[tuple[ChainNode, ...], tuple[ChainLink, ...]]:
    """Manufacturer, owners, device; the middle of a long chain is one node."""
    first_wrong = _first_wrong(told.checks)
    nodes = [_holder(read.manufacturer, _("Manufacturer"), _("Made it"))]
    links = []
    count = len(read.entries)
    for number, entry in enumerate(read.entries, 1):
        if _FIRST < number <= count - _LAST:
            if number == _FIRST + 1:
                left = count - _FIRST - _LAST
                nodes.append(ChainNode(_("{count} more").format(count=left), "", "", "", icon="more"))
                links.append(_link(_entries(number, count - _LAST), first_wrong, count - _LAST))
            continue
        ends = _("Handed it on")
        if first_wrong is not None and number >= first_wrong:
            ends = ""
        elif number == count:
            ends = _("You own it") if told.ours else _("Owns it")
        nodes.append(_holder(entry.owner, _("Owner {number}").format(number=number), ends))
        links.append(_link(_("Entry {number}").format(number=number), first_wrong, number))
    nodes.append(ChainNode(read.device, _("Device"), guid_text(read.guid)[:8], "", icon="laptop"))
    links.append(_certificate(told.checks))
    return tuple(nodes), tuple(links)


def _entries(first: int, last: int) -> str:
    return _("Entries {first} to {last}").format(first=first, last=last)


def _holder(key: OwnerKey, title: str, ends: str) -> ChainNode:
    name = next((part[3:] for part in key.subject.split(",") if part.startswith("CN=")), "")
    return ChainNode(name or title, key.name, fingerprint(key)[:11], ends, icon="user")


def _link(above: str, first_wrong: int | None, number: int) -> ChainLink:
    """number: of the last entry that it stands for"""
    title = _("Handed on")
    if first_wrong is None or number < first_wrong:
        return ChainLink(CheckState.PASSED, title, above, "", _("verified"))
    if number == first_wrong:
        return ChainLink(CheckState.FAILED, title, above, "", _("failed"))
    return ChainLink(CheckState.NOT_KNOWN, title, above, "", _("not known"))


def _certificate(checks: tuple[Check, ...]) -> ChainLink:
    """Only the device can check that the voucher is its own; its certificate is named."""
    line = lines([each for each in checks if each.name == "certificate"])[0]
    return ChainLink(line.state, _("Certificate"), "", "", line.word)


def _first_wrong(checks: tuple[Check, ...]) -> int | None:
    """The number of the first entry that does not hold."""
    for each in checks:
        if each.name == "entries" and each.verdict is Verdict.FAILED:
            return int(each.reason.facts["number"])
    return None


def _(words: str) -> str:
    return QCoreApplication.translate("vouchers", words)
