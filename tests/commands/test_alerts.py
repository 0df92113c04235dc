"""`companion alerts` as people use it: what is listed, what an answer needs, and what stopping revokes."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.cli import main
from companion.files import data_folder
from companion.registry import open_registry
from companion.trust.anomalies.records import Ending, Onboarding
from companion.trust.grants.names import key_id
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import GrantTerms, Places, Right

NOW = datetime.now(UTC)
HOLDER = b"\4" + bytes(64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Records in which one serial number was onboarded with two keys by a delegate, Line 2."""
    registry = open_registry(data_folder(tmp_path, virtual=True))
    terms = GrantTerms(frozenset({Right.ONBOARD}), Places(everywhere=True), until=NOW + timedelta(days=9))
    registry.grants.keep(
        GrantRecord("g1", "rp1", False, b"owner", "Owner", HOLDER, "Line 2", terms, text="", made=NOW)
    )
    first = Onboarding(
        "entry-1",
        NOW,
        Ending.ONBOARDED,
        actor=key_id(HOLDER),
        identity_key=b"1",
        serial="LS-48",
        grant="g1",
        receipt=True,
    )
    registry.alerts.take_in([first, replace(first, run="entry-2", identity_key=b"2")])
    registry.close()
    return tmp_path


def companion(folder: Path, *words: str) -> int:
    return main(["alerts", *words, "--data-dir", str(folder), "--radio", "virtual"])


def document(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert companion(folder, *words, "--json") == 0
    read: dict[str, object] = json.loads(capsys.readouterr().out)
    return read


def test_an_alert_is_listed_answered_and_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert companion(folder) == 0
    listed = capsys.readouterr().out
    assert "Line 2: Serial number LS-48 was onboarded twice, with two different keys." in listed
    assert "An exact rule" in listed
    (alert,) = document(folder, capsys)["alerts"]  # type: ignore[misc]
    assert alert["runs"] == ["entry-1", "entry-2"]
    assert alert["chance_years"] is None

    assert companion(folder, "planned", alert["id"]) == 2
    assert "--note" in capsys.readouterr().err
    planned = document(folder, capsys, "planned", alert["id"], "--note", "A spare board")
    assert (planned["answer"], planned["note"]) == ("planned", "A spare board")
    assert document(folder, capsys, "undo", alert["id"][:4])["answer"] is None


def test_stopping_asks_and_changes_nothing_without_a_yes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (alert,) = document(folder, capsys)["alerts"]  # type: ignore[misc]
    assert companion(folder, "stop", alert["id"]) == 2
    assert "--yes" in capsys.readouterr().err
    (alert,) = document(folder, capsys)["alerts"]  # type: ignore[misc]
    assert alert["answer"] is None


def test_stopping_ends_every_grant_of_the_delegate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (alert,) = document(folder, capsys)["alerts"]  # type: ignore[misc]
    assert document(folder, capsys, "stop", alert["id"], "--yes")["answer"] == "stopped"
    registry = open_registry(data_folder(folder, virtual=True))
    try:
        assert [each.revoked is not None for each in registry.grants.all()] == [True]
    finally:
        registry.close()
    assert companion(folder, "undo", alert["id"]) == 2
    assert "new grant" in capsys.readouterr().err


def test_stopping_reaches_who_got_a_grant_from_somebody_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = open_registry(data_folder(tmp_path, virtual=True))
    first = Onboarding(
        "a", NOW, Ending.ONBOARDED, actor="0123456789abcdef", identity_key=b"1", serial="LS-48"
    )
    registry.alerts.take_in([first, replace(first, run="b", identity_key=b"2")])
    registry.close()
    (alert,) = document(tmp_path, capsys)["alerts"]  # type: ignore[misc]
    assert companion(tmp_path, "stop", alert["id"]) == 2
    assert "The delegate 0123456789abcdef loses every grant passed on to it" in capsys.readouterr().out
    assert document(tmp_path, capsys, "stop", alert["id"], "--yes")["answer"] == "stopped"
    assert main(["trust", "revocation", "--data-dir", str(tmp_path), "--radio", "virtual"]) == 0
    assert "(1 entry, floor 0)" in capsys.readouterr().out


def test_the_budget_is_the_only_knob(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = document(folder, capsys, "budget", "0.5")["watched"]
    assert watched == {**watched, "false_alarms_a_month": 0.5, "delegates": 1, "runs": 2}  # type: ignore[dict-item]
    assert companion(folder, "budget", "never") == 2


def test_nothing_unusual_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert companion(tmp_path) == 0
    assert capsys.readouterr().out.startswith("Nothing unusual.")
