"""The provisioner's end: what the device sends in, what comes of it and what to send next out. No I/O.

The ends speak in turn, so each message of the device is one event, and each step is one call:

    invite -> Offered -> start -> KeyKnown -> [InputDone] -> confirm -> Committed -> reveal -> Proved
    -> hand_over -> Done

A device that proves nothing is never handed anything: `hand_over` is only possible after `Proved`. One use
only: another try is another `Provisioner`, with a new key and a new random.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, cast

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.errors import CompanionError, DeviceFull, MethodUnavailable, ProtocolViolation
from companion.errors.mesh import MeshProvisioningRefused, MeshSecretWrong
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.capabilities import Capabilities, Choice
from companion.protocols.mesh.provisioning.choices import possible
from companion.protocols.mesh.provisioning.defences import require_other
from companion.protocols.mesh.provisioning.exchange import (
    Exchange,
    ProvisioningData,
    Session,
    agree,
    public_octets,
)
from companion.protocols.mesh.provisioning.pdus import Pdu, Reason
from companion.secret import Secret


@dataclass(frozen=True)
class Offered:
    """The device says what it can do."""

    capabilities: Capabilities


@dataclass(frozen=True)
class KeyKnown:
    """Both ends have a shared secret; now each has to prove the other one."""


@dataclass(frozen=True)
class InputDone:
    """Somebody entered on the device what this computer showed."""


@dataclass(frozen=True)
class Committed:
    """The device committed itself to its secret."""


@dataclass(frozen=True)
class Proved:
    """The device knows the secret. device_key: what only this provisioner and the device have"""

    device_key: Secret


@dataclass(frozen=True)
class Done:
    """The device took its data. It says so without proof."""


Event: TypeAlias = Offered | KeyKnown | InputDone | Committed | Proved | Done


class State(Enum):
    """What the provisioner waits for, or is to do next."""

    NEW = "new"
    INVITED = "invited"
    OFFERED = "offered"
    STARTED = "started"
    KEYED = "keyed"
    COMMITTING = "committing"
    COMMITTED = "committed"
    REVEALED = "revealed"
    PROVED = "proved"
    HANDED_OVER = "handed over"
    OVER = "over"


class Provisioner:
    """random: gives so many octets that nobody can foretell; key: of this exchange alone"""

    def __init__(
        self,
        *,
        random: Callable[[int], bytes] = secrets.token_bytes,
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> None:
        self.state = State.NEW
        self._token = random
        self._key = key or es256.generate()
        self._public = public_octets(self._key)
        self._invited = self._told = b""
        self._offered = Capabilities()
        self._choice: Choice | None = None
        self._exchange: Exchange | None = None
        self._session: Session | None = None
        self._secret = Secret(b"")
        self._random = self._confirmation = self._theirs = b""

    # --- what to send --------------------------------------------------------------------------------

    def invite(self, attention: int = 5) -> bytes:
        """attention: seconds for which the device shows which one it is, at most 255"""
        self._step(State.NEW, State.INVITED)
        invite = pdus.Invite(attention)
        self._invited = invite.parameters
        return pdus.encode(invite)

    def start(self, choice: Choice, known_key: bytes | None = None) -> tuple[bytes, ...]:
        """known_key: the device's, 64 octets, if it was known before; then it sends none, and `KeyKnown` is
        not waited for. Raises MethodUnavailable for what the device did not offer, ProtocolViolation for a
        key that is none.
        """
        if choice not in possible(self._offered, known_key is not None):
            raise MethodUnavailable(f"{choice.method.name} is not what the device offers")
        self._step(State.OFFERED, State.STARTED)
        self._choice = choice
        if known_key is not None:
            self._agree(known_key)
        return pdus.encode(pdus.Start(choice)), pdus.encode(pdus.PublicKey(self._public))

    def confirm(self, secret: Secret) -> bytes:
        """Commit to the secret. secret: an AuthValue, as long as the algorithm says"""
        self._step(State.KEYED, State.COMMITTING)
        self._secret = secret
        self._random = self._token(self._made.algorithm.octets)
        self._confirmation = self._agreed.confirmation(self._random, secret)
        return pdus.encode(pdus.Confirmation(self._confirmation))

    def reveal(self) -> bytes:
        """Show what was committed to. From here on whoever acts as the device may learn a short secret."""
        self._step(State.COMMITTED, State.REVEALED)
        return pdus.encode(pdus.Random(self._random))

    def hand_over(self, data: ProvisioningData) -> bytes:
        """The network's key and the device's address, sealed for it."""
        self._step(State.PROVED, State.HANDED_OVER)
        assert self._session is not None
        return pdus.encode(pdus.Data(self._session.seal(data)))

    # --- what comes ----------------------------------------------------------------------------------

    def receive(self, octets: bytes) -> Event:
        """A message of the device.

        Raises ProtocolViolation, MeshReflected, MeshSecretWrong, and for a reason that the device gives
        MeshProvisioningRefused, MeshSecretWrong or DeviceFull. After any of them it is over.
        """
        before, self.state = self.state, State.OVER
        pdu = pdus.decode(octets)
        if isinstance(pdu, pdus.Failed):
            raise failure(pdu.reason)
        handler = _EXPECTED.get((before, type(pdu)))
        if handler is None:
            raise ProtocolViolation(f"{type(pdu).__name__} while {before.value}")
        if before is State.INVITED:
            self._told = octets[1:]
        self.state, event = handler(self, pdu)
        return event

    def _on_capabilities(self, pdu: Pdu) -> tuple[State, Event]:
        self._offered = cast(pdus.CapabilitiesPdu, pdu).capabilities
        return State.OFFERED, Offered(self._offered)

    def _on_public_key(self, pdu: Pdu) -> tuple[State, Event]:
        self._agree(cast(pdus.PublicKey, pdu).octets)
        return State.KEYED, KeyKnown()

    def _on_input(self, pdu: Pdu) -> tuple[State, Event]:
        return State.KEYED, InputDone()

    def _on_confirmation(self, pdu: Pdu) -> tuple[State, Event]:
        self._theirs = self._sized(cast(pdus.Confirmation, pdu).octets)
        require_other(self._confirmation, self._theirs)
        return State.COMMITTED, Committed()

    def _on_random(self, pdu: Pdu) -> tuple[State, Event]:
        random = self._sized(cast(pdus.Random, pdu).octets)
        require_other(self._random, random)
        if not hmac.compare_digest(self._agreed.confirmation(random, self._secret), self._theirs):
            raise MeshSecretWrong("the device's confirmation")
        self._session = self._agreed.session(self._random, random)
        return State.PROVED, Proved(self._session.device_key)

    def _on_complete(self, pdu: Pdu) -> tuple[State, Event]:
        return State.OVER, Done()

    # --- inside --------------------------------------------------------------------------------------

    def _step(self, here: State, then: State) -> None:
        assert self.state is here, f"{then.value} after {self.state.value}"
        self.state = then

    @property
    def _made(self) -> Choice:
        assert self._choice is not None
        return self._choice

    @property
    def _agreed(self) -> Exchange:
        assert self._exchange is not None
        return self._exchange

    def _agree(self, theirs: bytes) -> None:
        """theirs: X and Y. The same X is our own key, or its negative (CVE-2020-26560)."""
        require_other(self._public[:32], theirs[:32])
        shared = agree(self._key, theirs)
        keys = self._public, theirs
        self._exchange = Exchange.of(self._invited, self._told, self._made, keys, shared)
        self.state = State.KEYED

    def _sized(self, octets: bytes) -> bytes:
        if len(octets) != self._made.algorithm.octets:
            raise ProtocolViolation(f"{len(octets)} octets with {self._made.algorithm.name}")
        return octets


_EXPECTED: Mapping[tuple[State, type[Pdu]], Callable[[Provisioner, Pdu], tuple[State, Event]]] = {
    (State.INVITED, pdus.CapabilitiesPdu): Provisioner._on_capabilities,
    (State.STARTED, pdus.PublicKey): Provisioner._on_public_key,
    (State.KEYED, pdus.InputComplete): Provisioner._on_input,
    (State.COMMITTING, pdus.Confirmation): Provisioner._on_confirmation,
    (State.REVEALED, pdus.Random): Provisioner._on_random,
    (State.HANDED_OVER, pdus.Complete): Provisioner._on_complete,
}
"""What may come when. Everything else ends the exchange."""


def failure(reason: int) -> CompanionError:
    """What a device's reason means."""
    if reason == Reason.CONFIRMATION_FAILED:
        return MeshSecretWrong("the device says so")
    if reason == Reason.OUT_OF_RESOURCES:
        return DeviceFull("reason 5")
    return MeshProvisioningRefused(f"reason {reason}")
