"""Everything but Bluetooth: camera, codes, fonts, keys, disk, clock and versions."""

from __future__ import annotations

import ipaddress
import os
import platform
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from companion import version
from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import remedy, this_system
from companion.errors import FolderForeign, FolderShared, KeyStoreUnavailable, StorageError
from companion.files import abbreviate_home, check_folder
from companion.identity import crl
from companion.model import Text

CAMERAS = Path("/dev")
LITTLE_SPACE, NO_SPACE = 100 << 20, 5 << 20
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
REPORTED_VERSIONS = ("bleak", "cryptography", "PySide6", "bumble", "zxing-cpp")


def camera() -> Check:
    """Without one, codes are typed, pasted or read from pictures."""
    if this_system() != "linux":
        return Check(
            CheckName.CAMERA,
            CheckState.UNKNOWN,
            Text("Permission is requested when you scan"),
            remedy("camera"),
        )
    nodes = sorted(CAMERAS.glob("video*"))
    if not nodes:
        return Check(CheckName.CAMERA, CheckState.LACKING, Text("No camera found"), remedy("camera"))
    if not any(os.access(node, os.R_OK | os.W_OK) for node in nodes):
        denied = Text("No permission to use the camera")
        return Check(CheckName.CAMERA, CheckState.LACKING, denied, remedy("camera-permission"))
    return Check(CheckName.CAMERA, CheckState.GOOD, Text("Camera found ({nodes})", {"nodes": len(nodes)}))


def zbar() -> Check:
    """The second opinion on codes that are hard to read."""
    from companion.scanner.engines import has_zbar

    if has_zbar():
        return Check(CheckName.ZBAR, CheckState.GOOD, Text("zbar available as a second decoder"))
    missing = Text("zbar is missing: codes are harder to read in poor light")
    return Check(CheckName.ZBAR, CheckState.LACKING, missing, remedy("zbar"))


def fonts() -> Check:
    """Only Linux may have none at all; then the window shows boxes."""
    if this_system() != "linux":
        return Check(CheckName.FONTS, CheckState.GOOD, Text("System fonts"))
    for folder in FONT_FOLDERS:
        for kind in ("*.ttf", "*.otf", "*.ttc"):
            if next(Path(folder).expanduser().rglob(kind), None) is not None:
                return Check(CheckName.FONTS, CheckState.GOOD, Text("Fonts in {folder}", {"folder": folder}))
    return Check(CheckName.FONTS, CheckState.LACKING, Text("No fonts found for the window"), remedy("fonts"))


def keystore() -> Check:
    """Without one the keys are in a file that a passphrase locks."""
    from companion.identity import PASSPHRASE_VARIABLE
    from companion.identity.locks import system_keyring

    if os.environ.get(PASSPHRASE_VARIABLE):
        return Check(
            CheckName.KEYSTORE, CheckState.GOOD, Text("Keys are in a file encrypted with your passphrase")
        )
    backend = system_keyring()
    if backend is not None:
        return Check(
            CheckName.KEYSTORE, CheckState.GOOD, Text("Keys are in {store}", {"store": backend.name})
        )
    missing = Text("No system key store: Companion asks for a passphrase and uses an encrypted file")
    return Check(CheckName.KEYSTORE, CheckState.LACKING, missing, remedy("keystore"))


def hsm_modules() -> list[Check]:
    """Nobody has to have a hardware token: nothing is said where no module is installed. None is loaded, for
    each is somebody's code and may wait for a reader."""
    from companion.identity.hardware.modules import installed

    names = ", ".join(file.name for file in installed())
    if not names:
        return []
    return [Check(CheckName.HSM, CheckState.GOOD, Text("Hardware tokens: {modules}", {"modules": names}))]


def keystore_silent() -> Check:
    """What is said when the key store gave no answer in time."""
    found = Text("The key store does not respond")
    return Check(CheckName.KEYSTORE, CheckState.BLOCKING, found, remedy("keystore"), KeyStoreUnavailable)


def folder(data_dir: Path | None) -> Check:
    """Can records be written, and is there room for them? Nothing is made or written."""
    wanted = data_folder(data_dir)
    there = next((path for path in (wanted, *wanted.parents) if path.exists()), Path())
    facts = {"folder": abbreviate_home(str(wanted))}
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        denied = Text("Can't write to {folder}", facts)
        return Check(CheckName.FOLDER, CheckState.BLOCKING, denied, remedy("folder", **facts), StorageError)
    if there == wanted:
        try:
            check_folder(wanted)
        except FolderShared as wrong:
            sentence = Text("Other users can write to {folder}", facts)
            return Check(
                CheckName.FOLDER, CheckState.BLOCKING, sentence, wrong.advice_with_facts, FolderShared
            )
        except FolderForeign as wrong:
            sentence = Text("{folder} belongs to another user", facts)
            return Check(
                CheckName.FOLDER, CheckState.BLOCKING, sentence, wrong.advice_with_facts, FolderForeign
            )
    free = shutil.disk_usage(there).free
    room = Text("{free} MB free for {folder}", {"free": free >> 20, **facts})
    if free < NO_SPACE:
        return Check(CheckName.FOLDER, CheckState.BLOCKING, room, remedy("space", **facts), StorageError)
    if free < LITTLE_SPACE:
        return Check(CheckName.FOLDER, CheckState.LACKING, room, remedy("space", **facts))
    return Check(CheckName.FOLDER, CheckState.GOOD, room)


def endpoint() -> Check:
    """Where devices connect after they joined the network. The port is another one each time."""
    from companion.networks.lan_address import lan_address

    host = lan_address()
    if ipaddress.ip_address(host).is_loopback:
        none = Text("Devices can't reach this computer on its network")
        return Check(CheckName.ENDPOINT, CheckState.LACKING, none, remedy("endpoint"))
    return Check(
        CheckName.ENDPOINT,
        CheckState.GOOD,
        Text("While a device is set up, devices can connect to {host} on a TLS port", {"host": host}),
    )


def revocation_list(data_dir: Path | None, now: datetime | None = None) -> list[Check]:
    """The list of revoked certificates that was written for brokers, if one was."""
    published = crl.published(data_folder(data_dir))
    if published is None:
        return []
    standing = published.standing(now or datetime.now(UTC))
    facts = {"file": abbreviate_home(str(published.file)), "until": f"{published.until:%Y-%m-%d %H:%M} UTC"}
    found = replace(_LISTS[standing], facts=facts)
    if standing is crl.CrlState.FRESH:
        return [Check(CheckName.REVOCATION_LIST, CheckState.GOOD, found)]
    return [Check(CheckName.REVOCATION_LIST, CheckState.LACKING, found, remedy("revocation-list"))]


_LISTS: Mapping[crl.CrlState, Text] = {
    crl.CrlState.FRESH: Text("Revocation list valid until {until}"),
    crl.CrlState.AGING: Text("Revocation list expires on {until}; brokers then reject every device"),
    crl.CrlState.MISSING: Text("Revocation list missing: {file}"),
    crl.CrlState.EXPIRED: Text("Revocation list expired; brokers reject every device"),
}


def data_folder(data_dir: Path | None) -> Path:
    import platformdirs

    return data_dir or Path(platformdirs.user_data_dir("companion", appauthor=False))


def clock(now: float | None = None, installed: float | None = None) -> Check:
    """A clock that is behind this program's own files would make certificates that nobody takes."""
    now = time.time() if now is None else now
    installed = Path(__file__).stat().st_mtime if installed is None else installed
    time_of_day = Text("{when}", {"when": time.strftime("%Y-%m-%d %H:%M %Z", time.localtime(now))})
    if now < installed:
        return Check(
            CheckName.CLOCK,
            CheckState.LACKING,
            Text("The clock is wrong: {when}", time_of_day.facts),
            remedy("clock"),
        )
    return Check(CheckName.CLOCK, CheckState.GOOD, time_of_day)


def versions() -> Check:
    """Companion's, Python's, and those of what decides about radio and window."""
    installed = {name: found for name in REPORTED_VERSIONS if (found := version.installed(name))}
    names = {"Companion": version.version(), "Python": platform.python_version(), **installed}
    listed = ", ".join(f"{name} {its_version}" for name, its_version in names.items())
    facts = {"versions": f"{listed}, {platform.system()} {platform.machine()}"}
    if window_would_crash(installed, sys.version_info[:2]):
        crash = Text("PySide6 6.12 crashes on this Python version: {versions}", facts)
        return Check(CheckName.VERSIONS, CheckState.LACKING, crash, remedy("versions"))
    return Check(CheckName.VERSIONS, CheckState.GOOD, Text("{versions}", facts))


def window_would_crash(installed: Mapping[str, str], python: tuple[int, ...]) -> bool:
    """PySide6 6.12.0 loses references to True and None before Python 3.12 made them immortal."""
    return python < (3, 12) and installed.get("PySide6", "").startswith("6.12.")
