"""The vouchers that are kept, one file each in `vouchers/` of the data folder, and where each is announced.

A voucher can hold a Wi-Fi password for its device, so the files are this user's alone.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from companion.errors import OwnershipVoucherInvalid
from companion.errors.voucher import OwnershipVoucherBroken, OwnershipVoucherUnknown
from companion.files import own_folder, read_own, replace_durably, unreadable, unwritable
from companion.vouchers.voucher import MAX_FILE, Voucher, VoucherUnreadable, encode_voucher, read_voucher

FOLDER = "vouchers"
MARGIN = timedelta(hours=24)
"""So long before its end an announcement is due at the latest."""
_MAX_NOTE = 16_384
_NAME = re.compile(r"[0-9a-f]{32}\.ov", re.ASCII)


@dataclass(frozen=True)
class Announced:
    """server: its URL; roots: whom to believe there (PEM); addresses: of the owner; seconds: how long was
    asked for; at, until: UTC, until when the server keeps it"""

    server: str
    addresses: tuple[str, ...]
    seconds: int
    at: datetime
    until: datetime
    roots: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether it has to be renewed: less than a third of its time is left, or less than `MARGIN` of a
        longer one."""
        return self.until - now < min((self.until - self.at) / 3, MARGIN)


def guid_text(guid: bytes) -> str:
    """As people write it: 8-4-4-4-12."""
    return str(uuid.UUID(bytes=guid))


def read_guid(text: str) -> bytes | None:
    """16 octets; None where the text is no GUID."""
    try:
        return uuid.UUID(text.strip().removeprefix("urn:uuid:")).bytes
    except ValueError:
        return None


class KeptVouchers:
    """Those below a data folder. Nothing is made before one is kept."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def guids(self) -> Iterator[bytes]:
        """Of all that are kept, in no order."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if _NAME.fullmatch(path.name):
                    yield bytes.fromhex(path.stem)

    def get(self, guid: bytes) -> Voucher:
        """Raises OwnershipVoucherUnknown, OwnershipVoucherInvalid, and StorageError leaves."""
        file = self._file(guid)
        if not file.is_file():
            raise OwnershipVoucherUnknown(guid=guid_text(guid))
        try:
            return read_voucher(read_own(MAX_FILE, file))
        except VoucherUnreadable as problem:
            raise OwnershipVoucherInvalid(str(problem), file=file.name) from problem
        except OSError as problem:
            raise unreadable(file, problem) from problem

    def is_news(self, voucher: Voucher) -> bool:
        """Whether no newer one of this device is kept. Raises OwnershipVoucherBroken if another history of
        the same GUID is: a device that was handed on to two owners, or a forgery; and StorageError leaves."""
        if not self._file(voucher.guid).is_file():
            return True
        before = self.get(voucher.guid)
        ours, theirs = ([each.encoded for each in every.entries] for every in (before, voucher))
        common = min(len(ours), len(theirs))
        if before.header != voucher.header or ours[:common] != theirs[:common]:
            raise OwnershipVoucherBroken(
                "another history of this device is saved: it was handed on differently",
                file=guid_text(voucher.guid),
            )
        return len(theirs) >= len(ours)

    def keep(self, voucher: Voucher) -> bool:
        """Keep it, in place of one of the same device with as many entries or fewer; False: a newer one is
        here. The caller verified it. Raises as `is_news`."""
        if not self.is_news(voucher):
            return False
        own_folder(self._folder)
        self._write(self._file(voucher.guid), encode_voucher(voucher))
        return True

    def remove(self, guid: bytes) -> None:
        """Forget it, and where it is announced. Raises OwnershipVoucherUnknown, and StorageError leaves."""
        file = self._file(guid)
        try:
            file.unlink()
            self._note(guid).unlink(missing_ok=True)
        except FileNotFoundError:
            raise OwnershipVoucherUnknown(guid=guid_text(guid)) from None
        except OSError as problem:
            raise unwritable(file, problem) from problem

    def announced(self, guid: bytes) -> Announced | None:
        """Where it was announced last. Raises OwnershipVoucherInvalid for a damaged note, StorageError
        leaves."""
        note = self._note(guid)
        if not note.is_file():
            return None
        try:
            said = json.loads(read_own(_MAX_NOTE, note))
            times = {name: datetime.fromtimestamp(said.pop(name), UTC) for name in ("at", "until")}
            return Announced(**{**said, "addresses": tuple(said["addresses"]), **times})
        except OSError as problem:
            raise unreadable(note, problem) from problem
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as problem:
            raise OwnershipVoucherInvalid("its announcement can't be read", file=note.name) from problem

    def note(self, guid: bytes, announced: Announced) -> None:
        """Keep where it is announced. Raises StorageError leaves."""
        times = {"at": int(announced.at.timestamp()), "until": int(announced.until.timestamp())}
        self._write(self._note(guid), json.dumps({**asdict(announced), **times}).encode())

    def _write(self, file: Path, content: bytes) -> None:
        try:
            replace_durably(file, content)
        except OSError as problem:
            raise unwritable(file, problem) from problem

    def _file(self, guid: bytes) -> Path:
        return self._folder / f"{guid.hex()}.ov"

    def _note(self, guid: bytes) -> Path:
        return self._folder / f"{guid.hex()}.json"
