"""`companion fabric`: listed, founded, renamed, chosen, and removed only where it was said what is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.link_counts import LinkCounts
from companion.model import Commissioned, Credential, DeviceIdentity
from companion.outcome import Outcome, Result
from companion.registry import open_registry
from tests.commands.conftest import Ran, Run


@pytest.fixture
def fabric(run: Run) -> Run:
    def command(*words: str) -> Ran:
        return run("fabric", *words, "--radio", "virtual")

    return command


def record_lamp(folder: Path, *fabrics: dict[str, str]) -> None:
    """A device that is in these. Without a name: of before there were several."""
    registry = open_registry(folder)
    for number, each in enumerate(fabrics, 1):
        named = {"fabric_name": each["name"]} if "name" in each else {}
        details = {"fabric": each["id"], **named, "node": f"{number:016X}"}
        credential = Credential("fabric", {**details, "fingerprint": f"{number}"})
        device = DeviceIdentity("matter-0000000000000001", "Lamp", serial="A1")
        done = Commissioned(device, "pase", (credential,), identity_key=bytes(65))
        run = registry.begin_run(ecosystem="matter", radio="virtual")
        outcome = Outcome(Result.COMMISSIONED, run, "matter", (), LinkCounts(), commissioned=done)
        registry.finish_run(run, outcome)
    registry.close()


def test_fabrics_are_listed_with_the_one_that_devices_join(fabric: Run) -> None:
    assert "first Matter device" in fabric().out
    assert fabric("--json").document == {"fabrics": []}
    home = fabric("new", "Home", "--json").document
    office = fabric("new", "Office", "--json").document
    assert len(home["id"]) == 16 and home["id"] != office["id"]
    assert [(each["name"], each["default"]) for each in fabric("--json").document["fabrics"]] == [
        ("Home", True),
        ("Office", False),
    ]
    assert fabric("use", office["id"][:6]).status == 0
    assert [each["default"] for each in fabric("--json").document["fabrics"]] == [False, True]
    assert fabric("rename", "home", "Käthes Haus").status == 0
    shown = fabric().out
    assert "Käthes Haus" in shown and "Office" in shown and shown.count("default") == 1


@pytest.mark.parametrize("name", ["Home", "HOME ", "", " ", "x" * 33, "a\nb", "\u202eemoH", "\x1b[2J"])
def test_a_name_that_is_taken_or_misleads_is_refused(fabric: Run, name: str) -> None:
    fabric("new", "Home")
    refused = fabric("new", name)
    assert refused.status == 2 and "S-138" in refused.err and "\x1b" not in refused.err
    assert len(fabric("--json").document["fabrics"]) == 1


@pytest.mark.parametrize(
    "words", [("use", "x\x1b[2J"), ("rename", "nowhere", "There"), ("remove", "-"), ("devices", "7")]
)
def test_a_fabric_that_is_not_there_is_said_not_to_be(fabric: Run, words: tuple[str, ...]) -> None:
    fabric("new", "Home")
    refused = fabric(*words)
    assert refused.status == 2 and "S-137" in refused.err and "\x1b" not in refused.err


def test_one_with_devices_is_removed_only_by_who_was_told_which_are_lost(
    fabric: Run, run: Run, tmp_path: Path
) -> None:
    home = fabric("new", "Home", "--json").document
    office = fabric("new", "Office", "--json").document
    record_lamp(tmp_path / "data", home, office)
    assert [each["devices"] for each in fabric("--json").document["fabrics"]] == [1, 1]
    for words in (("remove", "Office"), ("remove", "Office", "--json")):
        asked = fabric(*words)
        assert asked.status == 2 and "Lamp" in asked.out + asked.err
    assert len(fabric("--json").document["fabrics"]) == 2, "nothing was done"

    gone = fabric("remove", "Office", "--yes", "--json").document
    assert (gone["name"], [each["name"] for each in gone["lost"]]) == ("Office", ["Lamp"])
    device = run("devices", "show", "Lamp", "--json", "--radio", "virtual").document
    assert device["state"] == "commissioned", "it is in the other one still"
    current = [each for each in device["credentials"] if each["replaced"] is None]
    assert [each["fabric_name"] for each in current] == ["Home"]
    assert "Lamp" in fabric("devices", "Home").out
    assert fabric("remove", "Home", "--yes").status == 0
    assert run("devices", "show", "Lamp", "--json", "--radio", "virtual").document["state"] == "removed"


def test_a_new_name_is_in_the_records_of_its_devices(fabric: Run, run: Run, tmp_path: Path) -> None:
    home = fabric("new", "Home", "--json").document
    record_lamp(tmp_path / "data", home)
    fabric("rename", "Home", "Werk 2")
    assert "fabric name Werk 2" in run("devices", "show", "Lamp", "--radio", "virtual").out
    (listed,) = run("devices", "list", "--json", "--radio", "virtual").document["devices"]
    assert listed["credentials"][0]["fabric_name"] == "Werk 2"
    found = run("devices", "list", "--search", "werk 2", "--json", "--radio", "virtual").document["devices"]
    assert len(found) == 1, "devices are found by their fabric"


def test_devices_of_before_say_which_fabric_they_are_in_once_there_are_two(
    fabric: Run, run: Run, tmp_path: Path
) -> None:
    home = fabric("new", "Home", "--json").document
    record_lamp(tmp_path / "data", {"id": home["id"]})
    shown = run("devices", "show", "Lamp", "--radio", "virtual")
    assert "fabric name" not in shown.out
    fabric("new", "Office")
    assert "fabric name Home" in run("devices", "show", "Lamp", "--radio", "virtual").out


@pytest.mark.parametrize("words", [("new",), ("rename", "Home"), ("list", "Home"), ("use", "a", "b")])
def test_words_that_are_missing_or_too_many_are_usage(fabric: Run, words: tuple[str, ...]) -> None:
    assert fabric(*words).status == 2


def test_a_fabric_beside_a_grant_is_refused(run: Run) -> None:
    refused = run(
        "commission", "MT:Y.K9042C00KA0648G00", "--radio", "virtual", "--fabric", "a", "--grant", "b"
    )
    assert refused.status == 2 and "its owner's" in refused.err
