"""`companion voucher keep|list|remove|note`: vouchers that are saved here, and their delivery notes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.services import services_for
from companion.commands.grant.usage import confirm
from companion.commands.label import write_sheet
from companion.commands.terminal import numbers, streams
from companion.commands.voucher.sources import Batch, checked, guid_in, kept_vouchers, sources
from companion.commands.voucher.words import document, local_time, named
from companion.errors import CompanionError

if TYPE_CHECKING:
    from companion.vouchers.exchange.store import Announced, KeptVouchers
    from companion.vouchers.voucher import Voucher


def keep(arguments: argparse.Namespace) -> int:
    """Save vouchers that hold."""
    from companion.vouchers.exchange.store import KeptVouchers

    found = sources(arguments)
    batch, kept = Batch(arguments, len(found)), KeptVouchers(services_for(arguments).data_dir)
    told: list[dict[str, Any]] = []
    for each in found:
        try:
            voucher = checked(each)
            is_new = kept.keep(voucher)
        except CompanionError as problem:
            told.append(batch.fail(each.name, problem))
            continue
        told.append({"file": each.name, "guid": voucher.guid.hex(), "saved": is_new})
        if not arguments.json:
            mark, words = ("✓", "saved") if is_new else ("!", "not saved: a newer one is saved already")
            streams.print_line(f"{mark} {each.name}: {voucher.device}, {words}")
    if arguments.json:
        streams.print_json({"vouchers": told})
    return batch.status


def list_saved(arguments: argparse.Namespace) -> int:
    """List saved vouchers, or those that are to be announced again."""
    kept, now = kept_vouchers(arguments), datetime.now(UTC)
    if arguments.json:
        streams.print_json_list({}, "vouchers", _documents(kept, now, due=arguments.due))
        return 0
    count = 0
    for guid, announced in due_or_all(kept, now, due=arguments.due):
        count += 1
        voucher = kept.get(guid)
        streams.print_line(f"{_guid(guid)}  {voucher.device}, {_assigned(voucher)}{_until(announced, now)}")
    if not count:
        streams.print_line("Nothing is due." if arguments.due else "No vouchers are saved.")
    return 0


def due_or_all(kept: KeptVouchers, now: datetime, *, due: bool) -> Iterator[tuple[bytes, Announced | None]]:
    """The GUIDs of saved vouchers in order, each with where it is announced."""
    for guid in sorted(kept.guids()):
        announced = kept.announced(guid)
        if not due or (announced is not None and announced.is_due(now)):
            yield guid, announced


def _documents(kept: KeptVouchers, now: datetime, *, due: bool) -> Iterator[dict[str, Any]]:
    for guid, announced in due_or_all(kept, now, due=due):
        told = None
        if announced is not None:
            told = {
                "server": announced.server,
                "addresses": list(announced.addresses),
                "until": announced.until.isoformat(),
                "due": announced.is_due(now),
            }
        yield {**document("", kept.get(guid)), "file": None, "announced": told}


def remove(arguments: argparse.Namespace) -> int:
    """Delete saved vouchers."""
    kept = kept_vouchers(arguments)
    guids: list[bytes] = []
    removed: list[str] = []
    for word in arguments.what:
        if (guid := guid_in(word)) is None:
            raise ValueError(f"{word} is no GUID")
        voucher = kept.get(guid)
        if not arguments.json:
            streams.print_line(f"{_guid(guid)}  {voucher.device}, {_assigned(voucher)}")
        guids.append(guid)
    confirm(arguments, f"Delete {numbers.counted(len(guids), 'voucher', 'vouchers')}?")
    for guid in guids:
        kept.remove(guid)
        removed.append(_guid(guid))
    if arguments.json:
        streams.print_json({"removed": removed})
    else:
        streams.print_line(f"✓ {numbers.counted(len(removed), 'voucher', 'vouchers')} deleted")
    return 0


def note(arguments: argparse.Namespace) -> int:
    """Print delivery notes of the vouchers that hold."""
    from companion.label.voucher import VoucherLabel

    if arguments.out is None:
        raise ValueError("note needs --out SHEET, a .pdf or .svg")
    found = sources(arguments)
    batch, labels, wrong = Batch(arguments, len(found)), [], []
    for each in found:
        try:
            voucher = checked(each)
        except CompanionError as problem:
            wrong.append(batch.fail(each.name, problem))
        else:
            labels.append(VoucherLabel(voucher.device, _guid(voucher.guid), named(voucher.owner)))
    files = write_sheet(labels, arguments.out) if labels else []
    if arguments.json:
        streams.print_json({"labels": len(labels), "files": [str(each) for each in files], "vouchers": wrong})
    elif labels:
        counted = numbers.counted(len(labels), "label", "labels")
        streams.print_line(f"✓ {counted} in {', '.join(str(each) for each in files)}")
    return batch.status


def _assigned(voucher: Voucher) -> str:
    return f"assigned to {named(voucher.owner)}" if voucher.entries else "not handed on yet"


def _until(announced: Announced | None, now: datetime) -> str:
    if announced is None:
        return ""
    ended = "was announced until" if announced.until <= now else "announced until"
    due = "; announce it again" if announced.is_due(now) else ""
    return f"; {ended} {local_time(announced.until)}{due}"


def _guid(guid: bytes) -> str:
    from companion.vouchers.exchange.store import guid_text

    return guid_text(guid)
