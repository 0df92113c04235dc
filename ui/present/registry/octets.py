"""What went over the air in a run, in words: its messages, and the fields of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.plain_text import filled, plain
from ui.i18n import QT_TRANSLATE_NOOP
from ui.present.texts import translated
from ui.widgets.byte_view import ByteField

if TYPE_CHECKING:
    from datetime import datetime

    from companion.protocols.octets import Piece
    from ui.engine.octets import DecodedMessage, OctetMessage

_KINDS = {
    "read": QT_TRANSLATE_NOOP("octets", "read from the device"),
    "write": QT_TRANSLATE_NOOP("octets", "written to the device"),
    "write-command": QT_TRANSLATE_NOOP("octets", "written to the device"),
    "notification": QT_TRANSLATE_NOOP("octets", "sent by the device"),
}


@dataclass(frozen=True)
class OctetsView:
    """A message as it was sent. at: seconds since the run began; note: how much of it is shown"""

    at: float
    title: str
    note: str
    fields: tuple[ByteField, ...]


def messages(told: Sequence[OctetMessage], began: datetime) -> tuple[OctetsView, ...]:
    """All of a run's, in their order. began: when the run did"""
    return tuple(_message(number, each, began) for number, each in enumerate(told, 1))


@dataclass(frozen=True)
class DecodedView:
    """A message by what it means. fields: name and value"""

    at: float
    title: str
    note: str
    fields: tuple[tuple[str, str], ...]


def decoded(told: Sequence[DecodedMessage], began: datetime) -> tuple[DecodedView, ...]:
    """All of a run's, in their order. began: when the run did"""
    return tuple(_decoded(number, each, began) for number, each in enumerate(told, 1))


def _decoded(number: int, message: DecodedMessage, began: datetime) -> DecodedView:
    what, size = message.decoded, QLocale().toString(message.decoded.octets)
    way = _("to the device") if message.to_device else _("from the device")
    title = filled(
        _("{number}. {name}, {way}"), {"number": number, "name": translated(what.name), "way": way}
    )
    if what.values == 1:
        note = _("{size} B in one value").format(size=size)
    else:
        note = _("{size} B, put together from {count} values").format(size=size, count=what.values)
    fields = tuple((translated(name), plain(value)) for name, value in what.fields)
    return DecodedView(message.at - began.timestamp(), title, note, fields)


def recorded(count: int) -> str:
    """How many there are."""
    if count == 1:
        return _("1 message was recorded")
    return _("{count} messages were recorded").format(count=QLocale().toString(count))


def _message(number: int, message: OctetMessage, began: datetime) -> OctetsView:
    shown = sum(each.size for each in message.pieces if each.octets is not None)
    size = sum(each.size for each in message.pieces)
    title = _("Message {number}, {how}").format(number=number, how=_(_KINDS[message.kind]))
    if shown == size:
        note = _("{size} B as sent").format(size=size)
    else:
        note = _("{size} B as sent. {hidden} B are encrypted or secret, and not shown.").format(
            size=size, hidden=size - shown
        )
    fields = [ByteField(_named(each), each.size, each.octets) for each in message.pieces]
    return OctetsView(message.at - began.timestamp(), title, note, tuple(fields))


def _named(piece: Piece) -> str:
    return filled(_("{name}, {size} B"), {"name": translated(piece.name), "size": piece.size})


def _(words: str) -> str:
    return QCoreApplication.translate("octets", words)
