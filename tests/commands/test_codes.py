"""`scan`, `explain` and `label`: what users learn of a code, and what they must never be shown."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from companion.commands.arguments.code_source import code_in_picture, typed_code
from companion.commands.devices.transfer import read_token
from companion.errors import SeveralCodes
from companion.label import qr_png
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.scanner import read_file
from companion.secret import Secret
from tests.commands.conftest import Run
from tests.scanner.frames import symbol

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


def beside(path: Path, *texts: str) -> Path:
    """A picture with these codes in one row."""
    codes = [symbol(text, module=4) for text in texts]
    side = max(code.shape[0] for code in codes)
    padded = [np.pad(code, ((0, side - code.shape[0]), (0, 0)), constant_values=255) for code in codes]
    assert cv2.imwrite(str(path), np.hstack(padded))
    return path


@pytest.mark.parametrize("other", ["RP1:ABC", HOMEKIT, "https://example.com/manual"])
def test_a_damaged_or_foreign_code_hides_no_good_one(run: Run, tmp_path: Path, other: str) -> None:
    for texts in ((other, ESPRESSIF), (ESPRESSIF, other)):
        picture = beside(tmp_path / "box.png", *texts)
        (file,) = run("scan", str(picture), "--json").document["files"]
        assert "espressif" in [code["ecosystem"] for code in file["codes"]]
        assert file["error"] is None
        assert len(file["codes"]) + len(file["damaged"]) == 2
        ran = run("commission", "--image", str(picture), "--radio", "virtual", "--timeout", "0.1")
        assert "C-10" not in ran.err + ran.out, "the good one was taken, and its device is looked for"


def test_what_is_damaged_in_a_picture_is_said_beside_the_good(run: Run, tmp_path: Path) -> None:
    ran = run("scan", str(beside(tmp_path / "box.png", "RP1:ABC", HOMEKIT)))
    assert ran.status == 0
    assert "Apple Home" in ran.out and "C-102" in ran.out
    assert run("scan", str(beside(tmp_path / "box.png", "RP1:ABC"))).status == 3


def test_of_two_codes_that_can_be_commissioned_none_is_taken_silently(run: Run, tmp_path: Path) -> None:
    other = ESPRESSIF.replace("A1B2C3", "D4E5F6")
    picture = beside(tmp_path / "box.png", ESPRESSIF, HOMEKIT, other)
    ran = run("commission", "--image", str(picture), "--radio", "virtual", "--json")
    assert ran.status == 3
    error = ran.document["error"]
    assert error["code"] == "C-109"
    assert "PROV_A1B2C3" in error["advice"] and "PROV_D4E5F6" in error["advice"]
    assert "sesame-77" not in ran.out + ran.err
    same = beside(tmp_path / "twice.png", ESPRESSIF, ESPRESSIF)
    assert (
        "C-109" not in run("commission", "--image", str(same), "--radio", "virtual", "--timeout", "0.1").err
    )


async def test_who_is_at_the_terminal_chooses_among_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ESPRESSIF.replace("A1B2C3", "D4E5F6")
    picture = beside(tmp_path / "box.png", ESPRESSIF, other)
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    assert (await code_in_picture(picture, interactive=True)).text == Secret(other)


def test_a_token_is_found_beside_other_codes(tmp_path: Path) -> None:
    assert read_token(beside(tmp_path / "given.png", HOMEKIT, "RP1T:ABC")) == "RP1T:ABC"
    with pytest.raises(SeveralCodes):
        read_token(beside(tmp_path / "given.png", "RP1T:DEF", "RP1T:ABC"))


def test_secrets_are_hidden_until_they_are_asked_for(run: Run) -> None:
    for arguments in (("explain", ESPRESSIF), ("explain", ESPRESSIF, "--json")):
        ran = run(*arguments)
        assert "sesame-77" not in ran.out + ran.err
    assert "sesame-77" in run("explain", ESPRESSIF, "--show-secrets").out


def test_a_foreign_code_says_what_takes_it(run: Run) -> None:
    ran = run("explain", HOMEKIT)
    assert ran.status == 0
    assert "Apple Home" in ran.out


@pytest.mark.parametrize(
    ("piped", "ecosystem"),
    [
        (json.dumps(json.loads(ESPRESSIF), indent=2), "espressif"),
        ("chip[DL]: started\nchip[SVR]: SetupQRCode: [MT:Y.K9042C00KA0648G00]\n", "matter"),
    ],
)
def test_several_lines_are_explained(
    run: Run, monkeypatch: pytest.MonkeyPatch, piped: str, ecosystem: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(piped))
    assert run("explain", "-", "--json").document["ecosystem"] == ecosystem


def test_a_code_over_several_lines_leaves_the_answers_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.dumps(json.loads(ESPRESSIF), indent=2)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{whole}\nyes\n"))
    assert typed_code("-") == whole
    assert sys.stdin.readline() == "yes\n"


def test_a_code_that_never_ends_ends_with_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("{\n"))
    assert typed_code("-") == "{"


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
