"""`scan`, `explain` and `label`: what users learn of a code, and what they must never be shown."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from companion.label import qr_png
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.scanner import read_file
from tests.commands.conftest import Run

ESPRESSIF = '{"ver":"v1","name":"PROV_A1B2C3","pop":"sesame-77","transport":"ble"}'
HOMEKIT = "X-HM://0023ISYWY8H2B"


def test_a_picture_of_a_code_is_read_and_recognised(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "label.png"
    qr_png(rp1_factory.label(rp1_factory.sample()), picture)
    ran = run("scan", str(picture), "--json")
    (file,) = ran.document["files"]
    assert ran.status == 0
    assert [code["ecosystem"] for code in file["codes"]] == ["rp1"]


def test_one_bad_file_does_not_keep_the_others_from_being_read(run: Run, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.png", tmp_path / "empty.png"
    qr_png(HOMEKIT, good)
    empty.touch()
    ran = run("scan", str(empty), str(good), "--json")
    first, second = ran.document["files"]
    assert ran.status == 3
    assert first["error"]["code"] == "C-105"
    assert second["codes"][0]["ecosystem"] == "homekit"


def test_secrets_are_hidden_until_they_are_asked_for(run: Run) -> None:
    for arguments in (("explain", ESPRESSIF), ("explain", ESPRESSIF, "--json")):
        ran = run(*arguments)
        assert "sesame-77" not in ran.out + ran.err
    assert "sesame-77" in run("explain", ESPRESSIF, "--show-secrets").out


def test_a_foreign_code_says_what_takes_it(run: Run) -> None:
    ran = run("explain", HOMEKIT)
    assert ran.status == 0
    assert "Apple Home" in ran.out


def test_a_damaged_code_is_told_as_damaged(run: Run) -> None:
    ran = run("explain", "RP1:ABC", "--json")
    assert ran.status == 3
    assert ran.document["error"]["code"] == "C-102"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "batch.csv"
    rows = [f"LS-{number},{number:032x}" for number in range(3)]
    path.write_text("\n".join(["serial,fingerprint", *rows]) + "\n")
    return path


def test_a_sheet_carries_the_codes_that_the_factory_gets(run: Run, batch: Path, tmp_path: Path) -> None:
    sheet, codes = tmp_path / "sheet.pdf", tmp_path / "codes.csv"
    ran = run("label", str(batch), "--out", str(sheet), "--codes", str(codes), "--json")
    assert ran.status == 0
    assert ran.document["labels"] == 3
    assert sheet.read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader(codes.read_text().splitlines()))
    assert [row["serial"] for row in rows] == ["LS-0", "LS-1", "LS-2"]
    assert len({row["text"] for row in rows}) == 3
    for path in (sheet, codes):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_sheet_never_replaces_a_file(run: Run, batch: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.svg"
    sheet.write_text("mine")
    ran = run("label", str(batch), "--out", str(sheet))
    assert ran.status == 2
    assert sheet.read_text() == "mine"


def test_a_batch_that_shares_a_secret_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    text = rp1_factory.label(rp1_factory.sample()).replace('"', '""')
    path.write_text(f'serial,text\nA,"{text}"\nB,"{text}"\n')
    ran = run("label", str(path), "--out", str(tmp_path / "sheet.pdf"), "--json")
    assert ran.status == 3
    assert json.loads(ran.out)["error"]["code"] == "C-107"
    assert not (tmp_path / "sheet.pdf").exists()


def test_the_shipped_sample_is_a_picture_of_the_sample_device() -> None:
    from importlib.resources import as_file, files

    with as_file(files("companion.protocols.rp1.virtual") / "samples" / "rp1.png") as picture:
        (read,) = read_file(picture)
    assert read.text == rp1_factory.label(rp1_factory.sample())
