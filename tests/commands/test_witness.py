"""`companion log` and `companion witness`: two computers without a network, by files and by QR codes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.runs.test_proof import VIRTUAL, commissioned


@pytest.mark.parametrize("kind", ["txt", "png"])
def test_an_office_pc_signs_the_head_by_file_or_code(run: Run, tmp_path: Path, kind: str) -> None:
    commissioned(run, tmp_path)
    request, answer = tmp_path / f"request.{kind}", tmp_path / f"answer.{kind}"
    key = run("log", "head", *VIRTUAL, "--json").document["key"]
    assert run("witness", "watch", key, *VIRTUAL, folder="office").status == 0
    witness = run("witness", "key", *VIRTUAL, "--json", folder="office").document["key"]
    assert run("witness", "add", "Office PC", witness, *VIRTUAL).status == 0
    assert "has not seen it yet" in run("log", *VIRTUAL).out
    assert run("log", "witness", "Office PC", "--request", str(request), *VIRTUAL).status == 0
    assert run("witness", "answer", str(request), str(answer), *VIRTUAL, folder="office").status == 0
    said = run("log", "witness", "Office PC", "--answer", str(answer), *VIRTUAL)
    assert said.status == 0 and "Office PC saw all of it just now" in said.out
    assert run("log", "head", *VIRTUAL, "--json").document["witnesses"][0]["seen"]["size"] == 2
    assert run("log", "check", *VIRTUAL).status == 0
    (device,) = run("devices", *VIRTUAL, "--json").document["devices"]
    proof = str(tmp_path / "a.proof")
    assert run("proof", "export", device["id"], "--out", proof, *VIRTUAL).status == 0
    assert "✓ A witness signed" in run("proof", "verify", proof, *VIRTUAL).out, "it is in the records"
    stranger = run("proof", "verify", proof, *VIRTUAL, folder="stranger")
    assert stranger.status == 0 and "? A witness signed that log head. Signed at" in stranger.out
    named = run("proof", "verify", proof, "--witness", witness, *VIRTUAL, folder="stranger")
    assert "✓ A witness signed" in named.out


def test_a_log_is_checked_against_a_head_that_was_kept(run: Run, tmp_path: Path) -> None:
    commissioned(run, tmp_path)
    head = tmp_path / "head.cose"
    assert run("log", "head", "--out", str(head), *VIRTUAL).status == 0
    assert run("log", "check", str(head), *VIRTUAL, "--json").document["head"]["size"] == 2
    assert len(run("log", "consistency", "1", *VIRTUAL, "--json").document["path"]) == 1
    assert run("log", "consistency", "3", *VIRTUAL).status == 2
    (file,) = tmp_path.rglob("registry.db")
    with closing(sqlite3.connect(file)) as database:
        database.executescript("DELETE FROM log WHERE number = 1")
    refused = run("log", "check", str(head), *VIRTUAL)
    assert refused.status == 8 and "S-110" in refused.err


def test_what_is_asked_wrongly_is_said(run: Run, tmp_path: Path) -> None:
    assert run("log", "witness", *VIRTUAL).status == 2
    assert run("log", "check", "--request", str(tmp_path / "x"), *VIRTUAL).status == 2
    assert run("log", "consistency", *VIRTUAL).status == 2
    assert run("witness", "add", "A", "no-key", *VIRTUAL).status == 2
    assert run("witness", "remove", "A", *VIRTUAL).status == 2
    assert run("witness", "watch", *VIRTUAL).status == 2
    (tmp_path / "request.txt").write_text("old 0\n\nhello")
    refused = run("witness", "answer", str(tmp_path / "request.txt"), str(tmp_path / "y"), *VIRTUAL)
    assert refused.status == 6 and not (tmp_path / "y").exists()


def test_a_delegates_log_comes_home(run: Run, tmp_path: Path) -> None:
    request, grant, journal = (str(tmp_path / name) for name in ("ask.txt", "grant.txt", "line.journal"))
    assert run("log", "export", journal, *VIRTUAL, folder="line").status == 2
    assert run("grant", "request", request, "--name", "Line 2", *VIRTUAL, folder="line").status == 0
    terms = ("--right", "onboard", "--everywhere", "--days", "7", "--yes", "--out", grant)
    assert run("grant", "issue", request, *terms, *VIRTUAL).status == 0
    assert run("grant", "import", grant, *VIRTUAL, folder="line").status == 0
    assert run("log", "export", journal, *VIRTUAL, folder="line").status == 0
    named = str(tmp_path / "codes.csv")
    (tmp_path / "codes.csv").write_text("serial,code\n")
    none = run("witness", "answer", named, str(tmp_path / "answer.txt"), *VIRTUAL, folder="office")
    assert "C-105" not in none.err and "Rejected" in none.err
    told = run("log", "merge", journal, *VIRTUAL)
    assert told.status == 0 and "Line 2 set up or changed 0 devices." in told.out
    (tmp_path / "line.journal").write_bytes(b"nothing")
    assert run("log", "merge", journal, *VIRTUAL).status == 8


def test_a_rewritten_log_leaves_both_heads_as_evidence(run: Run, tmp_path: Path) -> None:
    commissioned(run, tmp_path)
    head = tmp_path / "head.cose"
    assert run("log", "head", "--out", str(head), *VIRTUAL).status == 0
    (file,) = tmp_path.rglob("registry.db")
    with closing(sqlite3.connect(file)) as database:
        database.executescript("DELETE FROM log WHERE number = 1")
    assert run("log", "check", str(head), *VIRTUAL).status == 8
    (evidence,) = tmp_path.rglob("*.evidence")
    told = run("proof", "verify", str(evidence))
    assert told.status == 5 and "of size 1 now, did not prove that it is unchanged up to size 2" in told.out
