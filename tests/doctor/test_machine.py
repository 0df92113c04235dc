"""Everything but Bluetooth."""

from __future__ import annotations

import shutil
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from companion.doctor import machine
from companion.doctor.checks import CheckState
from companion.errors import FolderShared, StorageError
from companion.identity import locks
from companion.identity.hardware import modules

Usage = namedtuple("Usage", "total used free")


def test_without_a_camera_companion_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "CAMERAS", tmp_path)
    found = machine.camera()
    assert found.state is CheckState.LACKING and found.error is None
    (tmp_path / "video0").touch()
    assert machine.camera().state is CheckState.GOOD


def test_a_camera_that_may_not_be_used_is_told_from_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "CAMERAS", tmp_path)
    monkeypatch.setattr(machine.os, "access", lambda path, mode: False)
    (tmp_path / "video0").touch()
    assert "video" in str(machine.camera().remedy)


def test_without_a_key_store_a_passphrase_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr(locks, "system_keyring", lambda: None)
    assert machine.keystore().state is CheckState.LACKING
    monkeypatch.setenv("COMPANION_PASSPHRASE", "correct horse")
    assert machine.keystore().state is CheckState.GOOD


def test_modules_of_hardware_tokens_are_listed_and_none_is_no_news(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "libtoken.so").touch()
    (tmp_path / "token.module").write_text(f"module: {tmp_path}/libtoken.so\n")
    monkeypatch.setattr(modules, "_USUAL", {})
    for configured, said in (((tmp_path,), ["Hardware tokens: libtoken.so"]), ((), [])):
        monkeypatch.setattr(modules.installed, "__defaults__", (configured, None))
        assert [str(each.sentence) for each in machine.hsm_modules()] == said


@pytest.mark.parametrize(("free", "state"), [(1 << 20, "blocking"), (50 << 20, "lacking"), (1 << 30, "good")])
def test_a_full_disk_stops_before_it_is_written_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, state: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1 << 40, 0, free))
    found = machine.folder(tmp_path / "new")
    assert found.state == state
    assert (found.error is StorageError) == (state == "blocking")


def test_a_folder_below_a_file_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = machine.folder(tmp_path / "file" / "data")
    assert found.state is CheckState.BLOCKING and found.error is StorageError


def test_a_folder_that_others_can_write_to_is_named_with_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    found = machine.folder(tmp_path)
    assert (found.state, found.error) == (CheckState.BLOCKING, FolderShared)
    assert f"chmod go-w {tmp_path}" in str(found.remedy)


@pytest.mark.parametrize(("host", "state"), [("192.168.7.5", "good"), ("127.0.0.1", "lacking")])
def test_the_doctor_says_where_devices_connect(
    monkeypatch: pytest.MonkeyPatch, host: str, state: str
) -> None:
    monkeypatch.setattr("companion.networks.lan_address.lan_address", lambda: host)
    found = machine.endpoint()
    assert found.state == state and (host in str(found.sentence)) == (state == "good")
    assert (found.remedy is None) == (state == "good")


def test_a_clock_behind_the_program_itself_is_wrong() -> None:
    assert machine.clock(now=0.0).state is CheckState.LACKING
    assert machine.clock(now=2e9, installed=1.9e9).state is CheckState.GOOD


def test_a_window_that_would_crash_is_foretold() -> None:
    assert machine.window_would_crash({"PySide6": "6.12.0"}, (3, 11))
    assert not machine.window_would_crash({"PySide6": "6.11.3"}, (3, 11))
    assert not machine.window_would_crash({"PySide6": "6.12.0"}, (3, 12))
    assert not machine.window_would_crash({}, (3, 11))


def test_no_fonts_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "FONT_FOLDERS", (str(tmp_path),))
    assert machine.fonts().state is CheckState.LACKING
    (tmp_path / "Inter.otf").touch()
    assert machine.fonts().state is CheckState.GOOD


def test_what_the_doctor_says_does_not_name_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "anna")
    found = machine.folder(tmp_path / "anna" / "data")
    assert str(found.sentence).endswith("for ~/data")
