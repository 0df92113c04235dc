"""A device's end of provisioning without its radio: messages of a provisioner in, messages for it out."""

from __future__ import annotations

import hmac
import secrets

from companion.encoding import es256
from companion.errors import CompanionError, ProtocolViolation
from companion.protocols.mesh.provisioning import auth_value, pdus
from companion.protocols.mesh.provisioning.capabilities import Choice, Method
from companion.protocols.mesh.provisioning.choices import possible
from companion.protocols.mesh.provisioning.defences import require_other
from companion.protocols.mesh.provisioning.exchange import (
    DataRefused,
    Exchange,
    ProvisioningData,
    Session,
    agree,
    public_octets,
)
from companion.protocols.mesh.provisioning.pdus import Pdu, Reason
from companion.protocols.mesh.virtual.options import MeshFault, MeshOptions
from companion.secret import Secret


class Refused(Exception):
    """The device gives up, for a reason that it says."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


class Provisionee:
    """One provisioning. shown: what it tells by light or display; wants_input: somebody is to enter something

    data, device_key: what it got; None before
    """

    def __init__(self, options: MeshOptions) -> None:
        self.options = options
        self.shown: Secret | None = None
        self.wants_input = False
        self.data: ProvisioningData | None = None
        self.device_key: Secret | None = None
        self._key = options.key if options.capabilities.public_key else es256.generate()
        self._public = public_octets(self._key)
        self._invited = b""
        self._choice: Choice | None = None
        self._exchange: Exchange | None = None
        self._session: Session | None = None
        self._secret: Secret | None = None
        self._random = self._theirs = self._confirmation = b""
        self._expected: tuple[type[Pdu], ...] = (pdus.Invite,)

    def hear(self, octets: bytes) -> list[bytes]:
        """What it says to a message."""
        if MeshFault.SILENT in self.options.faults:
            return []
        if MeshFault.GARBAGE in self.options.faults:
            return [b"\xff\x00\xff"]
        try:
            pdu = pdus.decode(octets)
            if type(pdu) not in self._expected:
                raise Refused(Reason.UNEXPECTED_PDU)
            return [pdus.encode(each) for each in self._answers(pdu)]
        except Refused as refused:
            reason = refused.reason
        except ProtocolViolation:
            reason = Reason.INVALID_FORMAT
        except CompanionError:
            reason = Reason.INVALID_PDU
        self._expected = ()
        return [pdus.encode(pdus.Failed(reason))]

    def enter(self, text: Secret) -> list[bytes]:
        """Somebody enters on it what the provisioner shows."""
        assert self._choice is not None
        self.wants_input = False
        self._secret = auth_value.of_typed(text, self._choice)
        self._expected = (pdus.Confirmation,)
        return [pdus.encode(pdus.InputComplete())]

    # --- inside --------------------------------------------------------------------------------------

    def _answers(self, pdu: Pdu) -> list[Pdu]:
        match pdu:
            case pdus.Invite():
                self._invited, self._expected = pdu.parameters, (pdus.Start,)
                return [pdus.CapabilitiesPdu(self.options.capabilities)]
            case pdus.Start():
                return self._on_start(pdu.choice)
            case pdus.PublicKey():
                return self._on_public_key(pdu.octets)
            case pdus.Confirmation():
                return self._on_confirmation(pdu.octets)
            case pdus.Random():
                return self._on_random(pdu.octets)
            case pdus.Data():
                return self._on_data(pdu.sealed)
            case _:
                raise Refused(Reason.INVALID_PDU)

    def _on_start(self, choice: Choice) -> list[Pdu]:
        if choice not in possible(self.options.capabilities, choice.public_key):
            raise Refused(Reason.INVALID_FORMAT)
        self._choice, self._expected = choice, (pdus.PublicKey,)
        return []

    def _on_public_key(self, theirs: bytes) -> list[Pdu]:
        choice = self._made
        require_other(self._public[:32], theirs[:32])
        told = pdus.CapabilitiesPdu(self.options.capabilities).parameters
        keys = theirs, self._public
        self._exchange = Exchange.of(self._invited, told, choice, keys, agree(self._key, theirs))
        self._expected = (pdus.Confirmation,)
        if choice.method is Method.INPUT:
            self.wants_input, self._expected = True, ()
        elif choice.method is Method.OUTPUT:
            self.shown = auth_value.fresh_text(choice)
            self._secret = auth_value.of_typed(self.shown, choice)
        elif choice.method is Method.STATIC:
            self._secret = auth_value.of_static(self.options.static, choice.algorithm)
        else:
            self._secret = auth_value.none(choice.algorithm)
        if MeshFault.WRONG_SECRET in self.options.faults and self._secret is not None:
            self._secret = Secret(secrets.token_bytes(len(self._secret)))
        return [] if choice.public_key else [pdus.PublicKey(self._public)]

    def _on_confirmation(self, theirs: bytes) -> list[Pdu]:
        assert self._exchange is not None and self._secret is not None
        self._theirs, self._expected = theirs, (pdus.Random,)
        self._random = secrets.token_bytes(self._made.algorithm.octets)
        self._confirmation = self._exchange.confirmation(self._random, self._secret)
        if MeshFault.REFLECTS in self.options.faults:
            return [pdus.Confirmation(theirs)]
        return [pdus.Confirmation(self._confirmation)]

    def _on_random(self, theirs: bytes) -> list[Pdu]:
        assert self._exchange is not None and self._secret is not None
        self._expected = (pdus.Data,)
        if MeshFault.REFLECTS in self.options.faults:
            return [pdus.Random(theirs)]
        require_other(self._random, theirs)
        if not hmac.compare_digest(self._exchange.confirmation(theirs, self._secret), self._theirs):
            raise Refused(Reason.CONFIRMATION_FAILED)
        self._session = self._exchange.session(theirs, self._random)
        return [pdus.Random(self._random)]

    def _on_data(self, sealed: bytes) -> list[Pdu]:
        if self._session is None:
            raise Refused(Reason.DECRYPTION_FAILED)
        if MeshFault.BUSY in self.options.faults:
            raise Refused(Reason.OUT_OF_RESOURCES)
        try:
            self.data = self._session.unseal(sealed)
        except DataRefused:
            raise Refused(Reason.DECRYPTION_FAILED) from None
        self.device_key, self._expected = self._session.device_key, ()
        return [] if MeshFault.NO_COMPLETE in self.options.faults else [pdus.Complete()]

    @property
    def _made(self) -> Choice:
        assert self._choice is not None
        return self._choice
