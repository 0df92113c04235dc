"""A run with what went over the air, octet by octet: INFO, the handshake, and an encrypted message."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from companion.protocols.octets import pieces
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID
from companion.protocols.rp1.wire.octets import dissect
from tests.support.record_samples import activity
from ui.engine.octets import OctetMessage
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
