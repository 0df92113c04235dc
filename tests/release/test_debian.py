"""The Debian package: what it depends on is what set-up installs, and every command has a manual page."""

from __future__ import annotations

import gzip
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from companion.cli import COMMANDS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "assets/packaging/debian"


def module(name: str) -> ModuleType:
    """A script of the package's build."""
    spec = importlib.util.spec_from_file_location(f"debian_{name}", FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_it_depends_on_what_set_up_installs() -> None:
    setup = (ROOT / ".ci/setup").read_text()
    (needed,) = re.findall(r"^needed=\((.*?)^\)", setup, re.MULTILINE | re.DOTALL)
    packages = {each.split(":")[0] for each in needed.split()}
    depends = {each for each in module("build").DEPENDS if not each.startswith("python3 ")}
    assert packages == depends


def test_every_command_has_a_manual_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    module("manual").write(tmp_path, "1.0", "2026-12-01")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"companion.1.gz"} | {f"companion-{each}.1.gz" for each in COMMANDS}
    page = gzip.decompress((tmp_path / "companion-hsm.1.gz").read_bytes()).decode()
    assert "companion\\-hsm \\- keep your owner key" in page and "\\-\\-backup FILE" in page


def test_the_menu_and_the_window_agree() -> None:
    """A desktop finds the entry of a window by this name."""
    identifier = module("build").APP_ID
    assert f'setDesktopFileName("{identifier}")' in (ROOT / "ui/shell/app.py").read_text()
    assert (FOLDER / f"{identifier}.desktop").exists()
    assert f"<id>{identifier}</id>" in (FOLDER / f"{identifier}.metainfo.xml").read_text()
