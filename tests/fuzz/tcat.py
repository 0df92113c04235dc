"""What a TCAT device says before and within its session, and certificates that anybody may have made."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.errors import ProtocolViolation
from companion.errors.tcat import CommissionerUnusable
from companion.protocols.tcat import advertisement, authorization, commissioner, diagnostics, tls
from companion.protocols.tcat.tls import TlsEnd
from companion.protocols.tcat.tlv import Tlv, TlvReader
from companion.protocols.tcat.virtual.device import TcatDevice
from companion.protocols.tcat.virtual.options import TcatOptions
from companion.secret import Secret


def tcat_advertisements(data: bytes) -> None:
    if (told := advertisement.read(data)) is not None:
        assert len(told.discriminator) <= 2 * len(data)


def tcat_answers(data: bytes) -> None:
    with suppress(ProtocolViolation):
        for tlv in TlvReader().feed(data):
            assert TlvReader().feed(tlv.encode()) == [tlv]


def tcat_diagnostics(data: bytes) -> None:
    diagnostics.role(data)


def tcat_records(data: bytes) -> None:
    """To a commissioner who has just begun, and to a device."""
    end = TlsEnd(_context())
    end.start()
    with suppress(ssl.SSLError, ProtocolViolation):
        end.feed(data)
    device = _device()
    device.connected()
    device.hear(data)


def tcat_certificates(data: bytes) -> None:
    with suppress(*commissioner.DAMAGED):
        found = authorization.read(x509.load_der_x509_certificate(data))
        if found is not None:
            assert len(found.field) == len(authorization.CommandClass)


def tcat_commissioners(data: bytes) -> None:
    with suppress(CommissionerUnusable):
        commissioner.read(Secret(data))


@cache
def _context() -> ssl.SSLContext:
    return tls.context(server=False)


@cache
def _device() -> TcatDevice:
    return TcatDevice(TcatOptions())


def seeds() -> dict[str, list[bytes]]:
    """What both ends really say, and a commissioner's certificates without its key."""
    options = TcatOptions()
    text = options.commissioner()
    read = commissioner.read(text)
    device = TcatDevice(options)
    end = TlsEnd(read.context())
    hello = end.start()
    return {
        "tcat_advertisements": [device.announcement.encode()],
        "tcat_answers": [Tlv(2, b"mesh").encode() + Tlv(1, b"\x00").encode(), Tlv(2, bytes(300)).encode()],
        "tcat_diagnostics": [diagnostics.encode(0x2C00, 0x0F, 11), diagnostics.encode(0x2C01, 0, 11)],
        "tcat_records": [hello, device.hear(hello)],
        "tcat_certificates": [read.leaf.public_bytes(Encoding.DER)],
        "tcat_commissioners": [text.reveal().partition(b"-----END PRIVATE KEY-----\n")[2]],
    }


TCAT: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        tcat_advertisements,
        tcat_answers,
        tcat_diagnostics,
        tcat_records,
        tcat_certificates,
        tcat_commissioners,
    )
}
