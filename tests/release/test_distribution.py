"""The distributions: built from a commit, installed without the source tree, and used."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("companion", "ui", ".ci", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore")
TAG, DAY = "v7.8.9", "2026-03-04"
BACKEND = "import sys; sys.path.insert(0, '.ci'); import build_backend; print(build_backend.{}(sys.argv[1]))"
"""As a build front end calls it, in the environment of the suite, which has what the backend requires."""

DEMO_IN_WINDOW = """
from PySide6.QtWidgets import QAbstractButton, QApplication
import ui
from ui.__main__ import main
from ui.shell.app import EngineSession
from ui.shell.demo import Autopilot

def look(session):
    (window,) = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    print(ui.__file__, [button.text() for button in window.findChildren(QAbstractButton)])
    begin(session)

begin, EngineSession.begin = EngineSession.begin, look
Autopilot.__init__.__kwdefaults__["pause"] = 1
main(["--demo-exit", "0"])
"""
"""The demo without the pauses in which people read."""
TUTORIAL = ROOT / "assets/docs/pages/tutorials/first-device.md"


@dataclass(frozen=True, slots=True)
class Built:
    """What a commit with a tag was built into."""

    commit: str
    sdist: Path
    wheel: Path


def test_one_commit_makes_the_same_bytes_with_all_that_is_loaded(tmp_path: Path) -> None:
    """Each data file of the tree is inside, and the translations that only a build has."""
    (tmp_path / "again").mkdir()
    one, other = _built(tmp_path), _built(tmp_path / "again")
    assert _hash(one.sdist) == _hash(other.sdist)
    assert _hash(one.wheel) == _hash(other.wheel)
    with zipfile.ZipFile(one.wheel) as wheel:
        inside = set(wheel.namelist())
        german = wheel.getinfo("ui/i18n/companion_de.qm").file_size
    expected = {
        path.relative_to(ROOT).as_posix()
        for part in ("companion", "ui")
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= inside, sorted(expected - inside)
    assert german > 100_000
    assert not [name for name in inside if name.startswith(("tests", ".ci", "assets"))]


def test_the_wheel_works_without_the_source_tree(tmp_path: Path) -> None:
    """Installed into an empty environment: its version, the first tutorial, the demo in a German window."""
    built = _built(tmp_path)
    home = tmp_path / "environment"
    _run(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path)
    before = set(home.rglob("*"))
    pip = (sys.executable, "-m", "pip", "--python", home)
    _run(*pip, "install", "--quiet", "--no-index", "--no-deps", built.wheel, cwd=tmp_path)
    # Paths of a .pth file have no .pth files of their own: the source tree is not found through them.
    site = next(home.glob("lib/python*/site-packages"))
    dependencies = site / "dependencies.pth"
    dependencies.write_text(sysconfig.get_path("purelib") + "\n")
    command, data = home / "bin" / "companion", tmp_path / "data"

    said = _run(command, "--version", cwd=tmp_path).splitlines()
    assert said[0] == "companion 7.8.9"
    assert said[1] == f"Built from commit {built.commit[:12]}, {DAY}"

    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", TUTORIAL.read_text(), re.MULTILINE | re.DOTALL)
    own = {"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "XDG_DATA_HOME": str(data)}
    tutorial = _run("sh", "-ec", "".join(blocks), cwd=tmp_path, **own)
    assert "From image to proof" in tutorial
    assert tutorial.count("Hall (Harbour sensor, HS-00482913) is yours.") == 1

    german = {"LANGUAGE": "de", "LANG": "de_DE.UTF-8"}
    window = _run(home / "bin" / "python", "-c", DEMO_IN_WINDOW, cwd=tmp_path, **german)
    assert str(home) in window
    assert "Einstellungen" in window
    assert "From the first page to the proof" in window

    _run(*pip, "uninstall", "--yes", "--quiet", "companion", cwd=tmp_path)
    assert set(home.rglob("*")) - before == {dependencies}


def test_a_tree_without_tags_or_history_has_a_version_too(tmp_path: Path) -> None:
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, tmp_path / part)
    asked = (sys.executable, "-m", "hatchling", "version")
    assert _run(*asked, cwd=tmp_path).strip() == "0.1.0"
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@example.com")
    for words in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "Begin")):
        _run(*git, *words, cwd=tmp_path)
    assert _run(*asked, cwd=tmp_path).startswith("0.1.1.dev1+g")


def _built(folder: Path) -> Built:
    """A repository of the parts that are built, with one tagged commit, and its distributions."""
    tree = folder / "tree"
    tree.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__", "*.qm"))
        else:
            shutil.copy(ROOT / part, tree / part)
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-C", tree)
    when = {"GIT_AUTHOR_DATE": f"{DAY}T05:06:07Z", "GIT_COMMITTER_DATE": f"{DAY}T05:06:07Z"}
    _run(*git, "init", "--quiet", cwd=tree)
    _run(*git, "add", "--all", cwd=tree)
    _run(*git, "commit", "--quiet", "--message", "Release", cwd=tree, **when)
    _run(*git, "tag", TAG, cwd=tree)
    commit = _run(*git, "rev-parse", "HEAD", cwd=tree).strip()
    sdist = folder / _run(sys.executable, "-c", BACKEND.format("build_sdist"), folder, cwd=tree).strip()
    (folder / "unpacked").mkdir()
    _run("tar", "--extract", "--file", sdist, "--directory", folder / "unpacked", cwd=folder)
    (unpacked,) = (folder / "unpacked").iterdir()
    wheel = folder / _run(sys.executable, "-c", BACKEND.format("build_wheel"), folder, cwd=unpacked).strip()
    return Built(commit, sdist, wheel)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """The standard output of a command that must succeed, outside the source tree."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**inherited, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
