"""`companion lab`: a scenario as a script runs it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from companion.lab.scenario import LabDevice, Scenario
from companion.lab.scenario_file import read, written
from companion.protocols.rp1.methods import Standing
from companion.secret import Secret
from tests.commands.bench import Bench
from tests.commands.conftest import Run

SCENARIO = """
name = "Line check"
[run]
runs = 4
at-a-time = 2
[[device]]
name = "Board"
protocol = "improv"
[[device]]
name = "Forged"
protocol = "rp1"
faults = {weak-random = true}
"""


def test_a_session_tells_its_outcome_in_every_form(run: Run, tmp_path: Path) -> None:
    file, xml, table = (tmp_path / name for name in ("line.toml", "line.xml", "line.csv"))
    file.write_text(SCENARIO)
    ran = run("lab", "run", str(file), "--json", "--junit", str(xml), "--csv", str(table))
    document = ran.document
    assert ran.status == 3, "the exit status is that of the first failure"
    assert document["outcomes"] == {"good": 2, "retried": 0, "failed": 2, "stopped": 0}
    assert document["first_failure"]["number"] == 2 and document["errors"] == {"C-104": 2}
    (suite,) = ElementTree.fromstring(xml.read_text())
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    assert len(table.read_text().splitlines()) == 5
    kept = run("runs", "--radio", "virtual", "--json").document["runs"]
    assert {entry["run"] for entry in document["runs"]} == {entry["id"] for entry in kept}
    shown = run("runs", "show", kept[0]["id"], "--radio", "virtual").out
    assert "scenario Line check" in shown
    exported = json.dumps(run("runs", "export", kept[0]["id"], "--radio", "virtual").document)
    assert "Line check" not in exported and "in_lab" in exported

    said = run("lab", "run", str(file)).out
    assert "Run 2 failed first" in said and "2 first try, 0 after a retry, 2 failed" in said


def test_a_scenario_to_begin_with(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    assert run("lab", "new", str(file)).status == 0
    assert read(file).devices
    assert run("lab", "new", str(file)).status == 2, "it is not overwritten"
    assert run("lab", "new", str(file), "--force").status == 0
    assert run("lab", "new", str(tmp_path / "no" / "x.toml")).status == 2
    assert "expired-certificate" in run("lab", "list").out
    assert "from label, light, sound, nfc" in run("lab", "list").out
    listed = run("lab", "list", "--json").document["protocols"]
    assert {entry["name"]: entry["from"] for entry in listed}["matter"] == ["label", "nfc"]
    assert {"rp1", "espressif", "improv", "matter"} <= {entry["name"] for entry in listed}


def test_what_can_not_be_done_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(SCENARIO.replace("weak-random", "sulking"))
    ran = run("lab", "run", str(file))
    assert ran.status == 2 and "S-134" in ran.err and "unknown fault “sulking”" in ran.err
    assert run("lab", "run").status == 2
    assert run("lab", "run", str(tmp_path / "none.toml")).status == 2


async def test_a_real_device_is_set_up_by_its_code(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the word that it is virtual, a radio counts as real: the device's owner is this computer's."""
    assert bench.device is not None
    monkeypatch.setenv("COMPANION_PASSPHRASE", "several quiet gulls at noon")
    bench.radio = bench.radio.removeprefix("virtual+")
    file = tmp_path / "real.toml"
    scenario = Scenario("Line 2", (LabDevice("Sensor", code=Secret(bench.device.setup_code)),))
    file.write_text(written(scenario))
    told = await bench.run("lab", "run", str(file), "--wifi-file", str(bench.wifi))
    assert told["outcomes"]["good"] == 1 and told["runs"][0]["protocol"] == "rp1"
    assert bench.device.standing is Standing.OWNED
