"""Ownership vouchers of FDO on the engine's side: read from a file or from those saved, saved, printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import Check
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.services import Services
    from companion.vouchers.exchange.store import Announced, KeptVouchers
    from companion.vouchers.voucher import Voucher


@dataclass(frozen=True)
class ReadVoucher(Command):
    """Read and verify the voucher in a file: `VoucherRead`. saves: also save it, if it holds"""

    path: Path
    saves: bool = False


@dataclass(frozen=True)
class FindVoucher(Command):
    """The saved voucher of a device, by its GUID as text: `VoucherRead`."""

    guid: str


@dataclass(frozen=True)
class WriteNote(Command):
    """Write the delivery note of a saved voucher, a PDF: `NoteWritten`."""

    guid: str
    path: Path


@dataclass(frozen=True)
class VoucherRead(Event):
    """name: of the file, or the GUID; path: the file, None for a saved one; saved: this voucher is
    saved here; ours: whether its owner's key is one of ours, None: not known, as the keys are not open
    error: there is no voucher, or it was not saved, and why"""

    name: str
    path: Path | None = None
    voucher: Voucher | None = None
    checks: tuple[Check, ...] = ()
    saved: bool = False
    ours: bool | None = None
    announced: Announced | None = None
    error: CompanionError | None = None


@dataclass(frozen=True)
class NoteWritten(Event):
    """The delivery note is in this file; error: it is not, and why."""

    path: Path
    error: CompanionError | None = None


VoucherCommand = ReadVoucher | FindVoucher | WriteNote


def obey(command: VoucherCommand, services: Services) -> VoucherRead | NoteWritten:
    """Needs no keys; whether a device is ours is said where they are open already."""
    from companion.vouchers.exchange.store import KeptVouchers

    kept = KeptVouchers(services.data_dir)
    match command:
        case ReadVoucher():
            return _read(command, kept, services)
        case FindVoucher():
            return _find(command, kept, services)
        case WriteNote():
            return _write(command, kept)


def _read(command: ReadVoucher, kept: KeptVouchers, services: Services) -> VoucherRead:
    from companion.errors import OwnershipVoucherInvalid, OwnershipVoucherOutdated
    from companion.files import read_named
    from companion.vouchers.verification import check_voucher, holds
    from companion.vouchers.voucher import MAX_FILE, VoucherOutdated, VoucherUnreadable, read_voucher

    name, path = command.path.name, command.path
    try:
        voucher = read_voucher(read_named(MAX_FILE, path))
    except VoucherOutdated as problem:
        return VoucherRead(name, path, error=OwnershipVoucherOutdated(str(problem), file=name))
    except VoucherUnreadable as problem:
        return VoucherRead(name, path, error=OwnershipVoucherInvalid(str(problem), file=name))
    except CompanionError as problem:
        return VoucherRead(name, path, error=problem)
    checks = tuple(check_voucher(voucher))
    ours = _is_ours(voucher, services)
    try:
        if command.saves and holds(checks):
            kept.keep(voucher)
        saved = voucher.guid in set(kept.guids()) and kept.get(voucher.guid) == voucher
        announced = kept.announced(voucher.guid) if saved else None
    except CompanionError as problem:
        return VoucherRead(name, path, voucher, checks, False, ours, None, problem)
    return VoucherRead(name, path, voucher, checks, saved, ours, announced)


def _find(command: FindVoucher, kept: KeptVouchers, services: Services) -> VoucherRead:
    from companion.vouchers.verification import check_voucher

    try:
        voucher = kept.get(_guid(command.guid))
        announced = kept.announced(voucher.guid)
    except CompanionError as problem:
        return VoucherRead(command.guid, error=problem)
    checks = tuple(check_voucher(voucher))
    return VoucherRead(command.guid, None, voucher, checks, True, _is_ours(voucher, services), announced)


def _write(command: WriteNote, kept: KeptVouchers) -> NoteWritten:
    from companion.files import replace_durably, unwritable
    from companion.label import sheet_pdf
    from companion.label.voucher import VoucherLabel
    from companion.vouchers.exchange.store import guid_text
    from companion.vouchers.verification import fingerprint

    try:
        voucher = kept.get(_guid(command.guid))
        owner = voucher.owner.subject or fingerprint(voucher.owner)
        label = VoucherLabel(voucher.device, guid_text(voucher.guid), owner)
        replace_durably(command.path, sheet_pdf([label]))
    except OSError as problem:
        return NoteWritten(command.path, unwritable(command.path, problem))
    except CompanionError as problem:
        return NoteWritten(command.path, problem)
    return NoteWritten(command.path)


def _guid(text: str) -> bytes:
    from companion.errors.voucher import OwnershipVoucherUnknown
    from companion.vouchers.exchange.store import read_guid

    guid = read_guid(text)
    if guid is None:
        raise OwnershipVoucherUnknown(guid=text)
    return guid


def _is_ours(voucher: Voucher, services: Services) -> bool | None:
    if not services.has_identity:
        return None
    from companion.vouchers.private_keys import OwnKeys

    return OwnKeys(services.identity.vault).find(voucher.owner.key) is not None
