"""Debian packages for the guest: downloaded and unpacked, never installed on this machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

# bluetoothd, hostapd and wpa_supplicant, and what carries them in a guest without a distribution.
GUEST_PACKAGES = (
    *("bluez", "busybox-static", "socat", "dbus-daemon", "libwrap0", "util-linux"),
    *("hostapd", "wpasupplicant", "libssl3", "libnl-3-200", "libnl-genl-3-200", "libnl-route-3-200"),
    "libpcsclite1",
)
# bookworm's own 6.1 kernel crashes when a bonded device has lost its keys; 6.12 does not.
KERNEL = re.compile(r"^linux-image-6\.12\.\d+\+deb12-amd64-unsigned$")


class PackagesMissing(RuntimeError):
    """The packages can't be had here; the text says which step failed."""


class Apt:
    """apt on bookworm and its backports, with lists of its own, so that the system's stay as they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in ("lists/partial", "archives/partial", "debs"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        sources = folder / "sources.list"
        sources.write_text("".join(f"deb {self._site()} {suite} main\n" for suite in SUITES))
        self._options = (
            f"-oDir::Etc::sourcelist={sources}",
            "-oDir::Etc::sourceparts=-",
            f"-oDir::State::lists={folder}/lists",
            f"-oDir::Cache::archives={folder}/archives",
            f"-oDir::Cache::pkgcache={folder}/pkgcache.bin",
            f"-oDir::Cache::srcpkgcache={folder}/srcpkgcache.bin",
            "-oAPT::Sandbox::User=root",
        )

    @staticmethod
    def _site() -> str:
        """The mirror that this machine's apt already uses for bookworm."""
        told = _run("apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(COMPONENT)").split("\n")
        for line in told:
            site, _, rest = line.partition(" ")
            if rest == "bookworm main":
                return site
        raise PackagesMissing("apt knows no mirror for Debian bookworm")

    def update(self) -> None:
        _run("apt-get", *self._options, "-q", "update")

    def newest_kernel(self) -> str:
        """The package of backports' newest 6.12 kernel."""
        names = _run("apt-cache", *self._options, "search", "--names-only", "linux-image-6.12").split("\n")
        kernels = [name for line in names if KERNEL.match(name := line.partition(" ")[0])]
        if not kernels:
            raise PackagesMissing("backports have no 6.12 kernel")
        return max(kernels, key=lambda name: [int(digits) for digits in re.findall(r"\d+", name)])

    def unpack(self, packages: tuple[str, ...], into: Path) -> None:
        """Download the packages and lay their files under `into`."""
        into.mkdir(parents=True, exist_ok=True)
        debs = self._folder / "debs"
        _run("apt-get", *self._options, "-q", "download", *packages, cwd=debs)
        for package in packages:
            (deb,) = debs.glob(f"{package}_*.deb")
            _run("dpkg", "-x", str(deb), str(into))


SUITES = ("bookworm", "bookworm-backports")


def _run(*command: str, cwd: Path | None = None) -> str:
    try:
        done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        raise PackagesMissing(f"{command[0]}: {said[-1] if said else error}") from error
    return done.stdout
