"""`companion station unit`: the systemd unit of a station with the options given.

Secrets stay in files that the unit names: systemd passes them on as credentials that this service alone sees
(systemd.exec).
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from companion.commands.arguments.options import is_virtual, radios
from companion.commands.arguments.protocol_options import given_options
from companion.commands.grant.usage import WrongUsage
from companion.files import data_folder
from companion.protocols import installed
from companion.services import DEFAULT_RADIO

STOP_SECONDS = 5
_NO_PASSPHRASE = (
    "# No service reaches the key store of a desktop: if your keys are in one, use --passphrase-file and a "
    "data folder of its own."
)
_HARDENING = (
    "CapabilityBoundingSet=",
    "NoNewPrivileges=yes",
    "LockPersonality=yes",
    "PrivateTmp=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHome=read-only",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectSystem=strict",
    # AF_UNIX: D-Bus, to BlueZ; AF_BLUETOOTH: controllers without BlueZ; AF_NETLINK: network interfaces.
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_BLUETOOTH",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "UMask=0077",
)


def unit(arguments: argparse.Namespace) -> str:
    """The text of a system unit. Raises WrongUsage for options that a service can't have."""
    if arguments.stdin:
        raise WrongUsage("a service has no standard input: use --serial, --csv, --watch or --camera")
    specs = radios(arguments)
    folder = data_folder(arguments.data_dir, virtual=is_virtual(arguments)).resolve()
    secrets = _secrets(arguments)
    words = (sys.executable, "-m", "companion", "station", *_words(arguments), "--data-dir", str(folder))
    # In a command, and nowhere else, "$" begins a variable.
    command = [quoted(word).replace("$", "$$") for word in words]
    for name in secrets:
        command += [f"--{name}-file", f"%d/{name}"]
    needs_bluez = any(spec.split(":")[0] == DEFAULT_RADIO for spec in specs)
    lines = [
        "[Unit]",
        "Description=Companion station",
        "Wants=network-online.target" + (" bluetooth.service" if needs_bluez else ""),
        "After=network-online.target" + (" bluetooth.service" if needs_bluez else ""),
        "",
        "[Service]",
        f"User={_printed(getpass.getuser())}",
        f"ExecStart={' '.join(command)}",
        *(f"LoadCredential={name}:{_printed(str(path))}" for name, path in secrets.items()),
        *([] if "passphrase" in secrets else [_NO_PASSPHRASE]),
        "Restart=on-failure",
        "RestartSec=10",
        "# 2: the options are wrong; 5: the grant does not allow it. A new start would change neither.",
        "RestartPreventExitStatus=2 5",
        "# How it ends when it is stopped.",
        "SuccessExitStatus=130",
        f"TimeoutStopSec={STOP_SECONDS}",
        *(f"ReadWritePaths={quoted(str(path))}" for path in _written(arguments, folder)),
        *_devices(arguments, specs),
        *_HARDENING,
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
    ]
    return "\n".join(lines)


def quoted(word: str) -> str:
    """A word of a list as systemd reads it. Raises WrongUsage for what no unit can hold."""
    plain = _printed(word)
    if plain and not set(plain) & set(" \t\"'\\;"):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printed(text: str) -> str:
    """A text in which nothing is a specifier."""
    if not text.isprintable():
        raise WrongUsage("a unit can't hold a name with characters that are not printed")
    return text.replace("%", "%%")


def _words(arguments: argparse.Namespace) -> Iterator[str]:
    """The options again, with whole paths; without the data folder and the files with secrets."""
    yield "--json"
    for flag, values in (
        ("--radio", radios(arguments)),
        ("--serial", arguments.serial),
        ("--csv", [str(path.resolve()) for path in arguments.csv]),
        ("--watch", [str(path.resolve()) for path in arguments.watch]),
    ):
        for value in values:
            yield from (flag, value)
    grant = Path(arguments.grant).resolve() if Path(arguments.grant).is_file() else arguments.grant
    for flag, value in (
        ("--grant", grant),
        ("--at-once", arguments.at_once),
        ("--journal", arguments.journal and arguments.journal.resolve()),
        ("--status-port", arguments.status_port),
        ("--name-pattern", arguments.name_pattern),
        ("--first-number", arguments.first_number if arguments.name_pattern else None),
        ("--room", arguments.room),
        ("--site", arguments.site),
        ("--same-serial", arguments.same_serial),
        ("--endpoint", arguments.endpoint),
        ("--timeout", f"{arguments.timeout:g}"),
    ):
        if value not in (None, ""):
            yield from (flag, str(value))
    for name in ("camera", "own", "accept_risks"):
        if getattr(arguments, name):
            yield f"--{name.replace('_', '-')}"
    for protocol in installed().protocols.values():
        given = given_options(arguments, protocol, protocol.options)
        for option in (option for option in protocol.options if option.key in given):
            texts = given[option.key]
            for some in [(text,) for text in texts] if option.repeats else [texts]:
                yield from (option.flag, *some)


def _secrets(arguments: argparse.Namespace) -> dict[str, Path]:
    """Files with secrets, by the name of their option and of the credential."""
    network = arguments.wifi_file or os.environ.get("COMPANION_WIFI_FILE")
    files = {"passphrase": arguments.passphrase_file, "wifi": network, "thread": arguments.thread_file}
    return {name: Path(file).resolve() for name, file in files.items() if file}


def _written(arguments: argparse.Namespace, folder: Path) -> list[Path]:
    """The folders that the service writes to."""
    journal = [arguments.journal.resolve().parent] if arguments.journal else []
    return list(dict.fromkeys([folder, *(path.resolve() for path in arguments.watch), *journal]))


def _devices(arguments: argparse.Namespace, specs: Sequence[str]) -> Iterator[str]:
    """The devices that the service may open, and the groups that may open them on most systems."""
    ports = [*arguments.serial]
    ports += [spec.split("serial:")[1].split(",")[0] for spec in specs if "bumble:serial:" in spec]
    usb = any("bumble:usb:" in spec for spec in specs)
    if not ports and not usb and not arguments.camera:
        yield "PrivateDevices=yes"
        return
    yield "DevicePolicy=closed"
    yield from (f"DeviceAllow={quoted(port)} rw" for port in ports)
    if usb:
        yield "DeviceAllow=char-usb_device rw"
    if arguments.camera:
        yield "DeviceAllow=char-video4linux rw"
    groups = [*(["dialout"] if ports else []), *(["video"] if arguments.camera else [])]
    if groups:
        yield f"SupplementaryGroups={' '.join(groups)}"
