"""What survives the death of the app: open transactions, resets and the inventory.

A transaction is found again by the fingerprint of the device's identity key.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any

from companion.encoding.cbor import MalformedCbor
from companion.model import DeviceIdentity
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.store import saved_transaction
from companion.protocols.rp1.store.owner_store import OwnerStore
from companion.protocols.rp1.store.saved_transaction import Naming, SavedTransaction
from companion.protocols.rp1.wire.info import recognise
from companion.protocols.rp1.wire.results import Request
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory

MOST_COMPARISONS = 3
_OPEN, _KEYS, _SECRETS = "open", "keys", "secrets"
_PARTED, _EPOCHS, _RELEASES = "parted", "epochs", "releases"
_CERTIFIED, _REQUESTS, _MARKS = "certified", "requests", "marks"


class CommissionerStore:
    """What this protocol keeps between runs, in the registry's `Memory`, and what one run counts."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.owners = OwnerStore(memory)
        self._comparisons = 0

    # --- open transactions --------------------------------------------------------------------------

    def fingerprints(self) -> tuple[bytes, ...]:
        """The devices that may have an open transaction: those on the list, and the inventory's."""
        listed = (bytes.fromhex(fp) for fp in self._memory.get(_OPEN) or ())
        return tuple(dict.fromkeys([*listed, *self.identity_keys()]))

    def recall(self, fp: bytes) -> SavedTransaction | None:
        """The open transaction with the device of this fingerprint."""
        kept = self._memory.get_secret(_sealed(fp))
        if kept is None:
            return None
        try:
            return saved_transaction.decode(kept)
        except MalformedCbor:
            return None

    def keep(self, fp: bytes, pending: SavedTransaction) -> None:
        """On disk when this returns."""
        self._memory.put_secret(_sealed(fp), saved_transaction.encode(pending))
        known = self._memory.get(_OPEN) or []
        if fp.hex() not in known:
            self._memory.put(_OPEN, [*known, fp.hex()])

    def forget(self, fp: bytes) -> None:
        """The transaction is over. Its secrets go last: while they are there, a run goes on to this point."""
        known = self._memory.get(_OPEN) or []
        if fp.hex() in known:
            self._memory.put(_OPEN, [one for one in known if one != fp.hex()] or None)
        if self._memory.get_secret(_sealed(fp)) is not None:
            self._memory.put_secret(_sealed(fp), None)

    # --- resets -------------------------------------------------------------------------------------

    def begin_release(self, fp: bytes, device: DeviceIdentity) -> None:
        """RESET is about to leave for this device. On disk when this returns."""
        said = [device.id, device.name, device.model, device.serial, device.firmware]
        self._memory.put(_RELEASES, {**self._releases(), fp.hex(): said})

    def release(self, fp: bytes) -> DeviceIdentity | None:
        """The device as it was when RESET was sent to it; None where no reset waits for its end."""
        said = self._releases().get(fp.hex())
        return None if said is None else DeviceIdentity(*said)

    def end_release(self, fp: bytes) -> None:
        """The reset is recorded, or the device said that it is still owned."""
        releases = self._releases()
        if releases.pop(fp.hex(), None) is not None:
            self._memory.put(_RELEASES, releases or None)

    def _releases(self) -> dict[str, list[Any]]:
        return dict(self._memory.get(_RELEASES) or {})

    # --- inventory ----------------------------------------------------------------------------------

    def identity_keys(self) -> dict[bytes, bytes]:
        """Identity keys (points) of the devices that were commissioned, by fingerprint."""
        keys = self._memory.get(_KEYS) or {}
        return {bytes.fromhex(fp): bytes.fromhex(key) for fp, key in keys.items()}

    def own(self, beacon: bytes, fp: bytes | None) -> bytes | None:
        """The fingerprint of the device that sends this, if it is the user's own. `fp`: the code's."""
        parted = frozenset(self._memory.get(_PARTED) or ())
        mine = [one for one in self.identity_keys() if one.hex() not in parted]
        if fp is not None:
            return fp if fp in mine else None
        return next((one for one in mine if recognise(beacon, one)), None)

    def part_with(self, identity_key: bytes) -> None:
        """The device was set free or given away. Its key stays known: it is still the same device."""
        fp = crypto.fingerprint(identity_key).hex()
        self._memory.put(_PARTED, sorted({*(self._memory.get(_PARTED) or ()), fp}))

    def note_epoch(self, identity_key: bytes, epoch: int) -> None:
        """The device said and proved its epoch, which only rises."""
        fp = crypto.fingerprint(identity_key).hex()
        self._memory.put(_EPOCHS, {**(self._memory.get(_EPOCHS) or {}), fp: epoch})

    def epoch(self, identity_key: bytes) -> int | None:
        """The last epoch that the device was heard to have."""
        heard: int | None = (self._memory.get(_EPOCHS) or {}).get(crypto.fingerprint(identity_key).hex())
        return heard

    def is_shared(self, r: Secret, fp: bytes) -> bool:
        """True if the inventory has this setup secret with another fingerprint (section 5)."""
        owners: dict[str, str] = self._memory.get(_SECRETS) or {}
        return owners.get(_digest(r), fp.hex()) != fp.hex()

    def enter(self, identity_key: bytes, r: Secret | None) -> None:
        """A device is the user's own. Of its setup secret only a hash is kept."""
        self.end_release(crypto.fingerprint(identity_key))
        fp = crypto.fingerprint(identity_key).hex()
        self._memory.put(_KEYS, {**(self._memory.get(_KEYS) or {}), fp: identity_key.hex()})
        parted = self._memory.get(_PARTED) or []
        if fp in parted:
            self._memory.put(_PARTED, [one for one in parted if one != fp] or None)
        if r is not None:
            self._memory.put(_SECRETS, {**(self._memory.get(_SECRETS) or {}), _digest(r): fp})

    def mark(self, r: Secret) -> str:
        """A fingerprint of a setup secret that only this identity can make. Nobody with the records alone can
        tell which label it is of."""
        key = self._memory.get_secret(_MARKS)
        if key is None:
            key = secrets.token_bytes(32)
            self._memory.put_secret(_MARKS, key)
        return hmac.digest(key, r.reveal(), "sha256").hex()[:32]

    def certified(self, fp: bytes) -> str | None:
        """Under which serial number the device of this fingerprint is certified, once it is."""
        return self.all_certified().get(fp.hex())

    def all_certified(self) -> dict[str, str]:
        """By fingerprint (hex), under which serial number each device is certified. One read for all."""
        kept: dict[str, str] | None = self._memory.get(_CERTIFIED)
        return kept or {}

    def name(self, naming: Naming) -> None:
        """The device is certified so from here on. Whose place it takes has no name and no owner here."""
        names = {**(self._memory.get(_CERTIFIED) or {}), naming.fp.hex(): naming.serial}
        for _, identity_key in naming.replaces:
            names.pop(crypto.fingerprint(identity_key).hex(), None)
            self.part_with(identity_key)
        self._memory.put(_CERTIFIED, names)

    def keep_request(self, fp: bytes, tx: bytes, request: Request) -> None:
        """The device's last certificate request, for a CA that was not in the session (`csr.certifiable`)."""
        if request.attestation is not None:
            said = [tx.hex(), request.der.hex(), request.attestation.hex()]
            self._memory.put(_REQUESTS, {**(self._memory.get(_REQUESTS) or {}), fp.hex(): said})

    def request(self, fp: bytes) -> tuple[bytes, Request] | None:
        """Transaction and request that `keep_request` kept."""
        said = (self._memory.get(_REQUESTS) or {}).get(fp.hex())
        if said is None:
            return None
        tx, der, attestation = map(bytes.fromhex, said)
        return tx, Request(der, attestation)

    # --- numeric comparison -------------------------------------------------------------------------

    def count_comparison(self) -> bool:
        """Count one more, before M3 leaves. False: this user action has had its share.

        Whoever begins a run acts, so each run counts for itself, and several may compare at a time.
        """
        if self._comparisons >= MOST_COMPARISONS:
            return False
        self._comparisons += 1
        return True

    def clear_comparisons(self) -> None:
        """The user acted, or both sides confirmed."""
        self._comparisons = 0


def _sealed(fp: bytes) -> str:
    return f"open/{fp.hex()}"


def _digest(r: Secret) -> str:
    return crypto.sha256(b"rp1 inventory" + r.reveal()).hex()
