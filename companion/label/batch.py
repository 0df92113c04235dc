"""Labels for a batch: every device gets its own secret, and a batch that would share one is refused.

What a code holds is its protocol's to say (`LabelDeclaration`); a code of an ecosystem is unique as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companion.errors import CodeForeign, SecretsShared
from companion.model import SetupCode
from companion.plain_text import plain
from companion.protocols import LabelDeclaration, group_entry, labels, recognise
from companion.secret import Secret
from companion.setup_code.ecosystems.non_devices import NON_DEVICES

_CHARACTERS_A_LINE = 22
_MAX_SERIAL = 32


@dataclass(frozen=True)
class Label:
    """What is printed for one device. serial: printable ASCII, at most 32 characters."""

    serial: str
    code: SetupCode

    def __post_init__(self) -> None:
        if not (0 < len(self.serial) <= _MAX_SERIAL and self.serial.isascii() and self.serial.isprintable()):
            raise ValueError("a serial number has 1 to 32 printable ASCII characters")

    @property
    def text(self) -> str:
        """What the QR code holds. It contains the secret."""
        return self.code.text.reveal_text()

    @property
    def readable(self) -> tuple[str, ...]:
        """The same for eyes and keyboards, in lines of plain text. They contain the secret."""
        return tuple(map(plain, self._lines()))

    def _lines(self) -> tuple[str, ...]:
        declared = _declared(self.code)
        if declared is not None:
            return declared.lines(self.code)
        shown = group_entry(self.text).display
        return tuple(shown[at : at + _CHARACTERS_A_LINE] for at in range(0, len(shown), _CHARACTERS_A_LINE))


def new_labels(protocol: str, rows: Iterable[Mapping[str, str]]) -> tuple[Label, ...]:
    """A label with fresh secrets for each device of a protocol.

    rows: `serial`, and what the protocol's `LabelDeclaration` asks for
    Raises SecretsShared if two have the same key or name, KeyError for a column that is missing or a protocol
    that makes no labels, ValueError if a field is out of its range.
    """
    make = labels()[protocol].make
    return labels_of((row["serial"], make(row)) for row in rows)


def labels_of(codes: Iterable[tuple[str, str]]) -> tuple[Label, ...]:
    """Labels for codes that exist, as (serial, text).

    Raises SecretsShared if two codes would open each other's device, SecretPredictable for a secret that
    is none, CodeForeign for a text that is no setup code, CodeMalformed for a damaged one, and ValueError
    for a serial that can't be printed or appears twice.
    """
    made = []
    owners: dict[tuple[str, Secret], str] = {}
    serials: set[str] = set()
    for serial, text in codes:
        if serial in serials:
            raise ValueError(f"duplicate serial number {serial}")
        serials.add(serial)
        code = recognise(text)
        for name, value in _unique(code):
            if (name, value) in owners:
                raise SecretsShared(name, first=owners[name, value], second=serial)
            owners[name, value] = serial
        made.append(Label(serial, code))
    return tuple(made)


def _unique(code: SetupCode) -> tuple[tuple[str, Secret], ...]:
    """What no two devices of a batch may have in common. Raises CodeForeign, SecretPredictable."""
    if code.ecosystem in ("unknown", "url", "wifi", *NON_DEVICES):
        raise CodeForeign(kind=code.title, verdict=str(code.verdict))
    declared = _declared(code)
    if declared is None or code.payload is None:
        return (("code", code.text),)
    return declared.unique(code)


def _declared(code: SetupCode) -> LabelDeclaration | None:
    """What the code's protocol says of labels; None for a code of another ecosystem."""
    return labels().get(code.ecosystem)
