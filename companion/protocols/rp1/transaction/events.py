"""What the transaction is given, what it tells, and what it needs from whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from companion.protocols.rp1.aborts import WifiRefusal
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.ownership.carried_list import AnyDelivery
from companion.protocols.rp1.ownership.owners_list import Entries
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.wire.info import SMALLEST_MAX_MSG
from companion.protocols.rp1.wire.results import Facts


@dataclass(frozen=True)
class Session:
    """What the transaction needs of a session.

    max_msg:      INFO's, the longest message that the device takes
    identity_key: the device's, where the handshake or an earlier session proved it (point, 65 octets)
    delivery:     of the owner's list, where the session may carry it
    onboards:     there is no owner yet whose list it could be: it waits for item 6
    """

    kind: SessionKind
    master: Master
    max_msg: int = SMALLEST_MAX_MSG
    identity_key: bytes | None = None
    delivery: AnyDelivery | None = None
    onboards: bool = False

    def next_list(self, *, onboards: bool) -> bytes | None:
        """The owner's list that is to be sent now. onboards: item 6 is staged."""
        return self.delivery.next() if self.delivery is not None and self.onboards == onboards else None


# --- what it tells -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class FactsRead:
    """The device said and proved who it is."""

    facts: Facts


@dataclass(frozen=True)
class Checkpoint:
    """Keep `TransactionMachine.snapshot()` now, before the next request goes out."""


@dataclass(frozen=True)
class ItemStaged:
    """The device has this item whole."""

    kind: ItemType


@dataclass(frozen=True)
class Verifying:
    """PROGRESS: 1 join, 2 dhcp, 3 dns, 4 tls, 5 cloud."""

    phase: int


@dataclass(frozen=True)
class VerifyFailed:
    """The device tried what it was given, and it does not work. detail: an `aborts.VerifyFailure`;
    cause: what more it knows of a refused Wi-Fi."""

    detail: int | None
    cause: WifiRefusal | None = None


@dataclass(frozen=True)
class Verified:
    """The device used what it was given, and it works."""


@dataclass(frozen=True)
class Committed:
    """The device has switched over; its receipt holds."""

    receipt: bytes


@dataclass(frozen=True)
class Finished:
    """The device acknowledged the receipt: it is owned. The last event."""

    receipt: bytes
    acknowledgement: bytes


@dataclass(frozen=True)
class ListAgreed:
    """The device goes by the owner's newest list."""

    entries: Entries


@dataclass(frozen=True)
class Reverted:
    """The device went back to what it was. Revoke this certificate (DER), which was issued in vain."""

    leaf: bytes


TransactionEvent: TypeAlias = (
    FactsRead
    | Checkpoint
    | ItemStaged
    | Verifying
    | VerifyFailed
    | Verified
    | Committed
    | Finished
    | ListAgreed
    | Reverted
)

Events: TypeAlias = tuple[TransactionEvent, ...]


# --- what it needs -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedCertificate:
    """Call `certify` with the chain for this request (PKCS#10 DER, binding checked).

    serial: what to certify, see `serials.certified`
    """

    csr: bytes
    serial: str


@dataclass(frozen=True)
class NeedChoice:
    """Call `choose`. failure, cause: why the last network did not work, None the first time."""

    failure: int | None = None
    cause: WifiRefusal | None = None


@dataclass(frozen=True)
class NeedClaim:
    """Call `claim` with a fresh one: item 5 is staged right after."""


@dataclass(frozen=True)
class NeedRetry:
    """VERIFY failed for a reason that no other network repairs: call `retry`, or give up."""

    failure: int | None


@dataclass(frozen=True)
class NeedSession:
    """The transaction is gone: only a fresh handshake and `begin` lead on."""


Need: TypeAlias = NeedCertificate | NeedChoice | NeedClaim | NeedRetry | NeedSession
