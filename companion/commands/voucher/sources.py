"""The vouchers that a command is given: files, folders of thousands, GUIDs of saved ones."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import is_virtual
from companion.commands.terminal import streams
from companion.errors import (
    CompanionError,
    FileUnreadable,
    OwnershipVoucherInvalid,
    OwnershipVoucherOutdated,
)
from companion.errors.voucher import OwnershipVoucherBroken
from companion.files import abbreviate_home, data_path, read_named, unreadable

if TYPE_CHECKING:
    from companion.vouchers.exchange.store import KeptVouchers
    from companion.vouchers.keys import PublicKey
    from companion.vouchers.voucher import Voucher

MOST_FILES = 100_000
MAX_KEY = 65_536
_USAGE = 2


@dataclass(frozen=True)
class Source:
    """Where one voucher is. name: how people know it; read: raises CompanionError"""

    name: str
    read: Callable[[], Voucher]


def sources(arguments: argparse.Namespace) -> list[Source]:
    """What was named, of which nothing is read yet. Raises ValueError for too many, FileUnreadable for a
    folder, also an empty one."""
    found: list[Source] = []
    kept = kept_vouchers(arguments)
    for word in arguments.what:
        before = len(found)
        for each in _of(word, kept):
            found.append(each)
            if len(found) > MOST_FILES:
                raise ValueError(f"at most {MOST_FILES} files at once")
        if len(found) == before:
            raise FileUnreadable("the folder has no files", file=abbreviate_home(word))
    return found


def kept_vouchers(arguments: argparse.Namespace) -> KeptVouchers:
    """Those of the data folder, which is not made."""
    from companion.vouchers.exchange.store import KeptVouchers

    return KeptVouchers(data_path(arguments.data_dir, virtual=is_virtual(arguments)))


def guid_in(word: str) -> bytes | None:
    """A GUID, where no file has that name."""
    from companion.vouchers.exchange.store import read_guid

    return None if os.path.lexists(word) else read_guid(word)


def _of(word: str, kept: KeptVouchers) -> Iterator[Source]:
    if (guid := guid_in(word)) is not None:
        yield Source(word, lambda: kept.get(guid))
        return
    path = Path(word)
    if not path.is_dir():
        yield Source(path.name, lambda: read_file(path))
        return
    try:
        names = _files_in(path)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    for name in names:
        yield Source(name, partial(read_file, path / name))


def _files_in(folder: Path) -> list[str]:
    names: list[str] = []
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_file():
                names.append(each.name)
            if len(names) > MOST_FILES:
                raise ValueError(f"at most {MOST_FILES} files at once")
    return sorted(names)


def read_file(path: Path) -> Voucher:
    """Raises FileMissing, FileUnreadable, OwnershipVoucherInvalid, OwnershipVoucherOutdated."""
    from companion.vouchers.voucher import MAX_FILE, VoucherOutdated, VoucherUnreadable, read_voucher

    try:
        return read_voucher(read_named(MAX_FILE, path))
    except VoucherOutdated as problem:
        raise OwnershipVoucherOutdated(file=path.name) from problem
    except VoucherUnreadable as problem:
        raise OwnershipVoucherInvalid(str(problem), file=path.name) from problem


def checked(source: Source) -> Voucher:
    """A voucher of which no check failed. Raises OwnershipVoucherBroken, and as its `read`."""
    from companion.vouchers.verification import check_voucher, failed

    voucher = source.read()
    if wrong := failed(check_voucher(voucher)):
        raise OwnershipVoucherBroken(str(wrong[0].reason), file=source.name)
    return voucher


def read_key(path: Path) -> PublicKey:
    """The public key in a file, alone or in a certificate. Raises as `read_file`."""
    from companion.vouchers.keys import read_public

    try:
        return read_public(read_named(MAX_KEY, path))
    except ValueError as problem:
        raise OwnershipVoucherInvalid(str(problem), file=path.name) from problem


class Batch:
    """What came of one voucher after the other. A single one's error ends the command as any other does.

    status: the exit status, of the first that failed
    """

    def __init__(self, arguments: argparse.Namespace, count: int) -> None:
        self.count, self.failed, self.status = count, 0, 0
        self._says = not arguments.json

    def fail(self, name: str, problem: CompanionError | ValueError) -> dict[str, object]:
        """One failed; its part of the document. A ValueError says what can't be done with this one. Raises
        the problem where nothing else was wanted."""
        if self.count == 1:
            raise problem
        self.failed += 1
        code, title, detail, status = None, str(problem), "", _USAGE
        if isinstance(problem, CompanionError):
            code, title, detail = problem.code, problem.title_text, problem.detail
            status = problem.exit_status
        self.status = self.status or status
        if self._says:
            streams.print_line(f"✗ {name}: {title}" + (f" ({code})" if code else ""))
        return {"file": name, "error": code, "title": title, "detail": detail}
