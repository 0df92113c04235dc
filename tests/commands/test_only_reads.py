"""Who only looks leaves nothing behind: before the first device there is no registry, and no key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.cli import COMMANDS, main

# Each command that only tells something, and what it ends with where nothing was yet.
READING = {
    "devices": 0,
    "devices list --search lamp": 0,
    "devices show lamp": 8,
    "devices tokens": 0,
    "devices tokens lamp": 8,
    "runs": 0,
    "runs keep": 0,
    "runs show 0123456789": 8,
    "runs export 0123456789": 8,
    "runs replay 0123456789": 8,
    "runs proof 0123456789 proof": 8,
    "log": 0,
    "log check": 0,
    "log consistency 1": 2,
    "witness": 0,
    "alerts": 0,
    "alerts show 0123456789": 8,
    "grant list": 0,
    "grant show alice": 8,
    "trust": 0,
    "trust revocation": 0,
    "proof export lamp": 8,
    "voucher show nothing": 2,
    "voucher list": 0,
    "voucher key": 0,
    "cloud": 0,
    "cloud kinds": 0,
    "cloud show plant": 2,
    "cloud check plant": 2,
    "dataset": 0,
    "fabric": 0,
    "fabric devices home": 2,
    "hsm": 0,
    "dataset show harbour": 2,
    "dataset near": 0,
    "network show nothing.json": 2,
    "doctor": None,
    "registry": 0,
    "registry check": 2,
    "registry roles": 0,
    "commissioner": 5,
    "mesh": 0,
    "mesh show lamp": 5,
    "compare": 0,
    "compare --device lamp": 8,
    "explain MT:Y.K9042C00KA0648G00": 0,
    "firmware explain nothing.bin": 2,
    "firmware rule": 0,
}
# These do something: they meet devices, make files or serve. So nothing is missing above by chance.
ACTING = {
    "lab",
    "batch",
    "completion",
    "scan",
    "nearby",
    "commission",
    "cable",
    "station",
    "endpoint",
    "virtual",
    "label",
    "support",
    "demo",
}


def test_each_command_is_here() -> None:
    assert {line.split()[0] for line in READING} | ACTING == set(COMMANDS)


@pytest.mark.parametrize("line", READING)
def test_looking_leaves_an_empty_folder_empty(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder, missing = tmp_path / "empty", tmp_path / "missing"
    folder.mkdir(mode=0o700)
    for where in (folder, missing):
        status = main([*line.split(), "--json", "--data-dir", str(where)])
        assert READING[line] in (None, status)
        told = capsys.readouterr().out
        if status == 0:
            json.loads(told)
    assert list(folder.iterdir()) == []
    assert not missing.exists()


def test_what_is_there_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--json", "--data-dir", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["devices", "--json", "--radio", "virtual", "--data-dir", str(tmp_path)]) == 0
    assert len(json.loads(capsys.readouterr().out)["devices"]) == 1
