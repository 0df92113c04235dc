"""`companion compare`: all methods in a table, one protocol's in words, and a device's own."""

from __future__ import annotations

import json
from pathlib import Path

from companion.evaluation import rows
from companion.protocols import installed
from companion.protocols.rp1.virtual import factory
from companion.virtual.access_points import HAFEN
from tests.commands.conftest import Run

CODE = factory.label(factory.sample())
VIRTUAL = ("--radio", "virtual")


def test_the_table_has_a_line_for_each_method_that_fits_a_terminal(run: Run) -> None:
    ran = run("compare")
    lines = ran.out.splitlines()
    for row in rows(installed().protocols.values()):
        line = next(line for line in lines if line.strip().startswith(str(row.method.title)))
        assert line.split()[-8:] == [judgement.rating.value for judgement in row.judgements.values()]
    assert max(map(len, lines)) <= 80


def test_a_protocol_is_explained_in_words(run: Run) -> None:
    ran = run("compare", "improv")
    assert "There is nothing to lower" in ran.out and "RP1" not in ran.out
    methods = run("compare", "improv", "--json").document["methods"]
    assert [each["method"] for each in methods] == ["improv", "improv-serial"]
    assert methods[0]["criteria"]["man-in-the-middle"]["rating"] == "poor"


def test_a_device_that_nobody_has_is_an_error(run: Run) -> None:
    ran = run("compare", "--device", "lamp", *VIRTUAL, "--json")
    assert ran.document["error"]["code"] == "S-105"


def test_a_device_is_told_by_what_its_run_measured(run: Run, tmp_path: Path) -> None:
    wifi = tmp_path / "wifi.json"
    assert HAFEN.passphrase is not None
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    done = run("commission", "--code", CODE, *VIRTUAL, "--wifi-file", str(wifi), "--name", "Lamp", "--json")
    assert done.status == 0
    lines = run("compare", "--device", "Lamp", *VIRTUAL).out.splitlines()
    assert lines[0].startswith("Lamp: Setup code on the label (rp1, run ")
    measured = [line.split()[0] for line in lines if line.endswith("(measured)")]
    assert measured == ["spoof", "middle", "replay", "scale", "effort"]
    assert any("Runs like it from here: 1." in line for line in lines)
    told = run("compare", "--device", "Lamp", *VIRTUAL, "--json").document["evaluation"]
    assert told["run"] == done.document["run"] and told["criteria"]["downgrade"]["measured"] is False
