"""The system's libraries that an AppImage needs: those that it brings, and those that it has in case.

A graphics driver must meet the libraries of its own system, so these are taken from the AppImage only where
the system has none (`SPARE`, after the list that AppImages exclude). glibc is always the system's.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

GLIBC = re.compile(r"(ld-linux.*|lib(c|m|dl|pthread|rt|resolv|util|anl|nsl|nss_.*|mvec|thread_db))\.so")
SPARE = re.compile(
    r"lib(GL|EGL|GLX|GLdispatch|OpenGL|GLESv2|drm|gbm|glapi|X11|X11-xcb|xcb|stdc\+\+|gcc_s|asound|fontconfig"
    r"|freetype|z|expat)\.so"
)
ALSO = ("libzbar.so.0", "libpulse.so.0", "libXrandr.so.2", "libxcb-cursor.so.0")
"""Loaded by name while Companion runs, so that no program tells."""
NEEDS = re.compile(r"^\s*(\S+) => (/\S+)", re.MULTILINE)


def gather(root: Path) -> Iterator[Path]:
    """Copy them below `root`; yields where each came from.

    usr/lib/bundled has what the AppImage brings, usr/lib/spare/NAME each library that it has in case.
    """
    own = {path.name for path in (root / "usr/lib/python3").rglob("*.so*")}
    for name, path in sorted(_needed(root).items()):
        if name in own or GLIBC.match(name):
            continue
        folder = root / ("usr/lib/spare/" + name if SPARE.match(name) else "usr/lib/bundled")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
        yield path


def _needed(root: Path) -> dict[str, Path]:
    """What the loader finds in this computer for all programs and libraries below `root`, by name."""
    loaded = [root / "usr/bin/python3.11", *sorted((root / "usr/lib").rglob("*.so*"))]
    loaded += [_place(name) for name in ALSO]
    files = [str(path) for path in loaded if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    # ldd fails for what is no program of this machine, which some libraries bring for others.
    told = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    found = {name: Path(place) for name, place in NEEDS.findall(told) if not place.startswith(str(root))}
    return {**found, **{name: _place(name) for name in ALSO}}


def _place(name: str) -> Path:
    """Where the loader finds a library."""
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    line = next(line for line in listed.splitlines() if line.strip().startswith(f"{name} "))
    return Path(line.split(" => ")[1])
