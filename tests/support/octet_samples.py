"""A run with what went over the air, octet by octet: INFO, the handshake, and an encrypted message."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from companion.protocols.octets import pieces
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.wire.decoded import MessageDecoder
from companion.protocols.rp1.wire.fragment import split, value_size
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID
from companion.protocols.rp1.wire.messages import M1, encode_m1
from companion.protocols.rp1.wire.octets import dissect
from tests.support.record_samples import activity
from ui.engine.octets import DecodedMessage, OctetMessage
from ui.pages.activity.page import ActivityPage
from ui.present.registry import octets

BEGAN = datetime(2026, 11, 28, 9, 31, tzinfo=UTC)
SENT = bytes(range(7, 7 + 157))
VALUES = (
    (1.2, False, "read", INFO_UUID, b"\xa4\x01\x01\x02\x19\x01\xff" + SENT[:40]),
    (2.1, True, "write-command", RX_UUID, b"\xc0\x00\x46\x88\x01" + SENT[:68]),
    (2.4, False, "notification", TX_UUID, b"\xc0\x00\x68\x87\x02" + SENT[:102]),
    (3.0, True, "write", RX_UUID, b"\xc0\x00\x3d\x10\x00\x00\x00\x01" + SENT[:56]),
)


def messages() -> tuple[OctetMessage, ...]:
    start = BEGAN.timestamp()
    return tuple(
        OctetMessage(start + at, to_device, kind, uuid, pieces(value, dissect(uuid, value, to_device)))
        for at, to_device, kind, uuid, value in VALUES
    )


def activity_octets(seconds: float = 2.5) -> QWidget:
    page = activity()
    assert isinstance(page, ActivityPage)
    page.octets.show_messages(octets.messages(messages(), BEGAN))
    page.octets.toggle.click()
    page.octets.show_moment(seconds)
    return page


def activity_octets_sealed() -> QWidget:
    return activity_octets(9)


def activity_decoded() -> QWidget:
    """What the second handshake message said, put together from its values."""
    page = activity_octets()
    assert isinstance(page, ActivityPage)
    start, decode = BEGAN.timestamp(), MessageDecoder()
    first = M1(bytes(8), (1, 2), 2, 0x1F, Method.NC, Mode.ONBOARD, bytes(16), bytes(32), ek=bytes(1184))
    sent = [fragment.data for fragment in split(encode_m1(first), value_size(247))]
    told = [decode(RX_UUID, value, True) for value in sent]
    messages = tuple(DecodedMessage(start + 2.1, True, each) for each in told if each is not None)
    page.octets.show_messages(page.octets._messages, octets.decoded(messages, BEGAN))
    page.octets.kind.set_current(1)
    page.octets.show_moment(2.5)
    return page
