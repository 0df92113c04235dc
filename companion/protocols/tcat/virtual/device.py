"""A virtual TCAT device without its radio: octets of a commissioner in, octets for it out."""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Callable, Mapping
from dataclasses import replace

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from companion.endpoint.tls import load_chain
from companion.errors import ThreadDatasetUnusable
from companion.networks import thread
from companion.protocols.tcat import authorization, diagnostics, proofs, tls
from companion.protocols.tcat.advertisement import Announcement, Field, State
from companion.protocols.tcat.authority import Authority
from companion.protocols.tcat.authorization import Authorization, CommandClass, Proved, allows, class_of
from companion.protocols.tcat.tls import TlsEnd
from companion.protocols.tcat.tlv import Answer, Command, Status, Tlv, TlvReader
from companion.protocols.tcat.virtual.options import TcatFault, TcatOptions
from companion.secret import Secret

_THREAD_1_4 = 4
_ROUTER_ADDRESS, _LEADER, _MODE = 0x2C00, 5, 0x0F
"""A router in a network that another one leads; a full device that listens."""


class TcatDevice:
    """attached: it is on its network; dataset: what it was given last; disconnects: it is to hang up"""

    def __init__(self, options: TcatOptions) -> None:
        self.options = options
        self.dataset: thread.Dataset | None = None
        self.attached = False
        self.disconnects = False
        self._key, certificate = options.certified()
        self._public = certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        faults = options.faults
        trusted = Authority.found("Another CA") if TcatFault.DISTRUSTS in faults else options.authority
        self._context = tls.context(server=True)
        self._context.load_verify_locations(cadata=_der(trusted.certificate))
        load_chain(self._context, self._key, (_der(certificate),))
        self._own = Authorization(is_commissioner=False, conditions=options.conditions)
        self.connected()

    @property
    def announcement(self) -> Announcement:
        """What it says on the air."""
        state = State.RECEIVER_ON | State.FULL
        if self.dataset is not None:
            state |= State.COMMISSIONED | State.STORES_DATASET
        if self.attached:
            state |= State.ACTIVE
        return Announcement(_THREAD_1_4, state, ((Field.DISCRIMINATOR, self.options.device_id[:5]),))

    @property
    def is_secure(self) -> bool:
        """Both ends proved their keys."""
        return self._tls.is_secure

    def connected(self) -> None:
        """A new link: nothing of the session before counts."""
        self._tls = TlsEnd(self._context, server=True)
        self._reader = TlvReader()
        self._commissioner: Authorization | None = None
        self._challenge = b""
        self._proved = Proved()
        self.disconnects = False

    def hear(self, octets: bytes) -> bytes:
        """What it says to these."""
        try:
            said, plain = self._tls.feed(octets)
        except ssl.SSLError:
            self.disconnects = True
            return self._tls.parting()
        if self._tls.is_secure and self._commissioner is None:
            found = authorization.read(x509.load_der_x509_certificate(self._tls.certificate))
            if found is None or not found.is_commissioner:
                self.disconnects = True
                return said + self._tls.close()
            self._commissioner = found
        for tlv in self._reader.feed(plain):
            answer = self._answer(tlv)
            if answer is not None:
                said += self._tls.write(answer.encode())
        return said

    def _answer(self, tlv: Tlv) -> Tlv | None:
        if tlv.type == Command.DISCONNECT:
            self.disconnects = True
            return None
        if TcatFault.SILENT in self.options.faults:
            return None
        if TcatFault.BUSY in self.options.faults:
            return _status(Status.BUSY)
        command_class = class_of(tlv.type)
        if command_class is None or not self._allows(command_class):
            return _status(Status.UNAUTHORIZED)
        handler = self._handlers.get(tlv.type)
        return _status(Status.UNSUPPORTED) if handler is None else handler(tlv.value)

    def _allows(self, command_class: CommandClass, about: thread.Dataset | None = None) -> bool:
        """about: the dataset in question; None for the one that it has"""
        assert self._commissioner is not None
        if about is None and command_class is CommandClass.COMMISSIONING and self.dataset is None:
            # Which network it is about is known with the dataset, and looked at then.
            return bool(self._commissioner.of(command_class))
        known = about or self.dataset
        proved = self._proved
        if known is not None:
            proved = replace(proved, network_name=known.name, extended_pan_id=known.extended_pan_id)
        return allows(self._commissioner, self._own, command_class, proved)

    @property
    def _handlers(self) -> Mapping[int, Callable[[bytes], Tlv]]:
        return {
            Command.DEVICE_ID: lambda value: Tlv(Answer.PAYLOAD, self.options.device_id),
            Command.PING: lambda value: Tlv(Answer.PAYLOAD, value),
            Command.NETWORK_NAME: lambda value: self._told((self.dataset and self.dataset.name) or ""),
            Command.EXTENDED_PAN_ID: lambda value: self._told(
                (self.dataset and self.dataset.extended_pan_id) or b""
            ),
            Command.CHALLENGE: self._on_challenge,
            Command.PRESENT_PSKD_HASH: self._on_pskd,
            Command.PRESENT_PSKC_HASH: self._on_pskc,
            Command.DIAGNOSTICS: self._on_diagnostics,
            Command.SET_DATASET: self._on_dataset,
            Command.START_THREAD: self._on_start,
            Command.DECOMMISSION: self._on_decommission,
        }

    @staticmethod
    def _told(value: str | bytes) -> Tlv:
        octets = value.encode() if isinstance(value, str) else value
        return Tlv(Answer.PAYLOAD, octets) if octets else _status(Status.UNDEFINED)

    def _on_challenge(self, value: bytes) -> Tlv:
        self._challenge = secrets.token_bytes(proofs.CHALLENGE_OCTETS)
        return Tlv(Answer.PAYLOAD, self._challenge)

    def _on_pskd(self, value: bytes) -> Tlv:
        if not self._is_proof(self.options.pskd, value):
            return _status(Status.HASH_ERROR)
        self._proved = replace(self._proved, pskd=True)
        return _status(Status.SUCCESS)

    def _on_pskc(self, value: bytes) -> Tlv:
        if self.dataset is None or not self._is_proof(self.dataset.pskc, value):
            return _status(Status.HASH_ERROR)
        self._proved = replace(self._proved, pskc=True)
        return _status(Status.SUCCESS)

    def _is_proof(self, secret: Secret | None, value: bytes) -> bool:
        if secret is None or not self._challenge:
            return False
        return secrets.compare_digest(proofs.proof(secret, self._challenge, self._public), value)

    def _on_diagnostics(self, value: bytes) -> Tlv:
        if TcatFault.NO_DIAGNOSTICS in self.options.faults:
            return _status(Status.UNSUPPORTED)
        address = _ROUTER_ADDRESS if self.attached else diagnostics.NOWHERE
        return Tlv(Answer.PAYLOAD, diagnostics.encode(address, _MODE, _LEADER))

    def _on_dataset(self, value: bytes) -> Tlv:
        try:
            dataset = thread.read(Secret(value))
        except ThreadDatasetUnusable:
            return _status(Status.PARSE_ERROR)
        if not self._allows(CommandClass.COMMISSIONING, dataset):
            return _status(Status.UNAUTHORIZED)
        self.dataset = dataset
        return _status(Status.SUCCESS)

    def _on_start(self, value: bytes) -> Tlv:
        if self.dataset is None:
            return _status(Status.UNDEFINED)
        self.attached = TcatFault.NEVER_ATTACHES not in self.options.faults
        return _status(Status.SUCCESS)

    def _on_decommission(self, value: bytes) -> Tlv:
        self.dataset, self.attached = None, False
        self._proved = Proved()
        return _status(Status.SUCCESS)


def _status(status: Status) -> Tlv:
    return Tlv(Answer.STATUS, bytes((status,)))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
