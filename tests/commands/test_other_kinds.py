"""A file of another kind is called so, by the name of what was wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.cli import main
from companion.label import qr_png

FILES = {
    "text": b"a shopping list\n",
    "empty": b"",
    "damaged": b"RP1G:ABC",
    "typed": "RP1G:é\n".encode(),
    "octets": bytes(range(256)),
    "picture": qr_png("https://example.com"),
}
WANTED = {
    "grant import": ("Not a valid grant", "A-152"),
    "trust revocation import": ("Not a valid revocation list", "A-159"),
    "proof verify": ("✗ The file is not a complete proof.", ""),
}


@pytest.mark.parametrize("command", WANTED)
def test_it_says_what_it_is_not(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "another kind")
    words, code = WANTED[command]
    for name, content in FILES.items():
        file = tmp_path / name
        file.write_bytes(content)
        line = [*command.split(), str(file), "--data-dir", str(tmp_path / "data")]
        if not command.startswith("proof"):
            line += ["--radio", "virtual"]
        assert main(line) != 0
        told = "".join(capsys.readouterr())
        assert words in told and code in told, (name, told)
    missing = str(tmp_path / "missing")
    assert main([*command.split(), missing, "--data-dir", str(tmp_path / "data")]) == 2
    assert "S-122" in capsys.readouterr().err
