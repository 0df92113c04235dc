"""The ways onto a computer: each installs into a tree, says how it is called, and removes itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from assets.packaging.debian.build import DEPENDS
from assets.packaging.environment import BUNDLED
from tests.packaging.bare import Tree

INSTALL = "apt-get update -q && apt-get install -qy --no-install-recommends "


@dataclass(frozen=True)
class Artefact:
    """What was built, and how a tree gets it and is rid of it.

    prepare: with the network, as root, what it says that it needs; install: without, as root or as the user;
    libraries: a list by which pip fetches what an index would give.
    """

    kind: str
    file: Path
    prepare: str
    install: str
    remove: str
    as_root: bool
    environment: tuple[tuple[str, str], ...] = ()
    libraries: Path | None = None

    def bring(self, tree: Tree) -> None:
        """Prepare a tree and copy the file into it, as people download it."""
        if self.prepare:
            tree.run(self.prepare, root=True, network=True)
        (tree.root / "packages").mkdir(exist_ok=True)
        shutil.copy(self.file, tree.root / "packages")
        if self.libraries is not None:
            fetching = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
            wheels = tree.root / "packages/wheels"
            subprocess.run([*fetching, "-r", self.libraries, "-d", wheels], check=True, capture_output=True)
        (tree.root / "packages").chmod(0o755)

    def put(self, tree: Tree) -> None:
        tree.run(self.install.format(file=self.file.name), root=self.as_root, seconds=600)

    def take(self, tree: Tree) -> None:
        tree.run(self.remove.format(file=self.file.name), root=self.as_root)


def debian(folder: Path) -> Artefact:
    """The Debian package. Its dependencies come first, so that what is left is its own."""
    needed = " ".join(each.split()[0] for each in DEPENDS)
    return Artefact(
        "deb", _newest(folder, "companion_*.deb"), INSTALL + needed,
        "dpkg -i /packages/{file}", "dpkg --purge companion", as_root=True,
    )  # fmt: skip


def appimage(folder: Path) -> Artefact:
    """The AppImage. Nothing is installed for it but fuse3, which the base system lacks."""
    linked = "ln -s {file} companion; ln -s {file} companion-app"
    return Artefact(
        "appimage", _newest(folder, "Companion-*.AppImage"), INSTALL + "fuse3",
        "mkdir -p ~/bin; cd ~/bin; cp /packages/{file} .; " + linked, "rm -r ~/bin", as_root=False,
        environment=(("PATH", "/home/ada/bin:/usr/bin:/bin"),),
    )  # fmt: skip


def wheel(folder: Path) -> Artefact:
    """The wheel by pipx, with the libraries from a folder in place of an index."""
    needed = " ".join(each for each in DEPENDS if not each.startswith("python3 "))
    source = "--no-index --find-links /packages/wheels"
    return Artefact(
        "wheel", _newest(folder, "companion-*.whl"), INSTALL + "pipx " + needed,
        f"pipx install --pip-args '{source}' '/packages/{{file}}[gui,virtual]'", "pipx uninstall companion",
        as_root=False, environment=(("PATH", "/home/ada/.local/bin:/usr/bin:/bin"),), libraries=BUNDLED,
    )  # fmt: skip


def _newest(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise FileNotFoundError(f"{folder}/{pattern}: `make packages` builds it")
    return found[-1]
