"""`companion registry` and `--registry`: as people and scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.registry import open_registry
from tests.registry.team.samples import commission
from tests.support.postgres import Database
from tests.support.until import wait_until

Output = pytest.CaptureFixture[str]


def told(line: str, folder: Path, capsys: Output) -> tuple[int, Any]:
    status = main([*line.split(), "--json", "--data-dir", str(folder)])
    out = capsys.readouterr().out
    return status, json.loads(out)


def test_records_are_moved_and_used_from_then_on(team: Database, tmp_path: Path, capsys: Output) -> None:
    folder, other = tmp_path / "here", tmp_path / "there"
    registry = open_registry(folder)
    commission(registry, 1)
    registry.close()
    address = str(team.address())
    assert main(["registry", "move", address, "--operator", "Ada", "--data-dir", str(folder)]) == 0
    assert "1 devices" in capsys.readouterr().out
    assert told("registry", folder, capsys)[1] | {"error": None} == {
        "place": address,
        "operator": "Ada",
        "role": "owner",
        "waiting": 0,
        "encrypted": None,
        "error": None,
    }
    assert told(f"registry use {address} --operator Grace", other, capsys)[0] == 0
    assert [each["serial"] for each in told("devices", other, capsys)[1]["devices"]] == ["SN-0001"]
    assert main(["devices", "rename", "SN-0001", "--name", "Porch", "--data-dir", str(other)]) == 0
    capsys.readouterr()
    (device,) = told("devices", folder, capsys)[1]["devices"]
    assert (device["name"], device["edited_by"]) == ("Porch", "Grace")
    # The file takes no more records, and says where they are.
    status, error = told("devices --registry local", folder, capsys)
    assert status == 8 and error["error"]["code"] == "S-158" and address in error["error"]["advice"]


def test_what_is_found_is_said(team: Database, tmp_path: Path, capsys: Output) -> None:
    address = str(team.address())
    assert told(f"registry check {address}", tmp_path, capsys)[1]["tables"] == "current"
    assert main(["registry", "check", address]) == 0
    assert "Your role: owner" in capsys.readouterr().out
    team.sql("DROP SCHEMA companion CASCADE")
    assert told(f"registry check {address}", tmp_path, capsys)[1]["tables"] == "absent"
    assert main(["registry", "check", address]) == 0
    assert "No registry yet" in capsys.readouterr().out
    assert main(["registry", "roles", "--apply", "--registry", address]) == 0
    capsys.readouterr()
    assert told(f"registry check --registry {address}", tmp_path, capsys)[1]["role"] == "owner"


def test_runs_that_wait_are_said_and_delivered(team: Database, tmp_path: Path, capsys: Output) -> None:
    team.cluster.kill()
    registry = open_registry(tmp_path, server=team.address())
    commission(registry, 1)
    registry.close()
    address = str(team.address())
    status, found = told(f"registry --registry {address}", tmp_path, capsys)
    assert status == 8 and found["waiting"] == 1 and found["error"]["code"] == "S-152"
    assert main(["registry", "--registry", address, "--data-dir", str(tmp_path)]) == 8
    assert "1 run waits for the server" in capsys.readouterr().out
    assert main(["runs", "--registry", address, "--data-dir", str(tmp_path)]) == 8
    assert "1 run waits on this computer" in capsys.readouterr().err
    team.cluster.start()
    assert told(f"registry deliver --registry {address}", tmp_path, capsys) == (0, {"waiting": 0})
    wait_until(lambda: team.sql("SELECT state FROM companion.runs") == [("commissioned",)])


@pytest.mark.parametrize(
    "line",
    [
        "devices --registry postgresql://ada:hunter2@db.example/records",
        "registry use postgresql://ada:hunter2@db.example/records",
        "registry check postgresql://db.example/records?password=hunter2",
        "commission --code x --registry postgresql://ada:hunter2@db.example/records",
    ],
)
def test_a_password_in_an_argument_is_refused_and_never_repeated(
    line: str, tmp_path: Path, capsys: Output, caplog: pytest.LogCaptureFixture
) -> None:
    assert main([*line.split(), "-vv", "--data-dir", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "S-151" in said.err and ".pgpass" in said.err
    assert "hunter2" not in said.out + said.err + caplog.text
    assert not any(b"hunter2" in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())


def test_the_sql_of_the_roles_is_printed(capsys: Output) -> None:
    assert main(["registry", "roles"]) == 0
    printed = capsys.readouterr().out
    assert "CREATE ROLE companion_operator" in printed and "GRANT INSERT ON companion.log TO" in printed
    assert "-- Then, for each person: GRANT companion_reader TO name;" in printed
