"""A batch of codes onto tags at a virtual reader: each on its own, read back, locked, counted."""

from __future__ import annotations

import argparse
import csv
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.commands import label
from companion.commands.label import read_batch
from companion.errors import ReaderMissing, TagLocked
from companion.nfc import apdu, content, tag
from companion.nfc.reader import Readers, Tag
from companion.nfc.writer import Written, write_batch
from tests.nfc.tags import Type2Tag, transmit
from tests.nfc.vpcd import Service
from tests.support.until import HANGS_AFTER, wait_until


def batch(folder: Path, count: int) -> Path:
    file = folder / "batch.csv"
    rows = "".join(f"SN{number},{number:032x}\n" for number in range(1, count + 1))
    file.write_text(f"serial,fingerprint\n{rows}")
    return file


def put_on(pcsc: Service, card: Type2Tag, done: list[Written], count: int) -> None:
    """Hold a tag until there are so many tries, and take it away until that is seen."""
    with Readers() as readers:
        with pcsc.hold(card):
            wait_until(lambda: len(done) == count)
            (held,) = readers._held(0) or readers._held(1000)
        readers.wait_until_gone(held, lambda: False)


def test_each_code_of_a_batch_is_on_its_own_tag(pcsc: Service, tmp_path: Path) -> None:
    labels = read_batch(batch(tmp_path, 2))
    cards = [Type2Tag("NTAG215") for _ in range(3)]
    apdu.run(tag.write(cards[1].atr, b"", lock=True), transmit(cards[1]))
    done: list[Written] = []

    def write() -> None:
        with Readers() as readers:
            codes = [each.code for each in labels]
            done_by = write_batch(codes, readers, stop=lambda: False, lock=True)
            for tried in done_by:
                done.append(tried)

    with Readers() as readers:
        wait_until(lambda: bool(readers.refresh() and readers.names))
    writing = threading.Thread(target=write)
    writing.start()
    for count, card in enumerate(cards, 1):
        put_on(pcsc, card, done, count)
    writing.join(HANGS_AFTER)
    assert [each.place for each in done] == [0, 1, 1]
    assert [type(each.error) for each in done if each.error] == [TagLocked]
    for card, each in zip((cards[0], *cards[2:]), labels, strict=True):
        (code,) = content.read(apdu.run(tag.read(card.atr), transmit(card))).codes
        assert code.text == each.code.text
        with pytest.raises(TagLocked):
            apdu.run(tag.write(card.atr, b"other"), transmit(card))


def test_the_command_counts_and_shows_no_secret(
    pcsc: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = read_batch(batch(tmp_path, 1))
    monkeypatch.setattr(label, "read_batch", lambda path: labels)
    card = Type2Tag("NTAG215")
    with pcsc.hold(card):
        assert label.run(arguments(tmp_path, nfc=True)) == 0
    said = capsys.readouterr()
    assert "1 of 1: SN1" in said.err and labels[0].text not in said.out + said.err
    assert apdu.run(tag.read(card.atr), transmit(card)) == content.message_of(labels[0].code)


class OneAfterTheOther:
    """Readers to which these cards are held in turn; after `last` of them the reader is gone."""

    def __init__(self, cards: list[Type2Tag], last: int) -> None:
        self._cards, self._last = cards, last

    def __call__(self) -> OneAfterTheOther:
        return self

    def __enter__(self) -> OneAfterTheOther:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self) -> None:
        pass

    def tags(self, stop: Callable[[], bool]) -> Iterator[Tag]:
        for turn in range(self._last):
            yield Tag("one", self._cards[0].atr, turn)
            self._cards.pop(0)
        raise ReaderMissing()

    def do(self, held: Tag, exchange: apdu.Exchange[Any]) -> Any:
        return apdu.run(exchange, transmit(self._cards[0]))


def test_an_interrupted_batch_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = tmp_path / "codes.csv"
    labels = read_batch(batch(tmp_path, 12))
    with codes.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("serial", "text"), *((each.serial, each.text) for each in labels)])
    cards = [Type2Tag("NTAG215") for _ in labels]
    left, given = list(cards), argparse.Namespace(**{**vars(arguments(tmp_path, nfc=True)), "batch": codes})
    monkeypatch.setattr("companion.nfc.reader.Readers", OneAfterTheOther(left, 5))
    with pytest.raises(ReaderMissing):
        label.run(given)
    kept = (tmp_path / "codes.csv.tags").read_text(encoding="utf-8")
    assert kept.split() == [each.serial for each in labels[:5]]
    assert not any(each.text in kept for each in labels)
    monkeypatch.setattr("companion.nfc.reader.Readers", OneAfterTheOther(left, 7))
    assert label.run(given) == 0
    said = capsys.readouterr().err
    assert "5 of 12 are on tags already" in said and "12 of 12: SN12" in said
    assert not (tmp_path / "codes.csv.tags").exists()
    for card, each in zip(cards, labels, strict=True):
        assert apdu.run(tag.read(card.atr), transmit(card)) == content.message_of(each.code)


def test_a_sheet_or_tags_are_asked_for(tmp_path: Path) -> None:
    assert label.run(arguments(tmp_path)) == label.run(arguments(tmp_path, lock=True)) == 2


def arguments(folder: Path, *, nfc: bool = False, lock: bool = False) -> argparse.Namespace:
    return argparse.Namespace(batch=folder / "b", out=None, codes=None, nfc=nfc, lock=lock, json=False)
