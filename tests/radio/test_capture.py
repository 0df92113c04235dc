"""Recordings of a radio's traffic: a file that other programs read, for its owner only."""

from __future__ import annotations

import os
import stat
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import CaptureUnavailable, CompanionError, FileNotOwn
from companion.radio import Radio, open_radio
from companion.radio import capture as capturing
from companion.radio.capture import Recording
from tests.radio.echo import RX, TX, Echo, World, find

HCI_H4 = 1002
ACL, ATT_CHANNEL = 0x02, 0x0004
WRITE_REQUEST, NOTIFICATION = 0x12, 0x1B
EPOCH = 0x00DCDDB30F2F8000  # microseconds from the year 0 to 1970


def packets(recorded: bytes) -> Iterator[tuple[int, float, bytes]]:
    """Flags, seconds since 1970 and octets of each packet in a btsnoop file (RFC 1761's layout)."""
    magic, version, link = struct.unpack_from(">8sII", recorded)
    assert (magic, version, link) == (b"btsnoop\0", 1, HCI_H4)
    at = 16
    while at < len(recorded):
        whole, included, flags, drops, when = struct.unpack_from(">IIIIQ", recorded, at)
        assert (whole, drops) == (included, 0)
        at += 24
        yield flags, (when - EPOCH) / 1e6, recorded[at : at + included]
        at += included


def attributes(recorded: bytes) -> list[tuple[bool, int, bytes]]:
    """(received, opcode, the rest) of each ATT packet."""
    found = []
    for flags, _, packet in packets(recorded):
        if packet[0] == ACL:
            _, _, length, channel = struct.unpack_from("<HHHH", packet, 1)
            if channel == ATT_CHANNEL:
                assert length == len(packet) - 9
                found.append((bool(flags & 1), packet[9], packet[10:]))
    return found


async def test_a_recording_holds_every_attribute_operation(tmp_path: Path) -> None:
    file = tmp_path / "run.btsnoop"
    device = Echo()
    async with await open_radio("virtual", world=World(device)) as radio:
        async with radio.capture(file):
            assert radio.captured == "run.btsnoop"
            async with await radio.connect(await find(radio, device.address)) as link:
                inbox = await link.subscribe(TX)
                await link.write(RX, b"hello")
                await inbox.get(timeout=60)
        assert radio.captured is None
        async with await radio.connect(await find(radio, device.address)) as link:
            await link.write(RX, b"after the end")
    recorded = file.read_bytes()
    said = attributes(recorded)
    assert any(not came and op == WRITE_REQUEST and rest[2:] == b"hello" for came, op, rest in said)
    assert any(came and op == NOTIFICATION and rest[2:] == b"hello" for came, op, rest in said)
    assert b"after the end" not in recorded
    times = [when for _, when, _ in packets(recorded)]
    assert times == sorted(times) and abs(times[0] - time.time()) < 600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights than these")
async def test_a_recording_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "run.btsnoop"
    file.write_bytes(b"an older one, which anybody could read")
    file.chmod(0o644)
    async with await open_radio("virtual", world=World()) as radio, radio.capture(file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_file_that_can_not_be_written_is_told_before_the_run(tmp_path: Path) -> None:
    async with await open_radio("virtual", world=World()) as radio:
        with pytest.raises(CaptureUnavailable, match=r"run\.btsnoop"):
            async with radio.capture(tmp_path / "nowhere" / "run.btsnoop"):
                pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
async def test_a_pipe_or_a_device_is_no_place_for_a_recording(tmp_path: Path) -> None:
    pipe = tmp_path / "run.btsnoop"
    os.mkfifo(pipe, 0o644)
    async with await open_radio("virtual", world=World()) as radio:
        with pytest.raises(CompanionError, match="plain file"):
            async with radio.capture(pipe):
                pass
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' links need rights that others don't have")
@pytest.mark.parametrize("radio", ["virtual", "os"])
async def test_a_recording_follows_no_link(
    tmp_path: Path, radio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor(tmp_path, 'printf "btsnoop0123456789" > "$2"; exec sleep 60', monkeypatch)
    diary = tmp_path / "diary"
    diary.write_bytes(b"years of it")
    link = tmp_path / "run.btsnoop"
    link.symlink_to(diary)
    world = World() if radio == "virtual" else None
    async with await open_radio(radio, world=world) as opened:
        with pytest.raises(FileNotOwn, match=r"run\.btsnoop is a link"):
            async with opened.capture(link):
                pass
    assert diary.read_bytes() == b"years of it"


def monitor(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A btmon that does what `script` says; $2 is the file."""
    program = folder / "btmon"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(capturing.shutil, "which", lambda name: str(program))


async def test_the_computers_own_adapter_is_recorded_by_btmon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor(tmp_path, 'printf "btsnoop0123456789" > "$2"; exec sleep 60', monkeypatch)
    file = tmp_path / "run.btsnoop"
    async with Radio("os") as radio, radio.capture(file):
        assert file.read_bytes().startswith(b"btsnoop")


async def test_a_monitor_without_rights_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monitor(tmp_path, 'echo "Failed to open channel: Operation not permitted" >&2; exit 1', monkeypatch)
    async with Radio("os") as radio:
        with pytest.raises(CaptureUnavailable, match="not permitted"):
            async with radio.capture(tmp_path / "run.btsnoop"):
                pass


async def test_without_a_monitor_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capturing.shutil, "which", lambda name: None)
    async with Radio("os") as radio:
        with pytest.raises(CaptureUnavailable):
            async with radio.capture(tmp_path / "run.btsnoop"):
                pass
    assert not (tmp_path / "run.btsnoop").exists()  # nothing else runs here


def test_what_can_no_longer_be_written_ends_the_recording_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as file:
        recording = Recording(file)  # type: ignore[arg-type]
        recording.write(b"a packet")
        recording.write(b"another")
    assert [record.message for record in caplog.records] == [
        "the recording of the Bluetooth traffic ends here: Broken pipe"
    ]


def test_a_packet_that_fits_in_part_ends_the_recording_aloud(caplog: pytest.LogCaptureFixture) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with os.fdopen(reading, "rb"), os.fdopen(writing, "wb", buffering=0) as file:
        Recording(file).write(bytes(10_000_000))  # type: ignore[arg-type]
    assert [record.message for record in caplog.records] == [
        "the recording of the Bluetooth traffic ends here: No space left on device"
    ]
