"""The command or the settings path that fixes a fault, for each operating system."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Literal

from companion.model import Text

System = Literal["linux", "macos", "windows"]

_COMMAND = re.compile(
    r"(?:^|`|: )((?:sudo|bluetoothctl|rfkill|chmod|brew|pip|companion|v4l2-ctl|df) [^`,]+?)(?=`|, |$)"
)


def command_of(remedy: str) -> str:
    """The command in a remedy, such as it can be pasted into a terminal; "" where there is none."""
    found = _COMMAND.search(remedy)
    return found[1] if found is not None else ""


REMEDIES: Mapping[str, Mapping[System, Text]] = {
    "kernel": {"linux": Text("sudo modprobe bluetooth")},
    "kernel-bonds": {"linux": Text("sudo apt install -t bookworm-backports linux-image-amd64")},
    "dbus": {"linux": Text("sudo systemctl start dbus")},
    "service": {"linux": Text("sudo apt install bluez && sudo systemctl enable --now bluetooth")},
    "adapter": {
        "linux": Text("Plug in a Bluetooth adapter, then: sudo systemctl restart bluetooth"),
        "macos": Text("Apple menu → System Information → Bluetooth shows your adapter"),
        "windows": Text("Device Manager → Bluetooth: enable the adapter, or plug one in"),
    },
    "adapter-off": {
        "linux": Text("bluetoothctl power on"),
        "macos": Text("System Settings → Bluetooth: on"),
        "windows": Text("Settings → Bluetooth & devices → Bluetooth: on"),
    },
    "adapter-blocked": {"linux": Text("rfkill unblock bluetooth && bluetoothctl power on")},
    "adapter-switch": {"linux": Text("Use this computer's wireless switch or key")},
    "permission": {
        "linux": Text("sudo usermod -aG bluetooth $USER, then log in again"),
        "macos": Text("System Settings → Privacy & Security → Bluetooth: allow Companion or your terminal"),
        "windows": Text("Settings → Privacy & security → Radios: on, including desktop apps"),
    },
    "profile": {
        "macos": Text(
            "developer.apple.com → Profiles and Logs: install "
            "“Bluetooth Central Matter Client Developer Mode”, then restart this Mac"
        )
    },
    "camera": {
        "linux": Text("Plug in a camera; `v4l2-ctl --list-devices` lists detected cameras"),
        "macos": Text("System Settings → Privacy & Security → Camera: allow Companion or your terminal"),
        "windows": Text("Settings → Privacy & security → Camera: on, including desktop apps"),
    },
    "camera-permission": {"linux": Text("sudo usermod -aG video $USER, then log in again")},
    "microphone": {
        "linux": Text("Connect a microphone, then run this check again"),
        "macos": Text("System Settings → Privacy & Security → Microphone: allow Companion or your terminal"),
        "windows": Text("Settings → Privacy & security → Microphone: on, including desktop apps"),
    },
    "microphone-muted": {"linux": Text("Sound settings → Input: unmute the microphone")},
    "microphone-permission": {"linux": Text("sudo usermod -aG audio $USER, then log in again")},
    "zbar": {
        "linux": Text("sudo apt install libzbar0"),
        "macos": Text("brew install zbar"),
        "windows": Text("pip install --force-reinstall pyzbar"),
    },
    "fonts": {"linux": Text("sudo apt install fonts-dejavu-core")},
    "keystore": {
        "linux": Text("sudo apt install gnome-keyring, or set COMPANION_PASSPHRASE"),
        "macos": Text("Keychain Access → unlock “login”, or set COMPANION_PASSPHRASE"),
        "windows": Text("Control Panel → Credential Manager, or set COMPANION_PASSPHRASE"),
    },
    "nfc-service": {"linux": Text("sudo apt install pcscd && sudo systemctl enable --now pcscd.socket")},
    "nfc-driver": {
        "linux": Text(
            "sudo sh -c 'echo blacklist pn533_usb > /etc/modprobe.d/pn533.conf; modprobe -r pn533_usb'"
        )
    },
    "folder": {
        "linux": Text("chmod u+rwx {folder}, or choose another folder with --data-dir"),
        "macos": Text("chmod u+rwx {folder}, or choose another folder with --data-dir"),
        "windows": Text("{folder} → Properties → Security, or choose another folder with --data-dir"),
    },
    "endpoint": {
        "linux": Text("Connect this computer to the devices' network, or use --endpoint"),
        "macos": Text("Connect this computer to the devices' network, or use --endpoint"),
        "windows": Text("Connect this computer to the devices' network, or use --endpoint"),
    },
    "space": {
        "linux": Text("Free up space (see df -h {folder}), or choose another folder with --data-dir"),
        "macos": Text("System Settings → General → Storage"),
        "windows": Text("Settings → System → Storage"),
    },
    "revocation-list": {
        "linux": Text("companion trust crl, then install the file on your broker"),
        "macos": Text("companion trust crl, then install the file on your broker"),
        "windows": Text("companion trust crl, then install the file on your broker"),
    },
    "registry": {
        "linux": Text("companion registry check"),
        "macos": Text("companion registry check"),
        "windows": Text("companion registry check"),
    },
    "registry-newer": {
        "linux": Text("Update Companion on this computer"),
        "macos": Text("Update Companion on this computer"),
        "windows": Text("Update Companion on this computer"),
    },
    "registry-owner": {
        "linux": Text("companion registry roles --apply, as its owner"),
        "macos": Text("companion registry roles --apply, as its owner"),
        "windows": Text("companion registry roles --apply, as its owner"),
    },
    "registry-open": {
        "linux": Text("companion registry use, with ?sslmode=verify-full"),
        "macos": Text("companion registry use, with ?sslmode=verify-full"),
        "windows": Text("companion registry use, with ?sslmode=verify-full"),
    },
    "registry-waiting": {
        "linux": Text("companion registry deliver"),
        "macos": Text("companion registry deliver"),
        "windows": Text("companion registry deliver"),
    },
    "clock": {
        "linux": Text("sudo timedatectl set-ntp true"),
        "macos": Text("System Settings → General → Date & Time: set automatically"),
        "windows": Text("Settings → Time & language → Date & time: set automatically"),
    },
    "versions": {
        "linux": Text("pip install --upgrade 'companion[gui,virtual]'"),
        "macos": Text("pip install --upgrade 'companion[gui,virtual]'"),
        "windows": Text("pip install --upgrade companion[gui,virtual]"),
    },
    "updates": {
        "linux": Text("Install the new release the way you installed this one"),
        "macos": Text("Install the new release the way you installed this one"),
        "windows": Text("Install the new release the way you installed this one"),
    },
}


_SYSTEMS: Mapping[str, System] = {"darwin": "macos", "win32": "windows"}


def this_system() -> System:
    """The operating system that is told about; every other Unix is told what Linux is told."""
    return _SYSTEMS.get(sys.platform, "linux")


def remedy(fault: str, **facts: str) -> Text | None:
    """What fixes `fault` here; None where it can't occur."""
    known = REMEDIES[fault].get(this_system())
    return Text(known.template, {**known.facts, **facts}) if known is not None else None
