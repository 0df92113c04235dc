"""Install size and start-up of what `make dist packages` left in dist/, against the source tree."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DIST = Path(__file__).parents[2] / "dist"
MIB = 2**20
MOST_RATIO = 2.0
"""To the source tree's time."""
ROUNDS = 7
PAINT = ("--radio", "virtual", "--exit-when-painted")
HEAD = f"{'artefact':<12}{'file':>10}{'installed':>12}{'--help':>12}{'ratio':>7}{'painted':>12}{'ratio':>7}"


@dataclass(frozen=True)
class Installed:
    """An artefact where it can be started: its sizes in octets, and what starts command and window."""

    name: str
    file: int
    size: int
    command: Sequence[str]
    window: Sequence[str]


def table() -> Iterator[str]:
    """One line for each artefact, as it is known."""
    yield HEAD
    tree = Installed("tree", 0, 0, [sys.executable, "-m", "companion"], [sys.executable, "-m", "ui"])
    with tempfile.TemporaryDirectory(prefix="companion-bench-") as work:
        found = [each for each in (_wheel(work), _debian(work), _appimage(work)) if each is not None]
        usual = _times(tree, work)
        yield _line(tree, usual, usual)
        for each in found:
            yield _line(each, _times(each, work), usual)
    if len(found) < 3:
        yield f"(what is missing in {DIST.name}/ is built by `make packages`)"


def _line(which: Installed, times: tuple[float, float], usual: tuple[float, float]) -> str:
    shown = "".join(
        f"{took:>9.0f} ms{took / than:>7.2f}{' !' if took > MOST_RATIO * than else ''}"
        for took, than in zip(times, usual, strict=True)
    )
    return f"{which.name:<12}{which.file / MIB:>6.1f} MiB{which.size / MIB:>8.1f} MiB{shown}"


def _times(which: Installed, work: str) -> tuple[float, float]:
    """Median milliseconds until the help is out, and until the window is painted; the first not counted."""
    painting = [*which.window, *PAINT, "--data-dir", f"{work}/data"]
    taken = [(_run([*which.command, "--help"]), _run(painting)) for _ in range(ROUNDS + 1)][1:]
    return statistics.median(each[0] for each in taken), statistics.median(each[1] for each in taken)


def _run(words: Sequence[str]) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    subprocess.run(words, env=environment, check=True, capture_output=True)
    return (time.perf_counter() - began) * 1000


def _wheel(work: str) -> Installed | None:
    """The wheel alone, beside the libraries of this environment."""
    file = _newest("companion-*.whl")
    if file is None:
        return None
    folder = Path(work, "wheel")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    # As installing compiles it.
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder], check=True)
    start = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); "]
    command = [*start[:2], start[2] + "from companion.__main__ import start; start()"]
    window = [*start[:2], start[2] + "from ui.__main__ import main; sys.exit(main())"]
    return Installed("wheel", file.stat().st_size, _size(folder), command, window)


def _debian(work: str) -> Installed | None:
    file = _newest("companion_*.deb")
    if file is None:
        return None
    folder = Path(work, "deb")
    subprocess.run(["dpkg-deb", "--extract", file, folder], check=True)
    python = str(folder / "usr/lib/companion/bin/python")
    start = [[python, "-I", "-m", each] for each in ("companion", "ui")]
    return Installed("deb", file.stat().st_size, _size(folder), *start)


def _appimage(work: str) -> Installed | None:
    file = _newest("Companion-*.AppImage")
    if file is None:
        return None
    names = [Path(work, each) for each in ("companion", "companion-app")]
    for name in names:
        name.symlink_to(file)
    size = file.stat().st_size
    return Installed("AppImage", size, size, *([str(name)] for name in names))


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _newest(pattern: str) -> Path | None:
    return max(DIST.glob(pattern), key=lambda path: path.stat().st_mtime, default=None)
