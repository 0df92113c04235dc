"""The Python libraries that a package bundles: installed by hash, without what Companion does not use."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / ".ci/bundled.txt"
EXTRAS = "gui,virtual,serial,hsm,team"
# Of Qt, what a browser, a designer and 3D need: a third of the package.
UNUSED = (
    "PySide6/Qt/lib/libQt6WebEngine*", "PySide6/Qt/lib/libQt6Designer*", "PySide6/Qt/lib/libQt63D*",
    "PySide6/Qt/lib/libQt6Quick3D*", "PySide6/Qt/resources", "PySide6/Qt/translations/qtwebengine_locales",
    "PySide6/Qt/libexec/QtWebEngineProcess", "PySide6/Qt/qml", "PySide6/QtWebEngine*", "PySide6/Qt3D*",
    "PySide6/assistant", "PySide6/designer", "PySide6/linguist", "PySide6/Qt/plugins/designer",
    "PySide6/*.pyi", "PySide6/glue", "PySide6/typesystems", "PySide6/include",
)  # fmt: skip


def install(wheel: Path, python: Path, target: Sequence[str | Path] = ()) -> None:
    """Install the wheel with its extras for `python`, from an index, each library by its hash.

    target: options of pip that say where to, if not into the environment of `python`.
    """
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", *target]
    quiet = ["--no-compile", "--no-warn-script-location", "--disable-pip-version-check", "--no-deps"]
    # The wheel is of this build, and the list is what it requires: `tests/release` compares them.
    subprocess.run([*pip, *quiet, "--require-hashes", "-r", BUNDLED], check=True)
    subprocess.run([*pip, *quiet, "--no-index", wheel.resolve()], check=True)


def prune(packages: Path) -> None:
    """Remove from site-packages what is not used, and what tells of the computer that built it."""
    for pattern in UNUSED:
        for path in packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in packages.glob("companion-*.dist-info/direct_url.json"):
        path.unlink()
    # Scripts name the folder that they were made in, and so would the hashes in these lists.
    for record in packages.glob("*.dist-info/RECORD"):
        lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
        names = [next(csv.reader([line]))[0] for line in lines]
        kept = [line for line, name in zip(lines, names, strict=True) if _is_inside(packages, name)]
        record.write_text("".join(kept), encoding="utf-8")


def _is_inside(packages: Path, name: str) -> bool:
    return not name.startswith("../") and (packages / name).exists()


def compile_all(python: Path, root: Path, folder: Path) -> None:
    """Compile what is in `folder`, for a program that is to find it at the same place without `root`.

    Never checked against its source, as nobody can write there; the same source makes the same bytes.
    """
    # Some libraries bring files that are no Python of this version, on purpose: they stay as they are.
    command = [python, "-m", "compileall", "-qq", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", root, "-p", "/", folder], check=False)


def date_all(root: Path) -> None:
    """Give every file the time of the commit: the same commit makes the same package."""
    for path in root.rglob("*"):
        os.utime(path, (epoch(),) * 2, follow_symlinks=False)


def epoch() -> int:
    """The time of the build, seconds since 1970: SOURCE_DATE_EPOCH, else the commit's."""
    asked = ("git", "-C", str(ROOT), "show", "-s", "--format=%ct", "HEAD")
    return int(os.environ.get("SOURCE_DATE_EPOCH") or said(*asked))


def version_of(wheel: Path) -> str:
    """The version in the name of a wheel."""
    return wheel.name.split("-")[1]


def said(*command: str | Path) -> str:
    """The standard output of a command that must succeed."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
