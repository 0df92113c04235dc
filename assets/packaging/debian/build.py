"""A Debian package from the wheel: `python assets/packaging/debian/build.py WHEEL FOLDER`.

Libraries of the system come from Debian (`DEPENDS`). Python libraries are in an environment of the package's
own, because Debian 12 has none or older ones of most. Needs Debian's python3-venv, and an index for pip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
HOME = Path("/usr/lib/companion")
APP_ID = "internal.companion.Companion"
PROGRAMS = ("companion", "companion-app")
EXTRAS = "gui,virtual,serial,hsm,team"
DEPENDS = (
    "python3 (>= 3.11)", "python3 (<< 3.12)", "libegl1", "libgl1", "libglib2.0-0", "libfontconfig1",
    "libdbus-1-3", "libxkbcommon0", "libzbar0", "libpulse0", "libxrandr2", "libxcb-cursor0", "libxcb-icccm4",
    "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxcb-image0",
    "libxcb-render-util0",
    "fonts-dejavu-core",
)  # fmt: skip
# Of Qt, what a browser, a designer and 3D need: a third of the package.
UNUSED = (
    "PySide6/Qt/lib/libQt6WebEngine*", "PySide6/Qt/lib/libQt6Designer*", "PySide6/Qt/lib/libQt63D*",
    "PySide6/Qt/lib/libQt6Quick3D*", "PySide6/Qt/resources", "PySide6/Qt/translations/qtwebengine_locales",
    "PySide6/Qt/libexec/QtWebEngineProcess", "PySide6/Qt/qml", "PySide6/QtWebEngine*", "PySide6/Qt3D*",
    "PySide6/assistant", "PySide6/designer", "PySide6/linguist", "PySide6/Qt/plugins/designer",
    "PySide6/*.pyi",
    "PySide6/glue", "PySide6/typesystems", "PySide6/include",
)  # fmt: skip


def main(wheel: Path, out: Path) -> Path:
    """Build `companion_VERSION_ARCH.deb` in `out`."""
    _, made_from, *_ = wheel.name.split("-")
    # Before the release that it leads to.
    version = made_from.replace(".dev", "~dev")
    os.environ.setdefault(
        "SOURCE_DATE_EPOCH", _said("git", "-C", str(ROOT), "show", "-s", "--format=%ct", "HEAD")
    )
    with tempfile.TemporaryDirectory(prefix="companion-deb-") as work:
        root = Path(work) / "root"
        _environment(root, wheel)
        _programs(root)
        _shared(root, version)
        _control(root, version)
        # One time for all: the same commit makes the same package.
        for path in root.rglob("*"):
            os.utime(path, (int(os.environ["SOURCE_DATE_EPOCH"]),) * 2, follow_symlinks=False)
        package = out / f"companion_{version}_{_said('dpkg', '--print-architecture')}.deb"
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z3", "--threads-max=1", "--build", root, package],
            check=True,
        )
    return package


def _environment(root: Path, wheel: Path) -> None:
    home = root / HOME.relative_to("/")
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--python", home / "bin/python", "install", "-q"]
    options = ["--no-compile", "--no-warn-script-location", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, *options, "-c", ROOT / ".ci/constraints.txt", f"{wheel.resolve()}[{EXTRAS}]"], check=True
    )
    (packages,) = (home / "lib").glob("python*/site-packages")
    for pattern in UNUSED:
        for path in packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for script in (home / "bin").iterdir():
        if script.is_symlink():
            continue
        if script.name not in PROGRAMS:
            script.unlink()
            continue
        script.write_text(script.read_text().replace(str(home), str(HOME)))
    settings = home / "pyvenv.cfg"
    kept = [line for line in settings.read_text().splitlines() if not line.startswith("command")]
    settings.write_text("\n".join(kept) + "\n")
    for path in packages.glob("companion-*.dist-info/direct_url.json"):
        path.unlink()
    # Some libraries bring files that are no Python of this version, on purpose: they stay as they are.
    compiling = [
        "compileall",
        "-qq",
        "--invalidation-mode",
        "unchecked-hash",
        "-s",
        root,
        "-p",
        "/",
        packages,
    ]
    subprocess.run([home / "bin/python", "-m", *compiling, packages], check=False)


def _programs(root: Path) -> None:
    programs = root / "usr/bin"
    programs.mkdir(parents=True)
    for name in PROGRAMS:
        (programs / name).symlink_to(HOME / "bin" / name)


def _shared(root: Path, version: str) -> None:
    share, python = root / "usr/share", root / HOME.relative_to("/") / "bin/python"
    for name, place in (
        (f"{APP_ID}.desktop", share / "applications"),
        (f"{APP_ID}.metainfo.xml", share / "metainfo"),
        ("copyright", share / "doc/companion"),
        ("70-companion.rules", root / "usr/lib/udev/rules.d"),
    ):
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / name, place / name)
    date = _said("date", "-u", "-d", f"@{os.environ['SOURCE_DATE_EPOCH']}", "+%Y-%m-%d")
    # -I: of the package and not of the tree that builds it; -B: nothing more is compiled into it.
    alone = [python, "-I", "-B"]
    wide = {**os.environ, "COLUMNS": "100"}
    subprocess.run([*alone, HERE / "manual.py", share / "man/man1", version, date], env=wide, check=True)
    subprocess.run([*alone, HERE / "icons.py", share], check=True)
    for shell, place in (
        ("bash", "bash-completion/completions/companion"),
        ("zsh", "zsh/vendor-completions/_companion"),
        ("fish", "fish/vendor_completions.d/companion.fish"),
    ):
        (share / place).parent.mkdir(parents=True)
        made = subprocess.run(
            [*alone, "-m", "companion", "completion", shell], check=True, capture_output=True
        )
        (share / place).write_bytes(made.stdout)


def _control(root: Path, version: str) -> None:
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    folder = root / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(
        f"Package: companion\nVersion: {version}\nArchitecture: {_said('dpkg', '--print-architecture')}\n"
        "Maintainer: The Companion developers <companion@localhost>\nSection: utils\nPriority: optional\n"
        f"Installed-Size: {size}\nDepends: {', '.join(DEPENDS)}\n"
        "Recommends: bluez\nSuggests: opensc, softhsm2, gnome-keyring\n"
        "Description: commission Bluetooth LE devices from a laptop\n"
        " Reads the setup code on a device's label with the webcam, connects, hands over network and\n"
        " certificate, verifies that they work, and keeps a signed record. Matter, RP1, ESP32 and Improv.\n"
    )
    # What root compiled by running it is no file of the package.
    remove = f"#!/bin/sh\nset -e\nfind {HOME} -name __pycache__ -type d -exec rm -rf {{}} + || true\n"
    (folder / "prerm").write_text(remove)
    (folder / "prerm").chmod(0o755)


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
