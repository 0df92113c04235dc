"""The packages: what they depend on and bundle is what set-up installs; menu entry and manual pages."""

from __future__ import annotations

import gzip
import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assets.packaging.debian.build import DEPENDS
from assets.packaging.environment import BUNDLED, EXTRAS, prune
from assets.packaging.share import APP_ID, HERE
from companion.cli import COMMANDS

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pinned(file: Path) -> dict[str, str]:
    """Names, as indexes have them, with versions."""
    return {
        re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PINNED.findall(file.read_text())
    }


def test_it_depends_on_what_set_up_installs() -> None:
    setup = (ROOT / ".ci/setup").read_text()
    (needed,) = re.findall(r"^needed=\((.*?)^\)", setup, re.MULTILINE | re.DOTALL)
    packages = {each.split(":")[0] for each in needed.split()}
    depends = {each for each in DEPENDS if not each.startswith("python3 ")}
    assert packages == depends


def test_every_command_has_a_manual_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    runpy.run_path(str(HERE / "manual.py"))["write"](tmp_path, "1.0", "2026-12-01")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"companion.1.gz"} | {f"companion-{each}.1.gz" for each in COMMANDS}
    page = gzip.decompress((tmp_path / "companion-hsm.1.gz").read_bytes()).decode()
    assert "companion\\-hsm \\- keep your owner key" in page and "\\-\\-backup FILE" in page


def test_a_bundle_tells_nothing_of_the_folder_that_it_was_made_in(tmp_path: Path) -> None:
    """Else the same commit would not make the same package."""
    told = tmp_path / "companion-1.dist-info"
    told.mkdir()
    (told / "direct_url.json").write_text('{"url": "file:///somewhere"}')
    (tmp_path / "kept.py").touch()
    lines = [
        "../../../bin/companion,sha256=1,9\n",
        "kept.py,sha256=2,0\n",
        "companion-1.dist-info/direct_url.json,,\n",
    ]
    (told / "RECORD").write_text("".join(lines))
    prune(tmp_path)
    assert [path.name for path in told.iterdir()] == ["RECORD"]
    assert (told / "RECORD").read_text() == "kept.py,sha256=2,0\n"


def test_the_menu_and_the_window_agree() -> None:
    """A desktop finds the entry of a window by this name."""
    assert f'setDesktopFileName("{APP_ID}")' in (ROOT / "ui/shell/app.py").read_text()
    assert (HERE / f"{APP_ID}.desktop").exists()
    assert f"<id>{APP_ID}</id>" in (HERE / f"{APP_ID}.metainfo.xml").read_text()


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", f"{APP_ID}.desktop"],
        ["appstreamcli", "validate", "--no-net", f"{APP_ID}.metainfo.xml"],
    ],
    ids=lambda command: command[0],
)
def test_desktops_and_software_centres_can_read_them(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_bundled_is_what_the_suite_runs_with_and_each_file_has_its_hash() -> None:
    bundled = pinned(BUNDLED)
    assert bundled.items() <= pinned(ROOT / ".ci/constraints.txt").items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [each for extra in EXTRAS.split(",") for each in project["optional-dependencies"][extra]]
    wanted = [Requirement(each) for each in (*project["dependencies"], *extras)]
    assert {re.sub(r"[-_.]+", "-", each.name).lower() for each in wanted} <= bundled.keys()
    assert all(each.specifier.contains(bundled[re.sub(r"[-_.]+", "-", each.name).lower()]) for each in wanted)
    entries = re.split(r"^(?=\S)", BUNDLED.read_text(), flags=re.MULTILINE)[2:]
    assert len(entries) == len(bundled) and all("--hash=sha256:" in each for each in entries)
