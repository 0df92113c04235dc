"""What somebody types who does not know the command line yet, and what is said to that."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.identity import FILES
from companion.radio import RadioSpec
from companion.registry import open_registry
from tests.commands.conftest import Run
from tests.support.many_records import fill, name_of

VIRTUAL = ("--radio", "virtual")


def test_a_code_needs_no_option(run: Run) -> None:
    ran = run("commission", "X-HM://00KTNKBDJPSX1", *VIRTUAL)
    assert ran.status == 3 and "HomeKit" in ran.err


def test_words_that_are_none_are_told_in_two_lines(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("devices", "share", "lamp", "--minutes", "99")
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "companion: argument --minutes: 99 is not a number from 3 to 15",
        "Help: companion devices --help",
    ]


def test_a_text_that_is_no_code_is_explained_with_a_status_of_its_own(run: Run) -> None:
    assert run("explain", "nonsense").status == 3
    assert run("explain", "X-HM://00KTNKBDJPSX1").status == 0, "a code of others is one"


def test_an_air_that_is_not_there_is_told_with_the_command_that_makes_it(run: Run) -> None:
    radio = ("--radio", "virtual+bumble:tcp-client:127.0.0.1:1")
    for words in (("nearby", *radio), ("virtual", "improv", *radio)):
        ran = run(*words)
        assert ran.status == 4
        assert ran.err.startswith("✗ Nothing answers at 127.0.0.1:1. ")
        assert "`companion virtual air --port 1`" in ran.err
    assert RadioSpec.parse(radio[1]).is_virtual


def test_a_question_makes_no_key(run: Run, tmp_path: Path) -> None:
    assert run("trust", "list").status == 0
    assert run("trust", *VIRTUAL, "list").status == 0
    for words in (("status", "nobody"), ("rotate", "nobody"), ("controllers", "nobody")):
        assert run("devices", *words).status == 8
    assert not any((tmp_path / "data" / name).exists() for name in FILES.values())


def test_a_virtual_device_is_called_that_and_makes_no_real_key(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "data", 2)
    name = name_of(1)
    assert [line.endswith("  virtual") for line in run("devices").out.splitlines()] == [True, True]
    assert run("devices", "show", name).out.splitlines()[0].endswith(", virtual)")
    assert run("devices", "show", name, "--json").document["virtual"] is True
    for words in (("status", name), ("rotate", name)):
        ran = run("devices", *words)
        assert ran.status == 2 and "is a virtual device" in ran.err
    assert not (tmp_path / "data" / FILES["owner"]).exists()


def test_a_list_names_nothing_that_it_did_not_read(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "data", 1, radio="os")
    (listed,) = run("devices", "--json").document["devices"]
    assert not {"receipts", "runs"} & listed.keys() and listed["virtual"] is False
    registry = open_registry(tmp_path / "data")
    registry.close()
    assert "runs" in run("devices", "show", listed["id"], "--json").document
