"""The text that names a radio (`--radio SPEC`, `COMPANION_RADIO`), taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from companion.errors import RadioSpecError

# In front of a Bumble radio: what its transport leads to is a virtual air.
VIRTUAL_PREFIX = "virtual+"
_ADAPTER = re.compile(r"hci\d{1,3}|(?:[0-9A-F]{2}:){5}[0-9A-F]{2}")


class RadioKind(StrEnum):
    OS = "os"
    VIRTUAL = "virtual"
    BUMBLE = "bumble"


class VirtualWorld(Protocol):
    """Virtual devices that can be put on an air."""

    async def populate(self, link: Any) -> None:
        """Open the world's devices on `link`, a `bumble.link.LocalLink`."""

    async def close(self) -> None:
        """Close the devices."""


@dataclass(frozen=True)
class RadioSpec:
    """A radio by kind and, for Bumble, by HCI transport ("usb:0", "tcp-client:127.0.0.1:6402").

    adapter: one of the system's, "hci1" or an address (on Linux), "" for the usual one

    is_virtual: no radio wave comes of it. Whoever names the radio says so, nothing is guessed from an
    address: behind a socket on this machine there may be a controller that transmits.
    """

    text: str
    kind: RadioKind
    transport: str = ""
    is_virtual: bool = False
    adapter: str = ""

    @classmethod
    def parse(cls, text: str) -> RadioSpec:
        """Raises RadioSpecError unless `text` is "os[:hciN]", "os[:ADDRESS]", "virtual" or
        "[virtual+]bumble:TRANSPORT".
        """
        named = text.removeprefix(VIRTUAL_PREFIX)
        kind, _, transport = named.partition(":")
        if kind == RadioKind.BUMBLE and ":" in transport:
            return cls(text, RadioKind.BUMBLE, transport, is_virtual=named != text)
        if kind == RadioKind.OS and text == named and _ADAPTER.fullmatch(transport):
            return cls(text, RadioKind.OS, adapter=transport)
        if text in (RadioKind.OS, RadioKind.VIRTUAL):
            return cls(text, RadioKind(text), is_virtual=text == RadioKind.VIRTUAL)
        raise RadioSpecError("not a radio", spec=text)


def as_virtual(text: str) -> str:
    """The radio of `text` with the word that it is virtual (`--virtual`).

    Raises RadioSpecError for this computer's adapter, and what `RadioSpec.parse` raises.
    """
    spec = RadioSpec.parse(text)
    if spec.kind is RadioKind.OS:
        raise RadioSpecError("this computer's adapter is not virtual", spec=text)
    return text if spec.is_virtual else VIRTUAL_PREFIX + text


def split_specs(text: str) -> list[str]:
    """The radios of a text that has several, separated by commas (`COMPANION_RADIO`).

    A transport may have commas of its own: what follows one is a radio only if it begins like one.
    """
    return [spec.strip() for spec in re.split(r",(?=\s*(?:os\b|virtual\b|bumble:))", text)]


def all_virtual(specs: Sequence[str]) -> bool:
    """True if these radios are virtual, False if none of them is.

    Raises RadioSpecError for a mixture, since the devices, keys and records of the virtual world are kept
    apart, and what `RadioSpec.parse` raises.
    """
    kinds = {RadioSpec.parse(spec).is_virtual for spec in specs}
    if len(kinds) != 1:
        raise RadioSpecError("virtual radios can't be used together with others", spec=", ".join(specs))
    return kinds.pop()
