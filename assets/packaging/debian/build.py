"""A Debian package from the wheel: `python -m assets.packaging.debian.build WHEEL FOLDER`.

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

from assets.packaging import share
from assets.packaging.environment import compile_all, date_all, epoch, install, prune, said, version_of

HERE = Path(__file__).parent
HOME = Path("/usr/lib/companion")
PROGRAMS = ("companion", "companion-app")
DEPENDS = (
    "python3 (>= 3.11)", "python3 (<< 3.12)", "libegl1", "libgl1", "libglib2.0-0", "libfontconfig1",
    "libdbus-1-3", "libxkbcommon0", "libzbar0", "libpulse0", "libxrandr2", "libxcb-cursor0", "libxcb-icccm4",
    "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxcb-image0",
    "libxcb-render-util0",
    "fonts-dejavu-core",
)  # fmt: skip


def main(wheel: Path, out: Path) -> Path:
    """Build `companion_VERSION_ARCH.deb` in `out`."""
    # Before the release that it leads to.
    version = version_of(wheel).replace(".dev", "~dev")
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch()))
    with tempfile.TemporaryDirectory(prefix="companion-deb-") as work:
        root = Path(work) / "root"
        _environment(root, wheel)
        _programs(root)
        _shared(root, version)
        _control(root, version)
        date_all(root)
        package = out / f"companion_{version}_{said('dpkg', '--print-architecture')}.deb"
        out.mkdir(parents=True, exist_ok=True)
        packing = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z3", "--threads-max=1", "--build"]
        subprocess.run([*packing, root, package], check=True)
    return package


def _environment(root: Path, wheel: Path) -> None:
    home = root / HOME.relative_to("/")
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", home], check=True)
    install(wheel, home / "bin/python")
    (packages,) = (home / "lib").glob("python*/site-packages")
    prune(packages)
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
    compile_all(home / "bin/python", root, packages)


def _programs(root: Path) -> None:
    programs = root / "usr/bin"
    programs.mkdir(parents=True)
    for name in PROGRAMS:
        (programs / name).symlink_to(HOME / "bin" / name)


def _shared(root: Path, version: str) -> None:
    python = root / HOME.relative_to("/") / "bin/python"
    share.write(root / "usr/share", python, version)
    documents = root / "usr/share/doc/companion"
    share.write_parts(documents, python)
    shutil.copyfile(HERE / "copyright", documents / "copyright")
    rules = root / "usr/lib/udev/rules.d"
    rules.mkdir(parents=True)
    shutil.copyfile(share.HERE / "70-companion.rules", rules / "70-companion.rules")


def _control(root: Path, version: str) -> None:
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    folder = root / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(
        f"Package: companion\nVersion: {version}\nArchitecture: {said('dpkg', '--print-architecture')}\n"
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


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
