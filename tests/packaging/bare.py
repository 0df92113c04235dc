"""A Debian 12 with nothing but its base system: made once by debootstrap, with a layer over it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BASE = ROOT / "build/bare-debian"
MIRROR = "http://deb.debian.org/debian"
USER, HOME = 1000, "/home/ada"
# What a package manager keeps for itself. It is no leftover of a package.
BOOKKEEPING = (
    "var/lib/dpkg",
    "var/lib/apt",
    "var/log",
    "var/cache",
    "etc/ld.so.cache",
    "etc/resolv.conf",
    "etc/mtab.fuselock",
)
# Where users have their own: see `left_by_users`.
PLACES = ("proc", "sys", "dev", "run", "home", "packages")


@dataclass(frozen=True)
class Tree:
    """A bare Debian that may be changed. `run` raises CalledProcessError where a command fails."""

    root: Path

    def run(
        self,
        script: str,
        *,
        root: bool = False,
        network: bool = False,
        seconds: float = 300,
        **environment: str,
    ) -> str:
        """Run lines of shell inside, each of which must succeed; returns the standard output.

        As the user Ada in her home and with nothing but loopback, if nothing else is said. What the lines
        leave running is ended with them.
        """
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
        inside = [sys.executable, "-m", "tests.packaging.inside", self.root, "0" if root else str(USER)]
        done = subprocess.run(
            [*apart, *inside, script],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                **{f"IN_{key}": value for key, value in environment.items()},
            },
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            print(done.stdout[-3000:], done.stderr[-3000:], sep="\n", file=sys.stderr)
            raise subprocess.CalledProcessError(done.returncode, script)
        return done.stdout

    def files(self) -> set[str]:
        """What is there, without the package manager's own and without what users have."""
        found = set()
        for folder, folders, names in os.walk(self.root):
            at = Path(folder).relative_to(self.root)
            folders[:] = [each for each in folders if str(at / each) not in (*BOOKKEEPING, *PLACES)]
            found |= {str(at / name) for name in (*folders, *names)} - set(BOOKKEEPING)
        return found

    def left_by_users(self) -> set[str]:
        """The folders in Ada's home that hold files, without her own at its top."""
        home = self.root / HOME.removeprefix("/")
        return {path.parent.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()} - {
            "."
        }


def base() -> Path:
    """The base system; made where it is not there. Raises CalledProcessError."""
    if not (BASE / "made").exists():
        shutil.rmtree(BASE, ignore_errors=True)
        BASE.parent.mkdir(exist_ok=True)
        made = ["debootstrap", "--variant=minbase", "bookworm", str(BASE), MIRROR]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        (BASE / "made").touch()
    return BASE


@contextmanager
def tree() -> Iterator[Tree]:
    """A fresh one, with the user Ada. It is gone afterwards. Needs root."""
    with tempfile.TemporaryDirectory(prefix="companion-bare-") as work:
        upper, inner, root = (Path(work, name) for name in ("upper", "inner", "root"))
        for folder in (upper, inner, root):
            folder.mkdir()
        layers = f"lowerdir={base()},upperdir={upper},workdir={inner}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, root], check=True)
        try:
            shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
            (root / "tmp/.X11-unix").mkdir()
            # As in every system that was started once; fusermount3 reads it.
            (root / "etc/mtab").symlink_to("../proc/self/mounts")
            home = root / HOME.removeprefix("/")
            home.mkdir(parents=True)
            os.chown(home, USER, USER)
            with (root / "etc/passwd").open("a") as users:
                users.write(f"ada:x:{USER}:{USER}:Ada:{HOME}:/bin/sh\n")
            yield Tree(root)
        finally:
            subprocess.run(["umount", root], check=True)
