"""What the doctor says of microphones."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.doctor import microphone
from companion.doctor.checks import CheckState
from companion.doctor.remedies import command_of


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Linux without sound."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(microphone, "SOUND_DEVICES", tmp_path)
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def server(linux: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """A sound server with these sources."""
    sources: list[Any] = []

    def answer(command: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:
        assert given["env"]["PULSE_SERVER"] == f"unix:{linux / 'native'}"
        return subprocess.CompletedProcess(command, 0, json.dumps(sources).encode(), b"")

    monkeypatch.setattr(microphone.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(microphone.subprocess, "run", answer)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(linux / "native"))
        yield sources


def source(name: str, *, mute: bool = False, of: str = "") -> dict[str, object]:
    return {"name": name, "mute": mute, "monitor_source": of}


def test_without_a_microphone_companion_works(linux: Path) -> None:
    found = microphone.examine()
    assert (found.state, str(found.sentence)) == (CheckState.LACKING, "No microphone found")
    assert found.remedy is not None and found.error is None


def test_one_that_may_not_be_used_is_told_from_none(linux: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (linux / "pcmC0D0p").touch()
    assert microphone.examine().state is CheckState.LACKING
    (linux / "pcmC0D0c").touch()
    assert str(microphone.examine().sentence) == "Microphone found (1)"
    monkeypatch.setattr(microphone.os, "access", lambda path, mode: False)
    found = microphone.examine()
    assert "permission" in str(found.sentence) and "audio" in command_of(str(found.remedy))


def test_the_sound_server_says_what_there_is(server: list[Any]) -> None:
    server.append(source("speaker.monitor", of="speaker"))
    assert str(microphone.examine().sentence) == "No microphone found"
    server.append(source("built-in", mute=True))
    muted = microphone.examine()
    assert (muted.state, str(muted.sentence)) == (CheckState.LACKING, "The microphone is muted")
    server.append(source("headset"))
    assert str(microphone.examine().sentence) == "Microphone found (2)"


def test_a_server_that_says_something_else_is_not_believed(
    server: list[Any], linux: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (linux / "pcmC0D0c").touch()

    def fail(command: list[str], **given: Any) -> object:
        raise subprocess.TimeoutExpired(command, 1)

    server.append("nothing")
    assert microphone.examine().state is CheckState.LACKING
    monkeypatch.setattr(microphone.subprocess, "run", fail)
    assert microphone.examine().state is CheckState.GOOD


def test_other_systems_ask_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        found = microphone.examine()
        assert found.state is CheckState.UNKNOWN and "rivacy" in str(found.remedy)
