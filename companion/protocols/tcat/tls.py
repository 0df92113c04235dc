"""One end of the TLS connection that runs over two characteristics, without any input or output.

Plain TLS 1.2 with mutual certificates on P-256 and no framing of its own; names are not checked, because a
device has none. Source: OpenThread's TCAT agent and its `SecureTransport`.
"""

from __future__ import annotations

import ssl
from contextlib import suppress

from companion.errors import ProtocolViolation

CIPHERS = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-CCM8"
"""What OpenThread speaks today, and what older builds do."""
MOST_OCTETS = 16_384
MOST_WAITING = 1 << 20


def context(*, server: bool) -> ssl.SSLContext:
    """Without certificates; the peer's is required. The caller loads its own and whom it trusts."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_REQUIRED
    made.minimum_version = made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(CIPHERS)
    return made


class TlsEnd:
    """Octets from the peer in, octets for the peer and plain ones out.

    is_secure: the handshake is done; is_over: the peer said goodbye
    """

    def __init__(self, context: ssl.SSLContext, *, server: bool = False) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=server)
        self.is_secure = False
        self.is_over = False

    @property
    def certificate(self) -> bytes:
        """The peer's, as DER, once the connection is secure."""
        return self._tls.getpeercert(binary_form=True) or b""

    def start(self) -> bytes:
        """What the client sends first. Raises nothing."""
        self._shake_hands()
        return self._outgoing.read()

    def feed(self, octets: bytes) -> tuple[bytes, bytes]:
        """What the peer said, in any pieces: (what to send, what it said in plain).

        Raises ssl.SSLError where the handshake fails or a record is wrong; `parting` is to be sent then.
        Raises ProtocolViolation if the peer sends without end what is no record.
        """
        self._incoming.write(octets)
        if self._incoming.pending > MOST_WAITING:
            raise ProtocolViolation("a TLS record without an end")
        plain = b""
        if self.is_secure or self._shake_hands():
            plain = self._read()
        return self._outgoing.read(), plain

    def write(self, plain: bytes) -> bytes:
        """What to send for it, once the connection is secure."""
        self._tls.write(plain)
        return self._outgoing.read()

    def parting(self) -> bytes:
        """The alert that is still to be sent; b"" for none."""
        return self._outgoing.read()

    def close(self) -> bytes:
        """Say goodbye: what to send."""
        with suppress(ssl.SSLError, ValueError):  # the peer's own goodbye is not waited for
            self._tls.unwrap()
        return self._outgoing.read()

    def _shake_hands(self) -> bool:
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            return False
        self.is_secure = True
        return True

    def _read(self) -> bytes:
        read = b""
        try:
            while not self.is_over:
                more = self._tls.read(MOST_OCTETS)
                self.is_over = not more
                read += more
        except ssl.SSLWantReadError:
            pass
        return read
