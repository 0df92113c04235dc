"""Where codes come from: each is offered once, and what is no code stops nothing."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileMissing, FileUnreadable, PortUnavailable
from companion.label import qr_png
from companion.setup_code import MAX_LENGTH
from companion.station.sources.csv_file import CsvFile
from companion.station.sources.line_sources import SerialPort, StandardInput
from companion.station.sources.source import Lines, Source
from companion.station.sources.watched_folder import WatchedFolder
from tests.support.until import until

MATTER = "MT:Y.K9042C00KA0648G00"
SECONDS = 30.0


async def offered(source: Source, count: int | None = None) -> list[str]:
    """The texts of a source, all of them or as many."""
    texts: list[str] = []
    async with asyncio.timeout(SECONDS), aclosing(source.offers()) as offers:
        async for offer in offers:
            texts.append(offer.text.reveal_text())
            if len(texts) == count:
                break
    return texts


@given(st.lists(st.text("ABC:-09", min_size=1)), st.data())
def test_lines_are_the_same_however_they_are_cut(texts: list[str], data: st.DataObject) -> None:
    octets = "".join(f" {text}\r\n" for text in texts).encode()
    cut = data.draw(st.integers(0, len(octets)))
    lines = Lines()
    read = [*lines.feed(octets[:cut]), *lines.feed(octets[cut:]), *lines.end()]
    assert [line.reveal_text() for line in read] == texts


def test_a_line_without_end_takes_no_memory_and_hides_no_later_one() -> None:
    lines = Lines()
    for _ in range(4):
        assert lines.feed(b"x" * (MAX_LENGTH // 2)) == []
    assert [line.reveal_text() for line in lines.feed(b"x\nCODE\n")] == ["CODE"]


async def test_standard_input_ends_with_its_last_line(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{MATTER}\n\nsecond".encode())
    os.close(writing)
    assert await offered(StandardInput(reading)) == [MATTER, "second"]
    os.close(reading)


async def test_a_scanner_on_a_serial_port_is_read_until_it_is_unplugged() -> None:
    ours, theirs = os.openpty()
    source = SerialPort(os.ttyname(theirs))
    texts: list[str] = []

    async def scan() -> None:
        """What comes before the port is open is lost, as it is with a scanner."""
        while not texts:
            os.write(ours, f"{MATTER}\r\n".encode())
            await asyncio.sleep(0.05)
        os.close(ours)

    with pytest.raises(PortUnavailable):
        async with asyncio.timeout(SECONDS), aclosing(source.offers()) as offers:
            scanning = asyncio.ensure_future(scan())
            async for offer in offers:
                texts.append(offer.text.reveal_text())
    await scanning
    os.close(theirs)
    assert set(texts) == {MATTER}


async def test_a_port_that_is_not_there_is_told() -> None:
    with pytest.raises(PortUnavailable):
        await offered(SerialPort("/dev/nowhere"))


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (f"serial,text\nSN1,{MATTER}\nSN2,\n", [MATTER]),
        (f"\ufeffcode,name\n{MATTER},Lamp\n", [MATTER]),
        (f"{MATTER}\n\nsecond\n", [MATTER, "second"]),
        ("", []),
    ],
    ids=["of our labels", "with a mark of its encoding", "one column", "empty"],
)
async def test_a_list_is_read_by_its_head(tmp_path: Path, content: str, texts: list[str]) -> None:
    file = tmp_path / "codes.csv"
    file.write_text(content, encoding="utf-8")
    assert await offered(CsvFile(file)) == texts


async def test_a_list_that_is_none_says_why(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    with pytest.raises(FileMissing):
        await offered(CsvFile(file))
    file.write_text("serial,secret\nSN1,1\n")
    with pytest.raises(FileUnreadable) as unreadable:
        await offered(CsvFile(file))
    assert "column" in unreadable.value.detail


async def test_each_file_of_a_folder_is_taken_once_and_moved(tmp_path: Path) -> None:
    (tmp_path / "label.png").write_bytes(qr_png(MATTER))
    (tmp_path / "list.txt").write_text("first\nsecond\n")
    (tmp_path / "holiday.png").write_bytes(b"no picture")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "link.txt").symlink_to(tmp_path / ".hidden.txt")
    source = WatchedFolder(tmp_path, seconds=0.01)
    seen: set[str] = set()
    async with asyncio.timeout(SECONDS), aclosing(source.offers()) as offers:
        async for offer in offers:
            seen.add(offer.text.reveal_text())
            assert offer.again, "whoever puts a file there means it"
            if len(seen) == 3:
                break
        # The last offer is taken once the next one is asked for.
        waiting = asyncio.ensure_future(anext(offers))
        moved = tmp_path / "done" / "list.txt", tmp_path / "failed" / "holiday.png"
        await until(lambda: all(file.exists() for file in moved))
        (tmp_path / "list.txt").write_text("third\n")
        assert (await waiting).text.reveal_text() == "third"
    assert seen == {MATTER, "first", "second"}
    left = {entry.name for entry in os.scandir(tmp_path) if entry.is_file()}
    assert {".hidden.txt", "link.txt"} <= left and not {"label.png", "holiday.png"} & left


async def test_a_file_stays_until_its_codes_are_written_down(tmp_path: Path) -> None:
    file = tmp_path / "code.txt"
    file.write_text(MATTER)
    async with asyncio.timeout(SECONDS), aclosing(WatchedFolder(tmp_path, seconds=0.01).offers()) as offers:
        await anext(offers)
        assert file.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        WatchedFolder(tmp_path / "nowhere")


async def test_a_camera_offers_what_is_held_in_front_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from companion import scanner
    from companion.station.sources.camera import Camera

    monkeypatch.setattr(scanner, "camera_frames", lambda **_: _Frames(qr_png(MATTER)))
    assert await offered(Camera(), 1) == [MATTER]


class _Frames:
    """A label in front of a camera."""

    def __init__(self, picture: bytes) -> None:
        self._picture = picture

    def __enter__(self) -> Any:
        import cv2
        import numpy

        frame = cv2.imdecode(numpy.frombuffer(self._picture, numpy.uint8), cv2.IMREAD_GRAYSCALE)
        return iter([frame] * 5)

    def __exit__(self, *raised: object) -> None:
        """Nothing is open."""
