"""`companion commissioner`: make, save, explain and forget the certificate for TCAT."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.protocols.tcat import commissioner
from tests.commands.conftest import Run

VIRTUAL = ("--radio", "virtual")


def test_one_is_made_saved_explained_and_forgotten(run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "tcat")
    words = ("--may", "commissioning", "--network", "mesh", "--extended-pan-id", "EF1398C2FD504B67")
    made = run("commissioner", "make", folder, *words, "--json").document["commissioner"]
    assert made["network"] == "mesh" and made["extended_pan_id"] == "ef1398c2fd504b67"
    assert [name for name, open_ in made["classes"].items() if open_] == ["commissioning"]
    assert {path.name for path in (tmp_path / "tcat").iterdir()} == {
        "ca_cert.pem",
        "ca_key.pem",
        "commissioner_cert.pem",
        "commissioner_key.pem",
    }
    shown = run("commissioner", "use", folder, *VIRTUAL)
    assert shown.status == 0, shown.err
    assert "✓ commissioning" in shown.out and "only in “mesh” and ef1398c2fd504b67" in shown.out
    assert "✗ decommissioning" in shown.out
    assert run("commissioner", *VIRTUAL, "--json").document["commissioner"] == made
    assert run("commissioner", "forget", *VIRTUAL).status == 0
    assert "nothing to delete" in run("commissioner", "forget", *VIRTUAL).out
    gone = run("commissioner", "show", *VIRTUAL, "--json")
    assert gone.status == 5 and gone.document["error"]["code"] == "A-170"
    (tmp_path / "keep.txt").touch()
    taken = run("commissioner", "make", str(tmp_path / "keep.txt"))
    assert taken.status == 2 and "(S-124)" in taken.err


def test_the_key_of_the_ca_is_not_kept(run: Run, tmp_path: Path) -> None:
    assert run("commissioner", "make", str(tmp_path / "tcat")).status == 0
    text = commissioner.read_path(tmp_path / "tcat")
    assert commissioner.read(text).name == "Commissioner"
    assert text.reveal().count(b"PRIVATE KEY-----") == 2  # the begin and the end of one


def test_a_second_one_is_of_the_same_ca(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tcat"
    assert run("commissioner", "make", str(folder)).status == 0
    ca = (folder / "ca_cert.pem").read_bytes()
    assert run("commissioner", "make", str(folder), "--may", "application").status == 0
    assert (folder / "ca_cert.pem").read_bytes() == ca
    (folder / "ca_key.pem").write_text("damaged")
    damaged = run("commissioner", "make", str(folder), "--json").document["error"]
    assert damaged["code"] == "A-171" and "damaged" in damaged["advice"]


@pytest.mark.parametrize(
    "words",
    [
        ("show", "a", "b"),
        ("use",),
        ("make",),
        ("make", "x", "--extended-pan-id", "12"),
        ("make", "x", "--network", "much-too-long-a-name"),
        ("make", "x", "--days", "0"),
    ],
)
def test_wrong_words_make_nothing(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    ran = run("commissioner", *words)
    assert ran.status == 2 and ran.err and not (tmp_path / "x").exists()


def test_looking_makes_no_keys(run: Run, tmp_path: Path) -> None:
    assert run("commissioner").status == 5
    assert not (tmp_path / "data" / "keys.sealed").exists()
