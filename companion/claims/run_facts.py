"""What is known of a device and of a run at one moment, and nothing that is only expected.

A driver tells facts as events; `companion.claims.tracker` makes a `RunFacts` of them. Every sentence about
protection, identity or what became of the credentials is made from a `RunFacts`, here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from companion.model import DeviceIdentity


class Evidence(StrEnum):
    """By what the device at the other end of the session is known."""

    LABEL_KEY = "label_key"
    """It proved the identity key whose fingerprint the setup code holds."""

    MANUFACTURER = "manufacturer"
    """It proved a key that a pinned manufacturer's chain attests."""

    KNOWN_KEY = "known_key"
    """It proved the identity key of its record here."""

    TOKEN_KEY = "token_key"
    """It proved the identity key that a transfer token names."""

    COMPARISON = "comparison"
    """A person compared its number with ours."""

    CODE_SECRET = "code_secret"
    """It proved that it knows the secret of the setup code; other devices may know it too."""

    TYPED_SECRET = "typed_secret"
    """The same for a secret that was typed."""

    SHOWN_SECRET = "shown_secret"
    """It proved that it knows the secret which it, or somebody in its place, showed for some minutes."""

    HEARD_SECRET = "heard_secret"
    """The same for a secret that it, or somebody in its place, sent by sound."""

    SCREEN_SECRET = "screen_secret"
    """The same for a secret that this computer showed on its screen."""

    SHARED_KEY = "shared_key"
    """It proved that it knows a pre-shared key; other devices may know it too."""

    GIVEN_KEY = "given_key"
    """It proved the key whose public part its user gave for it."""

    RESUMED = "resumed"
    """It knows the keys of a session of an earlier run, whatever that rested on."""


class Channel(StrEnum):
    """How messages of the session are protected on their way."""

    CLEAR = "clear"
    """Over the air, not encrypted."""

    SERIAL = "serial"
    """Through a serial port, not encrypted."""

    UNAUTHENTICATED = "unauthenticated"
    """Encrypted, but changes go unnoticed."""

    NONCE_REUSED = "nonce_reused"
    """Encrypted and authenticated, with a nonce that is used twice."""

    SEALED = "sealed"
    """Encrypted and authenticated."""


@dataclass(frozen=True)
class SessionFacts:
    """A session as it was established.

    method: the protocol's name for how ("oob", "security-2"); hybrid: the key exchange has a post-quantum
    part, None where the question does not arise; owned: the device accepted our owner key in it
    """

    method: str
    channel: Channel
    evidence: frozenset[Evidence] = frozenset()
    hybrid: bool | None = None
    owned: bool = False


class Delivery(IntEnum):
    """How far what is handed over got. Later ones say more."""

    NOTHING = 0
    """Nothing left this computer."""

    SENT = 1
    """It left this computer; the device may have it."""

    TAKEN = 2
    """The device took it."""

    WITHDRAWN = 3
    """The device said that it dropped what it was given."""

    REJECTED = 4
    """The device said that it could not use what it was given."""

    IN_USE = 5
    """The device said that it works."""

    SEEN = 6
    """The device was seen at its endpoint with its new certificate."""


@dataclass(frozen=True)
class RunFacts:
    """All that may be claimed.

    advertised: an advertisement was seen; anybody can send one. connected: a link was up in this run
    device: what it says of itself; session: the one under way, or the last
    sequence: of its firmware, where the protocol has such a number
    sent: kinds of credentials (and "reset") that left this computer; taken: those that the device took
    address: on the air or on the network, of the device that was found, the last of several; passed_over: of
    those before it, which fitted too
    keeps_owner: it was reset, and says that its owner stayed
    """

    advertised: bool = False
    address: str = ""
    passed_over: frozenset[str] = frozenset()
    connected: bool = False
    device: DeviceIdentity | None = None
    sequence: int | None = None
    session: SessionFacts | None = None
    delivery: Delivery = Delivery.NOTHING
    sent: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    keeps_owner: bool = False

    @property
    def evidence(self) -> frozenset[Evidence]:
        """By what the device is known; empty before there is a session."""
        return self.session.evidence if self.session is not None else frozenset()

    @property
    def owned(self) -> bool:
        """The device has our owner key: it took it in this run, or accepted it."""
        accepted = self.session is not None and self.session.owned
        return accepted or ("owner" in self.taken and self.delivery >= Delivery.IN_USE)
