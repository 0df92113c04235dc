"""What announces itself on the network (RFC 6763), and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Address(NamedTuple):
    """Where a datagram goes to or comes from. host: numeric; link-local ones with scope, "fe80::1%eth0"."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Service:
    """One instance of a service.

    kind:      such as "_matter._tcp"; instance: its own label, without the kind
    host:      name of the machine, without ".local"
    addresses: numeric, those of IPv6 first; texts: TXT record
    subtypes:  under which it is announced as well, "_L840" (RFC 6763, 7.1); not known of what was found
    """

    kind: str
    instance: str
    port: int
    addresses: tuple[str, ...]
    host: str = ""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    subtypes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def places(self) -> tuple[Address, ...]:
        """Where it can be reached, the best first."""
        return tuple(Address(host, self.port) for host in self.addresses)

    def text(self, key: str) -> str | None:
        """The text of a key, None where it is missing; what is not UTF-8 is replaced."""
        value = self.texts.get(key)
        return None if value is None else value.decode(errors="replace")
