"""Virtual TCAT devices for the command line."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from companion.files import create_private
from companion.networks.thread.changes import Changes, new_network
from companion.protocols import Memory
from companion.protocols.tcat.commissioner import MEMORY
from companion.protocols.tcat.virtual.options import KNOWN, PROVED, TcatFault, TcatOptions
from companion.protocols.tcat.virtual.peripheral import VirtualTcat
from companion.secret import Secret
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.peripheral import Peripheral

PSKD, PSKC = "asks-pskd", "asks-pskc"
_DEVICE_ID_OCTETS = 8


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """None in the default world: nobody there has a certificate that one would accept."""
    return []


def prepare(memory: Memory) -> Secret:
    """Keeps a commissioner that all virtual devices of this process accept; the dataset of a network."""
    memory.put_secret(MEMORY, TcatOptions().commissioner().reveal())
    return new_network(Changes(name="virtual-mesh")).secret


def make(options: DeviceOptions) -> VirtualTcat:
    """A device of its own, which forgets with its process. Raises ValueError and OSError."""
    if options.label is not None:
        raise ValueError("TCAT devices have no setup code, so --label can't be used")
    given = options.own.get("device-id")
    made = with_faults(TcatOptions(device_id=_device_id(given[0] if given else None)), options.faults)
    if (files := options.own.get("commissioner")) is not None:
        create_private(Path(files[0]), made.commissioner().reveal())
        options.say(f"A commissioner that it accepts is in {files[0]}.")
    if made.conditions == PROVED:
        options.say(f"Its label has the PSKd {made.pskd.reveal_text()}.")
    return VirtualTcat(made)


def _device_id(given: str | None) -> bytes:
    """Raises ValueError."""
    if given is None:
        return secrets.token_bytes(_DEVICE_ID_OCTETS)
    try:
        made = bytes.fromhex(given)
    except ValueError:
        made = b""
    if len(made) != _DEVICE_ID_OCTETS:
        raise ValueError(f"--device-id takes {2 * _DEVICE_ID_OCTETS} hexadecimal digits")
    return made


def with_faults(options: TcatOptions, texts: tuple[str, ...]) -> TcatOptions:
    """The options with what `--fault` asks for. Raises ValueError, whose text says what there is."""
    for text in texts:
        if text == PSKD:
            options = replace(options, conditions=PROVED)
            continue
        if text == PSKC:
            options = replace(options, conditions=KNOWN)
            continue
        try:
            options = replace(options, faults=options.faults | {TcatFault(text)})
        except ValueError:
            known = [PSKD, PSKC, *(fault.value for fault in TcatFault)]
            raise ValueError(f"unknown fault “{text}”; available: {', '.join(known)}") from None
    return options
