"""The text that names a radio (`--radio SPEC`, `COMPANION_RADIO`), taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, Protocol

from companion.errors import RadioSpecError

# Bumble transports that end on this machine, by how their address is written.
_PIPES = ("unix", "unix-server", "pty")
_SOCKETS = ("tcp-client", "tcp-server", "udp", "ws-client", "ws-server")


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
    """A radio by kind and, for Bumble, by HCI transport ("usb:0", "tcp-client:127.0.0.1:6402")."""

    text: str
    kind: RadioKind
    transport: str = ""

    @classmethod
    def parse(cls, text: str) -> RadioSpec:
        """Raises RadioSpecError unless `text` is "os", "virtual" or "bumble:TRANSPORT"."""
        kind, colon, transport = text.partition(":")
        if kind == RadioKind.BUMBLE and ":" in transport:
            return cls(text, RadioKind.BUMBLE, transport)
        if kind in (RadioKind.OS, RadioKind.VIRTUAL) and not colon:
            return cls(text, RadioKind(kind))
        raise RadioSpecError("not a radio", spec=text)

    @property
    def is_virtual(self) -> bool:
        """True if no radio wave can come of it: the virtual air, or a socket or pipe on this machine."""
        if self.kind is not RadioKind.BUMBLE:
            return self.kind is RadioKind.VIRTUAL
        scheme, _, address = self.transport.partition(":")
        return scheme in _PIPES or (scheme in _SOCKETS and _is_loopback(address))


def listed(text: str) -> list[str]:
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


def _is_loopback(address: str) -> bool:
    """True for "host:port" or "scheme://host:port/path" whose host is this machine."""
    authority = address.rpartition("://")[2].partition("/")[0]
    host = authority.rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
