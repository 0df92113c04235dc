"""The unit that is printed: whole paths, nothing that systemd would read otherwise, no secret."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Run


def lines(out: str, name: str) -> list[str]:
    return [line.partition("=")[2] for line in out.splitlines() if line.startswith(f"{name}=")]


def test_the_unit_starts_the_station_with_the_options_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in 5%").mkdir()
    wifi = tmp_path / "wifi.json"
    wifi.write_text('{"ssid": "x", "passphrase": "seven gulls at noon"}')
    ran = run(
        "station", "unit", "--watch", str(tmp_path / "in 5%"), "--serial", "/dev/ttyUSB0", "--at-once", "2",
        "--wifi-file", str(wifi), "--room", "Hall $1", "--radio", "bumble:usb:0", "--accept-risks",
    )  # fmt: skip
    assert ran.status == 0
    (start,) = lines(ran.out, "ExecStart")
    assert f'--watch "{tmp_path}/in 5%%"' in start and '--room "Hall $$1"' in start and "--at-once 2" in start
    assert "--wifi-file %d/wifi" in start and lines(ran.out, "LoadCredential") == [f"wifi:{wifi}"]
    assert "--radio bumble:usb:0" in start and "--accept-risks" in start and "seven gulls" not in ran.out
    assert f'"{tmp_path}/in 5%%"' in lines(ran.out, "ReadWritePaths")
    assert lines(ran.out, "DeviceAllow") == ["/dev/ttyUSB0 rw", "char-usb_device rw"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this computer")
def test_systemd_takes_the_unit(run: Run, tmp_path: Path) -> None:
    ran = run("station", "unit", "--serial", "/dev/ttyUSB0")
    unit = tmp_path / "companion-station.service"
    unit.write_text(ran.out)
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert unit.name not in checked.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("unit",), "no standard input"),
        (("--codes", "/nowhere"), "not a source of codes"),
        (("--at-once", "99"), "at most"),
        (("--cloud", "plant", "--endpoint", "a:1"), "replaces --endpoint"),
        (("--cloud", "plant", "--grant", "x"), "a grant says where"),
        (("unit", "--serial", "/dev/a\nExecStart=b"), "not printed"),
    ],
)
def test_what_can_not_be_is_said_in_a_line(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run("station", *words, "--radio", "virtual")
    assert ran.status == 2 and said in ran.err and "Traceback" not in ran.err
