"""`trust backup` and `trust restore`: told first, written then, and nothing is replaced."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pypdfium2
import pytest

from companion.identity import open_identity
from companion.identity.backup import short_key
from companion.registry import open_registry
from companion.secret import Secret
from tests.commands.conftest import Run
from tests.registry.run_samples import commissioned, outcome

KEYS, DRAWER = "a passphrase for every day", "a passphrase for the drawer"


@pytest.fixture
def options(tmp_path: Path) -> tuple[str, ...]:
    """Whose data folder has an owner with one device."""
    (tmp_path / "keys").write_text(KEYS + "\n")
    (tmp_path / "drawer").write_text(DRAWER + "\n")
    open_identity(tmp_path / "data", ask_passphrase=lambda _new: Secret(KEYS))
    registry = open_registry(tmp_path / "data")
    run = registry.begin_run(ecosystem="rp1", radio="os")
    registry.finish_run(run, outcome(run, commissioned()))
    registry.close()
    files = {"--passphrase-file": "keys", "--backup-passphrase-file": "drawer"}
    return tuple(word for name, file in files.items() for word in (name, str(tmp_path / file)))


def public(folder: Path) -> bytes:
    return open_identity(folder, ask_passphrase=lambda _new: Secret(KEYS)).owner.public


def test_there_and_back(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    file, data = tmp_path / "mine.sealed", tmp_path / "data"
    owner = public(data)
    paper = tmp_path / "sheet.pdf"
    made = run("trust", "backup", str(file), "--recovery-sheet", str(paper), *options)
    sheet = pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
    assert "mine.sealed" in sheet and short_key(owner) in sheet
    assert made.status == 0 and file.stat().st_mode & 0o777 == 0o600
    assert made.out.index("Devices:         1") < made.out.index("Backed up to")
    data.rename(tmp_path / "lost")
    tried = run("trust", "restore", str(file), "--dry-run", *options)
    assert "this backup can be restored" in tried.out and not (data / "vault.sealed").exists()
    back = run("trust", "restore", str(file), *options)
    assert back.status == 0 and "Restored." in back.out
    assert public(data) == owner
    assert [each["name"] for each in run("devices", "--json").document["devices"]] == ["Kitchen lamp"]
    for secret in (KEYS, DRAWER):
        assert secret not in made.out + made.err + tried.out + back.out + back.err + sheet


def test_json_is_one_document(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    file = tmp_path / "mine.sealed"
    made = run("trust", "backup", str(file), "--json", *options).document
    assert made["written"] and made["devices"] == 1 and made["file"] == str(file)
    tried = run("trust", "restore", str(file), "--dry-run", "--json", *options).document
    assert tried["same_owner"] is True and tried["written"] is False
    assert tried["devices_not_in_backup"] == 0 and tried["owner_key"] == made["owner_key"]
    refused = run("trust", "restore", str(file), "--json", *options)
    assert refused.status == 8 and refused.document["error"]["code"] == "S-111"


def test_what_is_wrong_has_a_code_and_writes_nothing(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = tmp_path / "mine.sealed"
    run("trust", "backup", str(file), *options)
    before = file.read_bytes()
    again = run("trust", "backup", str(file), *options)
    assert again.status == 8 and "S-120" in again.err and file.read_bytes() == before
    assert run("trust", "backup", str(file), "--force", *options).status == 0
    assert file.read_bytes() != before
    assert "S-121" in run("trust", "backup", str(tmp_path / "data" / "x"), *options).err
    (tmp_path / "drawer").write_text("short")
    weak = run("trust", "backup", str(tmp_path / "weak"), *options)
    assert weak.status == 8 and "S-114" in weak.err and not (tmp_path / "weak").exists()
    (tmp_path / "data").rename(tmp_path / "lost")
    assert "S-119" in run("trust", "restore", str(file), *options).err
    file.write_bytes(before[:-20])
    assert "S-118" in run("trust", "restore", str(file), *options).err
    assert not (tmp_path / "data" / "vault.sealed").exists()
    nobody = run("trust", "restore", str(file))
    assert nobody.status == 8 and "--backup-passphrase-file" in nobody.err
    assert run("trust", "backup").status == 2
    assert run("trust", "backup", str(file), "--radio", "virtual").status == 2


def test_a_passphrase_is_typed_twice(
    run: Run, tmp_path: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = [DRAWER, "something else", DRAWER, DRAWER, DRAWER]
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda *_, **__: typed.pop(0))
    monkeypatch.setenv("COMPANION_PASSPHRASE", KEYS)
    file = tmp_path / "mine.sealed"
    differ = run("trust", "backup", str(file))
    assert differ.status == 2 and "differ" in differ.err and not file.exists()
    assert run("trust", "backup", str(file)).status == 0
    assert run("trust", "restore", str(file), "--dry-run").status == 0 and typed == []
