"""The window's reader of tags, at a virtual reader."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import Qt

from companion.errors import TagLost
from companion.nfc import ndef, records
from tests.nfc.tags import Type2Tag, hold
from tests.nfc.vpcd import Service
from tests.support.until import wait_until
from ui.sources.tags import TagReader

DIRECT = Qt.ConnectionType.DirectConnection
CODE = "MT:Y.K9042C00KA0648G00"


def test_a_tag_is_read_and_one_that_is_pulled_away_is_said(pcsc: Service) -> None:
    card = Type2Tag("NTAG215")
    hold(card, ndef.encode([records.of_text(CODE)]))
    read: list[Any] = []
    failed: list[Any] = []
    reader = TagReader()
    # On the reader's own thread: there is no loop here.
    reader.read.connect(read.append, DIRECT)
    reader.failed.connect(failed.append, DIRECT)
    reader.start(0)
    with pcsc.hold(card):
        wait_until(lambda: bool(read))
    assert len(read[0].found.ready) == 1
    with pcsc.hold(card, answers=2):
        wait_until(lambda: bool(failed))
    assert isinstance(failed[0], TagLost)
    reader.stop()
    wait_until(lambda: all(each.name != "tags" for each in threading.enumerate()))
