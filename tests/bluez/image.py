"""Builds the guest: Debian's kernel and an initramfs with BlueZ, D-Bus, socat, hostapd and wpa_supplicant.

`python -m tests.bluez.image` builds it once into build/bluez; nothing is installed on this machine.
A guest of another recipe than today's is built anew.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bluez.packages import GUEST_PACKAGES, Apt, PackagesMissing

GUEST = Path(__file__).parent / "guest"
BUILD = Path(__file__).parents[2] / "build" / "bluez"
KERNEL, INITRAMFS = BUILD / "vmlinuz", BUILD / "initramfs.gz"
RECIPE = BUILD / "recipe"
LIBRARIES = "lib/x86_64-linux-gnu"

PROGRAMS = (
    "usr/libexec/bluetooth/bluetoothd",
    "usr/bin/btattach",
    "usr/bin/btmon",
    "usr/bin/socat",
    "usr/bin/dbus-daemon",
    "usr/bin/chrt",
    "usr/sbin/hostapd",
    "sbin/wpa_supplicant",
)
# OpenSSL's old algorithms, which hostapd's RADIUS and EAP load at their start: without them it ends silently.
OPENSSL_MODULE = "ossl-modules/legacy.so"
APPLETS = (
    "sh",
    "mount",
    "mkdir",
    "insmod",
    "ifconfig",
    "sleep",
    "tty",
    "cat",
    "dmesg",
    "ls",
    "pidof",
    "kill",
    "date",
    "grep",
    "tail",
    "rm",
    "udhcpd",
    "udhcpc",
)
# In loading order. The random generator comes before ecdh, whose self-test draws a private key from it.
MODULES = (
    "virtio_pci",
    "virtio_net",
    "sha512_generic",
    "ctr",
    "jitterentropy_rng",
    "drbg",
    "ecdh_generic",
    "cmac",
    "ecb",
    "ccm",
    "algif_hash",
    "algif_skcipher",
    "bluetooth",
    "hci_uart",
    "gcm",
    "aes_generic",
    "mac80211_hwsim",
)
# insmod's words for a module. Two radios: an access point and a station.
PARAMETERS = {"mac80211_hwsim": "radios=2"}


def build(*, again: bool = False) -> None:
    """Build kernel and initramfs unless they are there. Raises PackagesMissing where that can't be done."""
    recipe = _recipe()
    if not again and RECIPE.exists() and RECIPE.read_text() == recipe:
        return
    packages = BUILD / "packages"
    shutil.rmtree(BUILD, ignore_errors=True)
    apt = Apt(BUILD / "apt")
    apt.update()
    apt.unpack((apt.newest_kernel(), *GUEST_PACKAGES), packages)
    root = BUILD / "root"
    _lay_out(root, packages)
    _copy_modules(root, packages)
    _pack(root, INITRAMFS)
    (kernel,) = packages.glob("boot/vmlinuz-*")
    shutil.copy(kernel, KERNEL)
    shutil.rmtree(packages)
    shutil.rmtree(root)
    shutil.rmtree(BUILD / "apt")
    RECIPE.write_text(recipe)


def _recipe() -> str:
    """A digest of everything that the guest is made by, which tells a stale one."""
    sources = (Path(__file__), Path(__file__).with_name("packages.py"), *sorted(GUEST.iterdir()))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _lay_out(root: Path, packages: Path) -> None:
    for folder in ("bin", "usr/bin", "etc/bluetooth", "etc/dbus-1", "run/dbus", "var/lib/bluetooth", "tmp"):
        (root / folder).mkdir(parents=True)
    for folder in ("dev", "proc", "sys", "lib64", LIBRARIES):
        (root / folder).mkdir(parents=True)
    shutil.copy(packages / "bin/busybox", root / "bin/busybox")
    for applet in APPLETS:
        (root / "bin" / applet).symlink_to("busybox")
    for program in PROGRAMS:
        shutil.copy(packages / program, root / "usr/bin")
    _copy_libraries(root, packages)
    legacy = root / "usr" / LIBRARIES / OPENSSL_MODULE
    legacy.parent.mkdir(parents=True)
    shutil.copy(packages / "usr" / LIBRARIES / OPENSSL_MODULE, legacy)
    for name, place in (("init", "init"), ("adapter", "bin/adapter"), ("dhcp-event", "bin/dhcp-event")):
        shutil.copy(GUEST / name, root / place)
        (root / place).chmod(0o755)
    shutil.copy(GUEST / "system.conf", root / "etc/dbus-1")
    shutil.copy(GUEST / "main.conf", root / "etc/bluetooth")
    (root / "etc/passwd").write_text("root:x:0:0:root:/:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\n")
    (root / "etc/machine-id").write_text("0123456789abcdef" * 2 + "\n")


def _copy_libraries(root: Path, packages: Path) -> None:
    """What the programs are linked with, from the packages or from this machine."""
    places = f"{packages / LIBRARIES}:{packages / 'usr' / LIBRARIES}"
    environment = {**os.environ, "LD_LIBRARY_PATH": places}
    for program in sorted((root / "usr/bin").iterdir()):
        told = _output("ldd", str(program), env=environment)
        if "not found" in told:
            raise PackagesMissing(f"{program.name} lacks a library: {told.strip()}")
        for library in re.findall(r"(/\S+\.so\S*)", told):
            place = "lib64" if "ld-linux" in library else LIBRARIES
            shutil.copy(library, root / place / Path(library).name)


def _copy_modules(root: Path, packages: Path) -> None:
    found = {_plain(path): path for path in (packages / "lib/modules").rglob("*.ko.xz")}
    target = root / "lib/modules"
    target.mkdir(parents=True)
    order = []
    for path in _in_order(MODULES, found):
        name = path.name.removesuffix(".xz")
        (target / name).write_bytes(lzma.decompress(path.read_bytes()))
        words = PARAMETERS.get(name.removesuffix(".ko"), "")
        order.append(f"/lib/modules/{name} {words}\n")
    (root / "modules.order").write_text("".join(order))


def _in_order(names: Iterable[str], found: dict[str, Path], done: set[str] | None = None) -> Iterator[Path]:
    """Each module after those that it depends on. What is not found is built into the kernel."""
    done = set() if done is None else done
    for name in names:
        plain = name.replace("-", "_")
        if plain in done or plain not in found:
            continue
        done.add(plain)
        needed = _output("modinfo", "-F", "depends", str(found[plain])).strip()
        yield from _in_order(needed.split(",") if needed else (), found, done)
        yield found[plain]


def _plain(path: Path) -> str:
    return path.name.removesuffix(".ko.xz").replace("-", "_")


def _pack(root: Path, target: Path) -> None:
    listing = "\n".join(str(path.relative_to(root)) for path in sorted(root.rglob("*"))).encode()
    packed = subprocess.run(
        ["cpio", "--create", "--format=newc", "--quiet", "--owner=0:0"],
        cwd=root,
        input=listing,
        capture_output=True,
        check=True,
    )
    target.write_bytes(
        subprocess.run(["gzip", "-1"], input=packed.stdout, capture_output=True, check=True).stdout
    )


def _output(*command: str, env: dict[str, str] | None = None) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise PackagesMissing(f"{command[0]} failed: {error}") from error


if __name__ == "__main__":
    try:
        build(again="--again" in sys.argv)
    except PackagesMissing as missing:
        sys.exit(f"The BlueZ guest can't be built here: {missing}")
    print(f"{KERNEL.stat().st_size >> 20} MiB kernel, {INITRAMFS.stat().st_size >> 20} MiB initramfs")
