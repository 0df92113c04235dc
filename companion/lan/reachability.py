"""Which link is missing between this computer and a device that should be on its network."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.lan.lan import Lan

LISTEN_SECONDS = 1.5
_ANY_SERVICE = "_services._dns-sd._udp"
_BORDER_ROUTER = "_meshcop._udp"


class MissingLink(StrEnum):
    """What is missing, as far as this computer can tell."""

    IPV6 = "ipv6"
    """This computer has no IPv6 address on any network."""
    MULTICAST = "multicast"
    """It hears no multicast DNS at all: nobody is there, or a firewall or access point stops it."""
    BORDER_ROUTER = "border-router"
    """The device is in a Thread network, and no border router of any is heard here."""
    ANNOUNCEMENT = "announcement"
    """Others are heard, the device is not: another network, or it did not join."""
    ANSWER = "answer"
    """It is announced, and does not answer."""


async def missing_link(lan: Lan, *, announced: bool, thread: bool = False) -> MissingLink:
    """Find out by looking and listening for a moment.

    announced: the device was found by multicast DNS; thread: it is in a Thread network
    """
    if not has_ipv6(lan):
        return MissingLink.IPV6
    if announced:
        return MissingLink.ANSWER
    if thread and not await lan.hears(_BORDER_ROUTER, LISTEN_SECONDS):
        return MissingLink.BORDER_ROUTER
    if lan.is_loopback or await lan.hears(_ANY_SERVICE, LISTEN_SECONDS):
        return MissingLink.ANNOUNCEMENT
    return MissingLink.MULTICAST


def has_ipv6(lan: Lan) -> bool:
    """True if an interface other than loopback has an address of IPv6; a virtual network needs none."""
    if lan.is_loopback:
        return True
    import ifaddr

    addresses = (address.ip for adapter in ifaddr.get_adapters() for address in adapter.ips)
    return any(isinstance(ip, tuple) and ip[0] != "::1" for ip in addresses)
