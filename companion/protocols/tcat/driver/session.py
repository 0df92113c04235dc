"""A commissioner's secure session over a Bluetooth LE link: commands out, answers in."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.claims import Channel, Evidence, SessionFacts
from companion.errors import (
    DeviceBusy,
    DeviceInternal,
    LinkLostError,
    OperationTimeout,
    ProtocolViolation,
    RadioError,
    ServiceMissing,
)
from companion.errors.tcat import CommissionerRejected, DeviceNotCertified
from companion.events import Secured
from companion.model import Handshake
from companion.protocols.tcat import authorization
from companion.protocols.tcat.advertisement import ANSWERS, COMMANDS
from companion.protocols.tcat.authorization import Authorization
from companion.protocols.tcat.commissioner import Commissioner
from companion.protocols.tcat.tls import TlsEnd
from companion.protocols.tcat.tlv import Answer, Command, Status, Tlv, TlvReader

if TYPE_CHECKING:
    from companion.protocols import Dialer, Reporter
    from companion.radio import Inbox, Link

HANDSHAKE_SECONDS = 30.0
ANSWER_SECONDS = 15.0
# How OpenSSL names the alerts by which a device refuses a certificate (RFC 5246, 7.2.2).
_REFUSALS = ("UNKNOWN_CA", "BAD_CERTIFICATE", "CERTIFICATE", "ACCESS_DENIED", "DECRYPT_ERROR")


async def reach(dialer: Dialer, commissioner: Commissioner, identity_key: bytes | None) -> Session:
    """An open session with the device that is dialled, the one of this key where it is known.

    Whoever only repeats the advertisement has no such service, no such certificate or another key, and is
    passed over. Raises what `Session.open` does.
    """
    while True:
        session = Session(await dialer.dial(), commissioner)
        try:
            await session.open()
            if identity_key in (None, session.identity_key):
                return session
            raise DeviceNotCertified("its certificate is that of another device")
        except (ServiceMissing, DeviceNotCertified) as wrong:
            with suppress(RadioError):
                await session.close()
            await dialer.pass_over(wrong)


class Session:
    """`open`, then `ask`. Belongs to one link.

    device_key: of its certificate, as DER (SubjectPublicKeyInfo); identity_key: the same as a point
    """

    def __init__(self, link: Link, commissioner: Commissioner) -> None:
        self._link, self._commissioner = link, commissioner
        self._reader = TlvReader()
        self._inbox: Inbox | None = None
        self._tls: TlsEnd | None = None
        self.messages = self.octets = 0
        self.device = Authorization(is_commissioner=False)
        self.device_key = self.identity_key = b""

    async def open(self) -> None:
        """Returns once both ends proved that they hold the keys of their certificates.

        Raises CommissionerRejected, DeviceNotCertified, ProtocolViolation and RadioError leaves.
        """
        properties = self._link.characteristics[ANSWERS].properties if self._has_answers else ()
        self._inbox = await self._link.subscribe(ANSWERS, indications="notify" not in properties)
        self._tls = TlsEnd(await asyncio.to_thread(self._commissioner.context))
        await self._send(self._tls.start())
        async with _within(HANDSHAKE_SECONDS):
            while not self._tls.is_secure:
                await self._receive(HANDSHAKE_SECONDS)
        self._examine(x509.load_der_x509_certificate(self._tls.certificate))

    async def ask(self, command: Command, value: bytes = b"") -> tuple[Status, bytes]:
        """Status and payload of a command. Raises ProtocolViolation, LinkLostError and OperationTimeout."""
        await self._send(self._secure.write(Tlv(command, value).encode()))
        found: list[Tlv] = []
        async with _within(ANSWER_SECONDS):
            while not found:
                found = self._reader.feed(await self._receive(ANSWER_SECONDS))
        answer = found[0]
        if answer.type == Answer.PAYLOAD:
            return Status.SUCCESS, answer.value
        if answer.type != Answer.STATUS or len(answer.value) != 1:
            raise ProtocolViolation(f"an answer of type {answer.type:#04x}")
        try:
            return Status(answer.value[0]), b""
        except ValueError as unknown:
            raise ProtocolViolation(f"status {answer.value[0]}") from unknown

    async def close(self) -> None:
        """Say goodbye, where the link is still there, and end it: the device would do so next."""
        if self._tls is not None and self._tls.is_secure and self._link.is_up:
            await self._send(self._tls.write(Tlv(Command.DISCONNECT).encode()) + self._tls.close())
            await self._link.close()

    @property
    def _has_answers(self) -> bool:
        return ANSWERS in self._link.characteristics

    @property
    def _secure(self) -> TlsEnd:
        assert self._tls is not None and self._tls.is_secure
        return self._tls

    def _examine(self, certificate: x509.Certificate) -> None:
        """It was issued by a CA that is trusted. Is it a device's?"""
        found = authorization.read(certificate)
        if found is None or found.is_commissioner:
            raise DeviceNotCertified("its certificate is not that of a TCAT device")
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise DeviceNotCertified("its certificate is not for a key on P-256")
        self.device = found
        self.device_key = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.identity_key = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    async def _send(self, octets: bytes) -> None:
        self.messages += bool(octets)
        self.octets += len(octets)
        acknowledged = "write-without-response" not in self._link.characteristics[COMMANDS].properties
        for at in range(0, len(octets), self._link.max_write):
            piece = octets[at : at + self._link.max_write]
            await self._link.write(COMMANDS, piece, response=acknowledged)

    async def _receive(self, seconds: float) -> bytes:
        """What the device said in plain, "" while a record is not whole. Answers the handshake."""
        assert self._tls is not None and self._inbox is not None
        try:
            octets = await self._inbox.get(timeout=seconds)
        except LinkLostError as lost:
            if not self._tls.is_secure:
                raise LinkLostError("the device hung up in the handshake") from lost
            raise
        self.octets += len(octets)
        try:
            answer, plain = self._tls.feed(octets)
        except ssl.SSLCertVerificationError as wrong:
            await self._part()
            raise DeviceNotCertified(wrong.verify_message) from wrong
        except ssl.SSLError as wrong:
            await self._part()
            raise _explained(wrong) from wrong
        await self._send(answer)
        if self._tls.is_over and not plain:
            raise LinkLostError("the device ended the session")
        return plain

    async def _part(self) -> None:
        """The alert tells the device why, where the link is still there."""
        assert self._tls is not None
        if self._link.is_up:
            await self._send(self._tls.parting())


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    """However many pieces come: whoever sends one at a time holds nobody up. Raises OperationTimeout."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as late:
        raise OperationTimeout(f"no whole answer within {seconds:g} s") from late


def _explained(wrong: ssl.SSLError) -> CommissionerRejected | ProtocolViolation:
    reason = wrong.reason or ""
    if "ALERT" in reason and any(each in reason for each in _REFUSALS):
        return CommissionerRejected(reason)
    return ProtocolViolation(reason or "TLS")


def report_secured(reporter: Reporter, session: Session) -> None:
    """What an open session rests on."""
    facts = SessionFacts("tcat", Channel.SEALED, frozenset({Evidence.MANUFACTURER}))
    reporter.report(Secured("tcat", Handshake(session.messages, session.octets), facts))


def failure(status: Status) -> DeviceBusy | DeviceInternal | ProtocolViolation:
    """What a status means that no command expects."""
    if status is Status.BUSY:
        return DeviceBusy("status 5")
    if status in (Status.PARSE_ERROR, Status.VALUE_ERROR, Status.UNSUPPORTED):
        return ProtocolViolation(f"status {status.value}")
    return DeviceInternal(f"status {status.value}")
