"""Tags at virtual readers, through the real pcscd and pyscard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from companion.errors import NfcUnavailable, ReaderServiceMissing, SeveralTags, TagLost
from companion.nfc import ndef, records, tag
from companion.nfc.reader import Readers, ReaderState, Tag
from tests.nfc.tags import Type2Tag, Type4Tag, hold
from tests.nfc.vpcd import Service
from tests.support.until import HANGS_AFTER, wait_until

CODE = "MT:Y.K9042C00KA0648G00"
MESSAGE = ndef.encode([records.of_text(CODE)])


class Watch:
    """What `tags` yields and says, from a thread as programs use it."""

    def __init__(self) -> None:
        self.states: list[ReaderState] = []
        self.held: list[Tag] = []
        self.read: list[bytes] = []
        self.failed: list[Exception] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        with Readers() as readers:
            for held in readers.tags(self._ended.is_set, on_state=self.states.append):
                self.held.append(held)
                try:
                    self.read.append(readers.do(held, tag.read(held.atr)))
                except TagLost as lost:
                    self.failed.append(lost)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(HANGS_AFTER)


@contextmanager
def watching() -> Iterator[Watch]:
    watch = Watch()
    watch.start()
    try:
        yield watch
    finally:
        watch.stop()


@pytest.mark.parametrize("card", [Type2Tag("NTAG213"), Type4Tag()], ids=["type 2", "type 4"])
def test_each_tag_that_is_held_to_the_reader_is_read_once(pcsc: Service, card: Type2Tag | Type4Tag) -> None:
    hold(card, MESSAGE)
    with watching() as watch:
        with pcsc.hold(card):
            wait_until(lambda: len(watch.read) == 1)
        with pcsc.hold(card):
            wait_until(lambda: len(watch.read) == 2)
    assert watch.read == [MESSAGE] * 2 and not watch.failed
    assert set(watch.states) <= {ReaderState.NO_READER, ReaderState.READY}


def test_a_tag_that_is_pulled_away_is_said_and_the_next_one_read(pcsc: Service) -> None:
    card = Type4Tag()
    hold(card, MESSAGE)
    with watching() as watch:
        with pcsc.hold(card, answers=4):
            wait_until(lambda: len(watch.failed) == 1)
        with Readers() as readers:
            readers.wait_until_gone(watch.held[0], lambda: False)
        with pcsc.hold(card):
            wait_until(lambda: len(watch.read) == 1)


def test_of_two_tags_none_is_taken(pcsc: Service) -> None:
    first, second = Type2Tag(), Type4Tag()
    hold(first, MESSAGE)
    with Readers() as readers, pcsc.hold(first), pcsc.hold(second, reader=1):
        wait_until(lambda: readers.refresh() is ReaderState.SEVERAL_TAGS)
        with pytest.raises(SeveralTags):
            readers.next_tag(lambda: False, seconds=60)


def test_the_service_comes_and_goes_under_a_program_that_waits(pcsc: Service) -> None:
    pcsc.stop()
    card = Type2Tag()
    hold(card, MESSAGE)
    with watching() as watch:
        wait_until(lambda: watch.states == [ReaderState.NO_SERVICE])
        pcsc.start()
        wait_until(lambda: ReaderState.READY in watch.states)
        with pcsc.hold(card):
            wait_until(lambda: watch.read == [MESSAGE])
        pcsc.stop()
        wait_until(lambda: watch.states[-1] is ReaderState.NO_SERVICE)


def test_without_the_service_or_the_library_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with Readers() as readers:
        if readers.refresh() is not ReaderState.NO_LIBRARY:
            with pytest.raises(ReaderServiceMissing):
                readers.next_tag(lambda: False, seconds=60)
    monkeypatch.setitem(sys.modules, "smartcard", None)
    with Readers() as readers, pytest.raises(NfcUnavailable):
        readers.next_tag(lambda: False, seconds=60)


def test_who_waits_for_a_tag_can_give_up(pcsc: Service) -> None:
    with Readers() as readers:
        wait_until(lambda: readers.refresh() is ReaderState.READY)
        with pytest.raises(TagLost):
            readers.next_tag(lambda: True, seconds=60)
        with pytest.raises(TagLost):
            readers.next_tag(lambda: False, seconds=0)
        readers.wait_until_gone(Tag(readers.names[0], b"", 0), lambda: False)
