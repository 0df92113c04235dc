"""Where a device asks for its owner: the rendezvous information of a voucher (FDO 1.1, section 3.7)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from companion.vouchers.reader import MalformedItem, Reader

_MOST, _MAX_VALUE = 64, 4096
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?", re.ASCII)


class Variable(IntEnum):
    """What a directive may say."""

    DEVICE_ONLY = 0
    OWNER_ONLY = 1
    ADDRESS = 2
    DEVICE_PORT = 3
    OWNER_PORT = 4
    HOST = 5
    SERVER_HASH = 6
    CLIENT_HASH = 7
    USER_INPUT = 8
    WIFI_NAME = 9
    WIFI_PASSWORD = 10
    MEDIUM = 11
    PROTOCOL = 12
    DELAY = 13
    BYPASS = 14
    EXTERNAL = 15


_PROTOCOLS = {0: "http or https", 1: "http", 2: "https", 3: "tcp", 4: "tls", 5: "coap+tcp", 6: "coap"}
_SCHEMES = {"": "https", "http or https": "https", "http": "http", "https": "https"}
"""Where a voucher leaves both open, nobody who cuts the connection brings us back to http."""


@dataclass(frozen=True)
class Directive:
    """One way to a rendezvous server, tried in this order.

    hosts: names and addresses; port: None for the usual one; protocol "": any; delay: seconds before the next
    one; bypass: straight to the owner; device, owner: whom it is for; has_wifi: it brings a Wi-Fi network,
    whose password is not kept
    """

    hosts: tuple[str, ...] = ()
    port: int | None = None
    owner_port: int | None = None
    protocol: str = ""
    delay: int = 0
    bypass: bool = False
    device: bool = True
    owner: bool = True
    has_wifi: bool = False


def owner_servers(directives: Iterable[Directive]) -> tuple[str, ...]:
    """Where an owner announces itself over HTTP, in this order: "https://rv.example:8041"."""
    found = []
    for each in directives:
        scheme = _SCHEMES.get(each.protocol)
        if scheme is not None and each.owner and not each.bypass:
            port = "" if each.owner_port is None else f":{each.owner_port}"
            hosts = (written for host in each.hosts if (written := _in_url(host)))
            found += [f"{scheme}://{host}{port}" for host in hosts]
    return tuple(dict.fromkeys(found))


def _in_url(host: str) -> str:
    """A host as a URL has it; "" for what is neither a name nor an address: anybody may have written it."""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host if _HOST.fullmatch(host) else ""


def read_rendezvous(reader: Reader) -> tuple[Directive, ...]:
    """[* [* [variable, ? bstr .cbor value]]]. Raises MalformedItem."""
    return tuple(_directive(reader) for _ in range(reader.array(0, _MOST)))


def _directive(reader: Reader) -> Directive:
    said = dict(_variable(reader) for _ in range(reader.array(0, _MOST)))
    hosts = (_text(said, Variable.HOST), _address(said))
    return Directive(
        hosts=tuple(each for each in hosts if each),
        port=_number(said, Variable.DEVICE_PORT),
        owner_port=_number(said, Variable.OWNER_PORT),
        protocol=_protocol(_number(said, Variable.PROTOCOL)),
        delay=_number(said, Variable.DELAY) or 0,
        bypass=Variable.BYPASS in said,
        device=Variable.OWNER_ONLY not in said,
        owner=Variable.DEVICE_ONLY not in said,
        has_wifi=Variable.WIFI_NAME in said,
    )


def _variable(reader: Reader) -> tuple[int, bytes]:
    count = reader.array(1, 2)
    return reader.unsigned(255), reader.octets(0, _MAX_VALUE) if count == 2 else b""


def _protocol(number: int | None) -> str:
    return "" if number is None else _PROTOCOLS.get(number, "")


def _text(said: dict[int, bytes], variable: Variable) -> str:
    return Reader(said[variable]).text(255) if variable in said else ""


def _number(said: dict[int, bytes], variable: Variable) -> int | None:
    return Reader(said[variable]).unsigned() if variable in said else None


def _address(said: dict[int, bytes]) -> str:
    if Variable.ADDRESS not in said:
        return ""
    packed = Reader(said[Variable.ADDRESS]).octets(4, 16)
    try:
        return str(ipaddress.ip_address(packed))
    except ValueError as error:
        raise MalformedItem("an address has 4 or 16 octets") from error
