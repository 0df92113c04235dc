"""The RADIUS server of a made-up company network: EAP-TLS without EAP's frames, with TLS 1.2 as it is.

The handshake is OpenSSL's on both sides. As with real servers, a station whose certificate is rejected
is told no reason.
"""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.endpoint.tls import load_chain
from companion.files import MAX_SMALL_FILE, read_named
from companion.networks.company.document import certificates_in

_HOSTNAME_MISMATCH = 62  # X509_V_ERR_HOSTNAME_MISMATCH
_MOST_FLIGHTS = 16


class Login(Enum):
    """How a login ends, as the station sees it."""

    ADMITTED = "admitted"
    SERVER_CERTIFICATE = "server certificate"
    SERVER_NAME = "server name"
    CLIENT_REFUSED = "client refused"


@dataclass(frozen=True)
class StationLogin:
    """What a station logs in with. chain (DER, leaf first) and key: its own; anchors, DER,
    and server_name: whom it believes; now: Unix seconds by which it judges the server's certificate."""

    identity: str
    server_name: str
    anchors: tuple[bytes, ...]
    chain: tuple[bytes, ...]
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    now: int
    outer: str | None = None


@dataclass(frozen=True)
class RadiusServer:
    """Its certificate (DER, leaf first) and key, the roots of those whom it admits, and whom it does not."""

    chain: tuple[bytes, ...]
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    clients: tuple[bytes, ...]
    revoked: frozenset[int] = frozenset()

    def admit(self, station: StationLogin) -> Login:
        """One login. Blocks for some milliseconds. Raises ValueError where a side has no certificates."""
        leaf = x509.load_der_x509_certificate(self.chain[0])
        client, server = _Side(_client(station), station.server_name), _Side(self._context())
        try:
            _shake_hands(client, server)
        except ssl.SSLCertVerificationError as error:
            if error.verify_code == _HOSTNAME_MISMATCH:
                return Login.SERVER_NAME
            return Login.SERVER_CERTIFICATE
        except _Refused:
            return Login.CLIENT_REFUSED
        if leaf.not_valid_after_utc.timestamp() < station.now:
            return Login.SERVER_CERTIFICATE
        own = x509.load_der_x509_certificate(station.chain[0])
        return Login.CLIENT_REFUSED if own.serial_number in self.revoked else Login.ADMITTED

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=b"".join(self.clients))
        load_chain(context, self.key, self.chain)
        return context


class _Refused(Exception):
    """The server ended the handshake."""


class _Side:
    """One end of TLS over memory. name: the server's, for the client's end."""

    def __init__(self, context: ssl.SSLContext, name: str | None = None) -> None:
        self.inbox, self._outbox = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._end = context.wrap_bio(self.inbox, self._outbox, server_side=name is None, server_hostname=name)

    def step(self) -> tuple[bool, bytes]:
        """Whether the handshake is over here, and what goes to the peer. Raises SSLError."""
        try:
            self._end.do_handshake()
        except ssl.SSLWantReadError:
            return False, self._outbox.read()
        return True, self._outbox.read()


def _shake_hands(client: _Side, server: _Side) -> None:
    """Raises SSLCertVerificationError for the client's verdict, _Refused for the server's."""
    for _ in range(_MOST_FLIGHTS):
        done, flight = client.step()
        server.inbox.write(flight)
        try:
            admitted, flight = server.step()
        except ssl.SSLError as error:
            raise _Refused from error
        client.inbox.write(flight)
        if done and admitted:
            return
    raise _Refused


def _client(station: StationLogin) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with contextlib.suppress(ssl.SSLError):  # no anchor that OpenSSL can read: it believes nobody
        context.load_verify_locations(cadata=b"".join(station.anchors))
    load_chain(context, station.key, station.chain)
    return context


def load(entry: dict[str, object], folder: Path) -> RadiusServer:
    """The server of {"certificate", "key", "clients", "crl"}, files in `folder`; "crl" may be left out.

    Raises KeyError, TypeError, ValueError, FileMissing, FileUnreadable.
    """

    def content(name: str) -> bytes:
        return read_named(MAX_SMALL_FILE, folder / str(entry[name]))

    key = serialization.load_pem_private_key(content("key"), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is not on a curve")
    revoked: frozenset[int] = frozenset()
    if "crl" in entry:
        revoked = frozenset(each.serial_number for each in x509.load_pem_x509_crl(content("crl")))
    return RadiusServer(
        certificates_in(content("certificate")), key, certificates_in(content("clients")), revoked
    )
