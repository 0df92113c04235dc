"""A command whose streams are closed, full or left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from companion.registry import open_registry
from tests.commands.bench import SAMPLE, WIFI
from tests.commands.conftest import Run

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and /dev are those of POSIX")


def commission(folder: Path) -> str:
    """A command line, for a shell, that commissions the sample; its data are in `folder`."""
    wifi = folder / "wifi.json"
    wifi.write_text(WIFI)
    return (
        f"{sys.executable} -m companion commission --image {SAMPLE} --radio virtual --confirm yes"
        f" --wifi-file {wifi} --data-dir {folder / 'data'}"
    )


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)


@posix
@pytest.mark.parametrize(
    ("end", "status", "told"),
    [
        ("> /dev/full", 8, "companion: standard output can't be written: No space left on device\n"),
        ("--json > /dev/full", 8, "No space left on device\n"),
        ("--json-lines > /dev/full", 8, "No space left on device\n"),
        ("--json 2> /dev/full | grep -q commissioned", 0, ""),
        ("| head -c0; exit ${PIPESTATUS[0]}", 1, ""),
        (">&-", 0, ""),
        ("<&- > /dev/null", 0, ""),
        ("2>&- > /dev/null", 0, ""),
    ],
    ids=["full", "full, JSON", "full, lines", "full, no progress", "left", "closed", "no input", "no errors"],
)
def test_nobody_hears_the_run_and_it_goes_on_to_its_end(
    tmp_path: Path, end: str, status: int, told: str
) -> None:
    ran = shell(f"{commission(tmp_path)} {end}")
    assert (ran.returncode, "Traceback" in ran.stderr) == (status, False), ran.stderr
    assert ran.stderr.endswith(told)
    registry = open_registry(tmp_path / "data")
    try:
        assert len(registry.devices()) == 1
    finally:
        registry.close()


@posix
@pytest.mark.parametrize("command", ["devices", "doctor --json", "runs"])
def test_a_full_disk_behind_standard_output_is_no_bug_of_ours(tmp_path: Path, command: str) -> None:
    line = f"{sys.executable} -m companion --data-dir {tmp_path} {command} > /dev/full"
    ran = shell(line)
    assert (ran.returncode, ran.stderr) == (
        8,
        "companion: standard output can't be written: No space left on device\n",
    )


def test_no_name_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    wifi = tmp_path / "wifi.json"
    wifi.write_text(WIFI)
    names = ("--name", "\x1b]0;mine\x07la\nmp \u202eexe")
    ran = run(
        *("commission", "--image", SAMPLE, "--radio", "virtual", "--confirm", "yes"),
        *("--wifi-file", str(wifi), *names),
    )
    assert ran.status == 0, ran.err
    listed, shown = run("devices"), run("devices", "show", "HS-00482913")
    for told in (ran, listed, shown):
        assert "\ufffd]0;mine\ufffdla\ufffdmp \ufffdexe" in told.out
        assert not set(told.out) & set("\x1b\x07\u202e")
