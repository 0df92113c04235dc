"""What a file is that is dragged over the window, by what is in it. Its name says nothing.

Only its beginning is looked at: whoever takes the file reads it whole, within limits, and says what is wrong.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QMimeData

from companion.errors import CompanionError

HEAD = 8192
"""Octets that are looked at."""


class FileKind(Enum):
    REPORT = auto()
    """Runs, exported as JSON."""
    BACKUP = auto()
    """Keys and records, sealed."""
    SCENARIO = auto()
    """Of the lab."""
    DEVICES = auto()
    """A table of devices, as the devices page writes it."""
    REQUEST = auto()
    """For a grant."""
    GRANT = auto()
    HOME = auto()
    """A delegate's report or log, for its owner."""
    TRUST = auto()
    """Manufacturers' roots, or what they revoked."""
    FIRMWARE = auto()
    """An image or a manifest."""
    VOUCHER = auto()
    """An ownership voucher of FDO, as PEM or CBOR."""
    CODES = auto()
    """Anything else: a picture, a document, a list or a text that may hold codes."""


ELSEWHERE = frozenset(FileKind) - {FileKind.CODES, FileKind.DEVICES}
"""What has one place in the window. A table or a picture is taken by the page in front, if it has a use."""

_MARKS = (
    (FileKind.BACKUP, re.compile(r'\A\{.*"companion_vault"\s*:.*"purpose"\s*:\s*"backup"', re.DOTALL)),
    (FileKind.REPORT, re.compile(r'\A\{.*"redacted"\s*:', re.DOTALL)),
    (FileKind.DEVICES, re.compile(r'\A\{.*"inventory"\s*:', re.DOTALL)),
    (FileKind.SCENARIO, re.compile(r"^\s*\[\[\s*device\s*\]\]\s*(#.*)?$", re.MULTILINE)),
)
_LOG = bytes.fromhex("a60101025841")
"""How a delegate's log begins (`companion.trust.transparency.journal`): a map of six, version 1, a key."""
_VOUCHER = (b"-----BEGIN OWNERSHIP VOUCHER-----", b"\x85\x18\x65")
"""How one begins as PEM, and as CBOR: an array of five, version 101."""
_TRUST = re.compile(r'-----BEGIN (X509 )?(CERTIFICATE|CRL)-----|"revocation_set"')
_DER = b"\x30\x82"
_TABLE = frozenset({"id", "name", "room", "tags"})
"""Columns by which a table of devices is told from a list of codes."""


def file_in(data: QMimeData) -> Path | None:
    """The file that is dragged; None where something else is, or several things."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    # A pipe or a device could keep the window waiting.
    return path if path.is_file() else None


def kind_of(path: Path) -> FileKind:
    """What the file is. One that can't be read is left to whoever reads it: it says why."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return FileKind.CODES
    if _is_home(head):
        return FileKind.HOME
    if head.lstrip().startswith(_VOUCHER):
        return FileKind.VOUCHER
    if head.startswith(_DER):
        return FileKind.TRUST
    if _is_firmware(head):
        return FileKind.FIRMWARE
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if "\0" in text:
        return FileKind.CODES
    for kind, mark in _MARKS:
        if mark.search(text):
            return kind
    if _TRUST.search(text):
        return FileKind.TRUST
    columns = {each.strip(' "').casefold() for each in text.partition("\n")[0].split(",")}
    if columns >= _TABLE:
        return FileKind.DEVICES
    return _grant(text) or FileKind.CODES


def goes_elsewhere(data: QMimeData, *here: FileKind) -> bool:
    """Whether a page leaves what is dragged to the window, which has a place for it. here: kinds it takes"""
    path = file_in(data)
    return path is not None and kind_of(path) in ELSEWHERE - set(here)


def _is_home(head: bytes) -> bool:
    from companion.trust.grants.accounts import is_report

    return head.startswith(_LOG) or is_report(head)


def _is_firmware(head: bytes) -> bool:
    from companion.firmware import is_one

    return is_one(head)


def _grant(text: str) -> FileKind | None:
    from companion.protocols import recognise

    try:
        ecosystem = recognise(text).ecosystem
    except CompanionError:
        return None
    if ecosystem.endswith("-grant-request"):
        return FileKind.REQUEST
    return FileKind.GRANT if ecosystem.endswith("-grant") else None
