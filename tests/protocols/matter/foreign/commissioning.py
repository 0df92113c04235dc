"""A commissioner made of the lower layers alone: PASE, the certificates, CASE and CASE resumed.

It says just enough of the interaction model to hand over the certificates, so that what a foreign device
thinks of the handshakes and the certificates does not depend on rooms above them.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.encoding.es256 import verify
from companion.protocols.matter import tlv
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.certificates.requests import requested_key
from companion.protocols.matter.establishment.outcome import (
    Established,
    EstablishmentFailed,
    Outgoing,
    Resumption,
)
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.messages.exchanges import Exchange, Exchanges
from companion.protocols.matter.messages.message import INTERACTION, SECURE_CHANNEL, Message
from companion.protocols.matter.messages.session import SecureSession, UnsecuredSession
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.secret import Secret
from tests.protocols.matter.certificates.builders import VALIDITY

GENERAL_COMMISSIONING, OPERATIONAL_CREDENTIALS = 0x30, 0x3E
PATIENCE = 20.0

Link = Callable[[bytes | None], bytes | None]
"""Sends octets; without any it gives those that have arrived, None for nothing yet."""


class Begins(Protocol):
    established: Established | None

    def begin(self) -> Outgoing: ...

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None: ...


@dataclass
class Conversation:
    """One session with a device over a link."""

    link: Link
    exchanges: Exchanges

    def establish(self, end: Begins) -> Established:
        """Talk until there is a session. Raises EstablishmentFailed, and TimeoutError."""
        exchange = self.exchanges.begin()
        message: Outgoing | None = end.begin()
        while message is not None:
            self.exchanges.send(exchange, SECURE_CHANNEL, message.opcode, message.payload, time.monotonic())
            if end.established is not None:
                break
            answer = self._next()
            try:
                message = end.receive(answer.opcode, answer.payload)
            except EstablishmentFailed as failed:
                self._tell(exchange, failed)
                raise
        self.exchanges.finish(exchange)
        self._flush()
        assert end.established is not None
        return end.established

    def _tell(self, exchange: Exchange, failed: EstablishmentFailed) -> None:
        if failed.reply is not None:
            opcode, payload = failed.reply.opcode, failed.reply.payload
            self.exchanges.send(exchange, SECURE_CHANNEL, opcode, payload, time.monotonic())
        self.exchanges.finish(exchange)
        self._flush()

    def invoke(self, cluster: int, command: int, *fields: tlv.Element) -> tlv.Element:
        """The fields of the answer to a command of endpoint 0. Raises AssertionError for a status."""
        path = tlv.list_of(0, tlv.unsigned(0, 0), tlv.unsigned(1, cluster), tlv.unsigned(2, command))
        asked = tlv.structure(
            None,
            *(tlv.boolean(0, False), tlv.boolean(1, False)),
            tlv.array(2, tlv.structure(None, path, tlv.structure(1, *fields))),
            tlv.unsigned(255, 11),
        )
        exchange = self.exchanges.begin()
        self.exchanges.send(exchange, INTERACTION, 8, tlv.encode(asked), time.monotonic())
        answer = self._next()
        self.exchanges.finish(exchange)
        self._flush()
        assert answer.opcode == 9, answer
        (only,) = tlv.decode(answer.payload).member(1).members
        held = only.find(0)
        if held is None:
            assert only.member(1).member(1).member(0).value == 0, only
            return tlv.structure(1)
        return held.find(1) or tlv.structure(1)

    def _next(self) -> Message:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.exchanges.tick(time.monotonic())
            self._flush()
            data = self.link(None)
            message = None if data is None else self.exchanges.receive(data, time.monotonic())
            if message is not None:
                return message
        raise TimeoutError(f"the device says nothing ({self.exchanges.dropped})")

    def _flush(self) -> None:
        for data in self.exchanges.outgoing():
            self.link(data)


def unsecured(link: Link) -> Conversation:
    return Conversation(link, Exchanges(UnsecuredSession.initiator(), reliable=True))


def secured(link: Link, established: Established) -> Conversation:
    return Conversation(link, Exchanges(SecureSession(established.keys, established.ends), reliable=True))


def by_passcode(link: Link, passcode: Secret, session: int = 0x1001) -> Conversation:
    """A PASE session. Raises EstablishmentFailed."""
    return secured(link, unsecured(link).establish(PaseCommissioner(passcode, session)))


def hand_over(device: Conversation, authority: FabricAuthority, node: int, admin: int) -> None:
    """Arm, take the request, give root and NOC: the device is of the fabric, until it is complete."""
    session = device.exchanges.session
    assert isinstance(session, SecureSession)
    armed = device.invoke(GENERAL_COMMISSIONING, 0, tlv.unsigned(0, 60), tlv.unsigned(1, 1))
    assert armed.member(0).value == 0, armed
    nonce = secrets.token_bytes(32)
    answer = device.invoke(OPERATIONAL_CREDENTIALS, 4, tlv.octets(0, nonce))
    elements = tlv.Octets(0, 900).read(answer.member(0))
    parts = tlv.decode(elements)
    assert parts.member(2).value == nonce
    signed = elements + session.attestation_challenge.reveal()
    assert verify(attested_key(device), tlv.Octets(64).read(answer.member(1)), signed)
    key = requested_key(tlv.Octets(0, 600).read(parts.member(1)))
    issued = authority.issue(key, node, VALIDITY)
    device.invoke(OPERATIONAL_CREDENTIALS, 0x0B, tlv.octets(0, authority.root.as_tlv()))
    icac = () if issued.icac_tlv is None else (tlv.octets(1, issued.icac_tlv),)
    added = device.invoke(
        OPERATIONAL_CREDENTIALS,
        6,
        *(tlv.octets(0, issued.noc.as_tlv()), *icac, tlv.octets(2, authority.ipk.reveal())),
        *(tlv.unsigned(3, admin), tlv.unsigned(4, 0xFFF1)),
    )
    assert added.member(0).value == 0, added


def attested_key(device: Conversation) -> bytes:
    """The key of the device's attestation certificate, 65 octets."""
    certificate = device.invoke(OPERATIONAL_CREDENTIALS, 2, tlv.unsigned(0, 1)).member(0)
    public = x509.load_der_x509_certificate(tlv.Octets(0, 600).read(certificate)).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def by_certificate(
    link: Link, own: NodeCredentials, node: int, session: int, resumption: Resumption | None = None
) -> Established:
    """A CASE session. Raises EstablishmentFailed."""
    return unsecured(link).establish(CaseInitiator(own, node, session, resumption=resumption))


def complete(link: Link, established: Established) -> None:
    done = secured(link, established).invoke(GENERAL_COMMISSIONING, 4)
    assert done.member(0).value == 0, done
