"""The options that only Matter devices take, and how they reach the driver."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from companion.errors import FileMissing
from companion.protocols.options import GivenOptions, Option

ROOTS, REVOCATIONS, ADDRESS = "matter-roots", "matter-revocations", "matter-address"

COMMISSION = (
    Option(
        "--paa",
        "trust the roots of manufacturers in PATH: a folder, PEM, DER, or the ledger's JSON",
        ("PATH",),
    ),
    Option("--revocations", "use the revocation list in FILE (JSON)", ("FILE",)),
    Option(
        "--node-address",
        "address of the device on its network, if multicast DNS does not work",
        ("HOST:PORT",),
    ),
)

VIRTUAL = (
    Option("--kind", "type of the device", ("KIND",), ("light", "sensor")),
    Option("--network", "how it connects to the network", ("NETWORK",), ("wifi", "thread", "ethernet")),
    Option("--nfc-reader", "set it up at this virtual reader of vsmartcard, too", ("HOST:PORT",)),
    Option("--udp-port", "its UDP port; default: any free one", ("N",)),
    Option(
        "--vouched-by",
        "certify it by the virtual manufacturer in DIR; writes its root and revocation list there",
        ("DIR",),
    ),
)


def read(given: GivenOptions) -> Mapping[str, str]:
    """`Order.extra` of what was given. Raises FileMissing, and ValueError for no address."""
    extra = {}
    for flag, key in (("paa", ROOTS), ("revocations", REVOCATIONS)):
        for text in given.get(flag, ()):
            if not Path(text).exists():
                raise FileMissing(file=text)
            extra[key] = str(Path(text).resolve())
    for text in given.get("node-address", ()):
        parse_address(text)
        extra[ADDRESS] = text
    return extra


def parse_address(text: str) -> tuple[str, int]:
    """Host and port of "host:port" or "[host]:port". Raises ValueError."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"{text} is not HOST:PORT")
    return host, int(port)
