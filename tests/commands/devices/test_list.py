"""`devices` and `runs`: lists of many, searched and cut, printed row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.cli import main
from companion.registry import open_registry
from tests.support.many_records import fill, name_of

COUNT = 450


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("data")
    fill(made, COUNT)
    yield made


def printed(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    assert main(["--data-dir", str(folder), *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ((), range(COUNT)),
        (("--limit", "3"), range(3)),
        (("--search", "SN-000123"), [123]),
        (("--search", "cellar LOCK", "--limit", "2"), [3, 23]),
        (("--search", "nothing like it"), []),
    ],
)
def test_devices_are_listed_as_asked_the_last_changed_first(
    capsys: pytest.CaptureFixture[str], folder: Path, options: tuple[str, ...], numbers: range | list[int]
) -> None:
    told = json.loads(printed(capsys, folder, "devices", "--json", *options))
    assert [each["name"] for each in told["devices"]] == [name_of(number) for number in numbers]
    lines = printed(capsys, folder, "devices", *options).splitlines()
    assert lines == [] or [line[:24].strip() for line in lines] == (
        [name_of(number) for number in numbers] or ["No matching devices."]
    )


def test_a_document_is_what_one_device_is(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """Written in pieces, yet the same as from the record."""
    registry = open_registry(folder)
    records = [each.as_json() | {"virtual": True} for each in registry.devices()]
    registry.close()
    for record in records:
        del record["receipts"], record["runs"]  # a list does not read them
    whole = json.loads(json.dumps({"devices": records}))
    assert json.loads(printed(capsys, folder, "devices", "--json")) == whole


@pytest.mark.parametrize(
    ("options", "count"), [((), 50), (("--limit", "449"), 449), (("--search", "lumen 2 kitchen"), 50)]
)
def test_runs_are_listed_as_asked(
    capsys: pytest.CaptureFixture[str], folder: Path, options: tuple[str, ...], count: int
) -> None:
    told = json.loads(printed(capsys, folder, "runs", "--json", *options))
    assert len(told["runs"]) == count
    assert told["unfinished"] == []
    assert len(printed(capsys, folder, "runs", *options).splitlines()) == count


def test_runs_of_nobody_are_none(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert printed(capsys, folder, "runs", "--search", "zzz") == "No matching runs.\n"
    assert json.loads(printed(capsys, folder, "runs", "--json", "--search", "zzz"))["runs"] == []


@pytest.mark.parametrize("limit", ["0", "-1", "many", "²"])
def test_a_limit_is_a_number_from_one_on(
    capsys: pytest.CaptureFixture[str], folder: Path, limit: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(folder), "devices", f"--limit={limit}"])
    assert ended.value.code == 2
    assert "number of at least 1" in capsys.readouterr().err
