"""Cells and logs: after a power cut at any point they hold what they held or what was being written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.rp1.device.storage.flash import (
    PAGE_SIZE,
    FaultyFlash,
    FileFlash,
    Flash,
    PowerCut,
    RamFlash,
)
from companion.protocols.rp1.device.storage.pages import Cell, Log, StorageFull

TORN = st.floats(0.0, 1.0)
VALUES = st.binary(max_size=60)


@given(st.lists(VALUES, min_size=1, max_size=6), st.integers(1, 6), TORN)
def test_a_cell_is_old_or_new(values: list[bytes], cut_at: int, torn: float) -> None:
    flash = RamFlash()
    cell = Cell(FaultyFlash(flash, cut_at, torn=torn), 0)
    last, under_way = b"", b""
    try:
        for under_way in values:
            cell.put(under_way)
            last = under_way
    except PowerCut:
        assert Cell(flash, 0).value in (last, under_way)
    else:
        assert Cell(flash, 0).value == last


@given(st.lists(VALUES, min_size=1, max_size=6), st.integers(1, 8), TORN)
def test_a_log_keeps_what_was_added_before_the_cut(entries: list[bytes], cut_at: int, torn: float) -> None:
    flash = RamFlash()
    log = Log(FaultyFlash(flash, cut_at, torn=torn), 0)
    added: list[bytes] = []
    try:
        for entry in entries:
            log.append(entry)
            added.append(entry)
    except PowerCut:
        found = Log(flash, 0)
        assert found.entries in (added, entries[: len(added) + 1])
        found.append(b"after the cut")
        assert Log(flash, 0).entries == [*found.entries[:-1], b"after the cut"]
    else:
        assert Log(flash, 0).entries == added


@given(st.lists(VALUES, min_size=1, max_size=4), TORN)
def test_erasing_a_log_takes_all_entries_or_none(entries: list[bytes], torn: float) -> None:
    flash = RamFlash()
    log = Log(flash, 0)
    for entry in entries:
        log.append(entry)
    with pytest.raises(PowerCut):
        Log(FaultyFlash(flash, 1, torn=torn), 0).erase()
    found = Log(flash, 0)
    assert found.entries in ([], entries)
    found.erase()
    found.append(b"new")
    assert Log(flash, 0).entries == [b"new"]


def test_what_a_peer_staged_cannot_pass_for_an_entry() -> None:
    """A torn entry whose content is the bytes of a valid log leaves no entry behind."""
    foreign = RamFlash()
    Log(foreign, 0).append(b"owner: me")
    bait = foreign.read(0)[16:64]
    flash = RamFlash()
    Log(flash, 0).append(b"first")
    with pytest.raises(PowerCut):
        Log(FaultyFlash(flash, 1, torn=0.9), 0).append(bytes(8) + bait + bytes(40))
    log = Log(flash, 0)
    assert log.entries == [b"first"]
    log.append(bytes(2))
    assert Log(flash, 0).entries == [b"first", bytes(2)]


def test_a_cell_forgets_without_leaving_a_copy() -> None:
    flash = RamFlash()
    cell = Cell(flash, 0)
    for value in (b"a secret", b"another secret"):
        cell.put(value)
    cell.forget()
    assert Cell(flash, 0).value == b""
    assert b"secret" not in flash.read(0) + flash.read(1)


def test_a_full_page_says_so() -> None:
    flash = RamFlash()
    with pytest.raises(StorageFull):
        Cell(flash, 0).put(bytes(PAGE_SIZE))
    log = Log(flash, 2)
    log.append(bytes(log.free))
    assert log.free == 0
    with pytest.raises(StorageFull):
        log.append(b"x")
    with pytest.raises(ValueError):
        flash.write(0, PAGE_SIZE - 1, b"xx")


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "device" / "flash.bin"
    flash: Flash = FileFlash(path)
    Cell(flash, 0).put(b"kept")
    Log(flash, 2).append(b"entry")
    again = FileFlash(path)
    assert Cell(again, 0).value == b"kept"
    Log(again, 2).erase()
    assert Log(FileFlash(path), 2).entries == []
    assert path.stat().st_mode & 0o077 == 0, "nobody else reads a device's flash"


def test_a_file_of_another_size_is_no_flash(tmp_path: Path) -> None:
    path = tmp_path / "flash.bin"
    path.write_bytes(os.urandom(100))
    with pytest.raises(ValueError):
        FileFlash(path)
