"""What survives the death of the app: open transactions, resets, the inventory, and the count of comparisons.

Transactions are kept in the sealed store, from the moment that one is opened until the run that ends it is
over. A transaction is found again by the fingerprint of the device's identity key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from companion.model import DeviceIdentity, WifiCredentials, WifiSecurity
from companion.protocols.rp1 import cbor, crypto, shape
from companion.protocols.rp1.cbor import MalformedCbor, Value
from companion.protocols.rp1.info import recognise
from companion.protocols.rp1.owner_store import OwnerStore
from companion.protocols.rp1.results import Request
from companion.questions import DeviceSettings
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory

RESUMPTION_SECONDS = 600
MOST_COMPARISONS = 3
_VERSION = 4
_OPEN, _KEYS, _SECRETS, _COMPARISONS = "open", "keys", "secrets", "comparisons"
_PARTED, _EPOCHS, _RELEASES = "parted", "epochs", "releases"
_CERTIFIED, _REQUESTS = "certified", "requests"


@dataclass(frozen=True)
class Naming:
    """fp: of the device; serial: under which it is certified
    replaces: devices whose place it takes, each its id in the registry and its identity key (point)
    """

    fp: bytes
    serial: str
    replaces: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class SavedTransaction:
    """An open transaction.

    method:   the name of the method that its first session used
    snapshot: `TransactionMachine.snapshot()`
    rpsk:     of the first session, None once it is used up; seen: Unix seconds of the last session
    wishes:   what the user decided, None before he did
    act:      what the run was for: "" to commission, else the name of the owner's act
    time:     the owner's time that the device is given with it (item 7, Unix seconds)
    naming:   None before it was decided
    """

    method: str
    snapshot: bytes = field(repr=False)
    rpsk: bytes | None = field(default=None, repr=False)
    seen: int = 0
    settings: DeviceSettings | None = field(default=None, repr=False)
    act: str = ""
    time: int = 0
    naming: Naming | None = None

    def resumable(self, now: float) -> bytes | None:
        """The RPSK, unless both ends have forgotten it by now."""
        return self.rpsk if self.rpsk is not None and now - self.seen < RESUMPTION_SECONDS else None


class CommissionerStore:
    """What this protocol remembers between runs, over the walk's `Memory`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.owners = OwnerStore(memory)

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
            return _decode(kept)
        except MalformedCbor:
            return None

    def keep(self, fp: bytes, pending: SavedTransaction) -> None:
        """On disk when this returns."""
        self._memory.put_secret(_sealed(fp), _encode(pending))
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

    def certified(self, fp: bytes) -> str | None:
        """Under which serial number the device of this fingerprint is certified, once it is."""
        kept: str | None = (self._memory.get(_CERTIFIED) or {}).get(fp.hex())
        return kept

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
        """Count one more, on disk before M3 leaves. False: this user action has had its share."""
        count = self._memory.get(_COMPARISONS) or 0
        if count >= MOST_COMPARISONS:
            return False
        self._memory.put(_COMPARISONS, count + 1)
        return True

    def clear_comparisons(self) -> None:
        """The user acted, or both sides confirmed."""
        if self._memory.get(_COMPARISONS):
            self._memory.put(_COMPARISONS, None)


def _sealed(fp: bytes) -> str:
    return f"open/{fp.hex()}"


def _digest(r: Secret) -> str:
    return crypto.sha256(b"rp1 inventory" + r.reveal()).hex()


def _encode(pending: SavedTransaction) -> bytes:
    settings, wifi = pending.settings, pending.settings.wifi if pending.settings else None
    network: Value = None
    if wifi is not None:
        passphrase = wifi.passphrase.reveal() if wifi.passphrase is not None else None
        network = [wifi.ssid, passphrase, wifi.security.value, wifi.hidden]
    decided: Value = [settings.name, settings.room, network] if settings is not None else None
    run: list[Value] = [_VERSION, pending.method, pending.act, pending.time]
    return cbor.encode(
        [*run, pending.snapshot, pending.rpsk, pending.seen, decided, _encode_naming(pending.naming)]
    )


def _encode_naming(naming: Naming | None) -> Value:
    if naming is None:
        return None
    return [naming.fp, naming.serial, [[device, key] for device, key in naming.replaces]]


def _decode_naming(value: Value) -> Naming | None:
    if value is None:
        return None
    fp, serial, replaces = shape.array(value, 3)
    pairs = (shape.array(each, 2) for each in shape.array(replaces, 0, 4096))
    return Naming(
        shape.octets(fp, 16),
        shape.text(serial, 64),
        tuple((shape.text(device, 255), shape.octets(key, crypto.POINT_SIZE)) for device, key in pairs),
    )


def _decode(kept: bytes) -> SavedTransaction:
    version, method, act, time, snapshot, rpsk, seen, decided, naming = shape.array(cbor.decode(kept), 9)
    shape.uint(version, _VERSION, _VERSION)
    return SavedTransaction(
        method=shape.text(method, 32),
        act=shape.text(act, 32),
        time=shape.uint(time),
        snapshot=shape.octets(snapshot, 1, cbor.MAX_SIZE),
        rpsk=None if rpsk is None else shape.octets(rpsk, 32),
        seen=shape.uint(seen),
        settings=None if decided is None else _decode_settings(decided),
        naming=_decode_naming(naming),
    )


def _decode_settings(value: Value) -> DeviceSettings:
    name, room, network = shape.array(value, 3)
    wifi = None
    if network is not None:
        ssid, passphrase, security, hidden = shape.array(network, 4)
        wifi = WifiCredentials(
            ssid=shape.octets(ssid, 1, 32),
            passphrase=None if passphrase is None else Secret(shape.octets(passphrase, 0, 64)),
            security=WifiSecurity(shape.text(security, 32)),
            hidden=shape.flag(hidden),
        )
    return DeviceSettings(shape.text(name, 4096), shape.text(room, 4096), wifi)
