"""An open transaction as it is kept sealed, from the moment that one is opened until its run is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from companion.claims import Evidence
from companion.encoding import cbor, es256, shape
from companion.encoding.cbor import Value
from companion.model import CompanyLogin, DeviceSettings, WifiCredentials, WifiSecurity
from companion.secret import Secret

if TYPE_CHECKING:
    pass

RESUMPTION_SECONDS = 600
_VERSION = 5


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
    settings:   what the user decided, None before that
    operation: what the run was for: "" to commission, else the name of the ownership operation
    time:     the owner's time that the device is given with it (item 7, Unix seconds)
    naming:   None before it was decided
    endpoint: "host:port" that the device has been given, "" for none
    evidence: by what the device was known in the first session, which one that resumes it rests on
    owned:    the device accepted our owner key in it
    """

    method: str
    snapshot: bytes = field(repr=False)
    rpsk: bytes | None = field(default=None, repr=False)
    seen: int = 0
    settings: DeviceSettings | None = field(default=None, repr=False)
    operation: str = ""
    time: int = 0
    naming: Naming | None = None
    endpoint: str = ""
    evidence: frozenset[Evidence] = frozenset()
    owned: bool = False

    def resumable(self, now: float) -> bytes | None:
        """The RPSK, unless both ends have forgotten it by now."""
        return self.rpsk if self.rpsk is not None and now - self.seen < RESUMPTION_SECONDS else None


def encode(pending: SavedTransaction) -> bytes:
    """Its octets, for the sealed store only."""
    settings, wifi = pending.settings, pending.settings.wifi if pending.settings else None
    network: Value = None
    if wifi is not None:
        passphrase = wifi.passphrase.reveal() if wifi.passphrase is not None else None
        network = [wifi.ssid, passphrase, wifi.security.value, wifi.hidden, *_encode_login(wifi.login)]
    decided: Value = None
    if settings is not None:
        dataset = settings.thread.reveal() if settings.thread is not None else None
        decided = [settings.name, settings.room, network, dataset]
    run: list[Value] = [_VERSION, pending.method, pending.operation, pending.time]
    naming = _encode_naming(pending.naming)
    proved: list[Value] = [sorted(each.value for each in pending.evidence), pending.owned]
    return cbor.encode(
        [*run, pending.snapshot, pending.rpsk, pending.seen, decided, naming, pending.endpoint, *proved]
    )


def _encode_login(login: CompanyLogin | None) -> list[Value]:
    """A company network's fifth entry; others have four."""
    return [] if login is None else [[login.server_name, login.identity, list(login.anchors), login.outer]]


def _decode_login(value: Value) -> CompanyLogin:
    server_name, identity, anchors, outer = shape.array(value, 4)
    return CompanyLogin(
        shape.text(server_name, 255),
        shape.text(identity, 255),
        tuple(shape.octets(der, 1, 4096) for der in shape.array(anchors, 1, 16)),
        None if outer is None else shape.text(outer, 255),
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
        tuple((shape.text(device, 255), shape.octets(key, es256.POINT_SIZE)) for device, key in pairs),
    )


def decode(kept: bytes) -> SavedTransaction:
    """The transaction in sealed octets. Raises MalformedCbor."""
    version, method, operation, time, snapshot, rpsk, seen, decided, naming, endpoint, evidence, owned = (
        shape.array(cbor.decode(kept), 12)
    )
    shape.uint(version, _VERSION, _VERSION)
    return SavedTransaction(
        method=shape.text(method, 32),
        operation=shape.text(operation, 32),
        time=shape.uint(time),
        snapshot=shape.octets(snapshot, 1, cbor.MAX_SIZE),
        rpsk=None if rpsk is None else shape.octets(rpsk, 32),
        seen=shape.uint(seen),
        settings=None if decided is None else _decode_settings(decided),
        naming=_decode_naming(naming),
        endpoint=shape.text(endpoint, 512),
        evidence=_decode_evidence(evidence),
        owned=shape.flag(owned),
    )


def _decode_evidence(value: Value) -> frozenset[Evidence]:
    """What another version knows besides is left out: nothing is claimed that this one has no words for."""
    named = {shape.text(each, 32) for each in shape.array(value, 0, len(Evidence))}
    return frozenset(each for each in Evidence if each.value in named)


def _decode_settings(value: Value) -> DeviceSettings:
    name, room, network, *rest = shape.array(value, 3, 4)
    wifi = None
    if network is not None:
        ssid, passphrase, security, hidden, *login = shape.array(network, 4, 5)
        wifi = WifiCredentials(
            ssid=shape.octets(ssid, 1, 32),
            passphrase=None if passphrase is None else Secret(shape.octets(passphrase, 0, 64)),
            security=WifiSecurity(shape.text(security, 32)),
            hidden=shape.flag(hidden),
            login=_decode_login(login[0]) if login else None,
        )
    # Written before devices were asked for one, it has no dataset.
    dataset = rest[0] if rest else None
    thread = None if dataset is None else Secret(shape.octets(dataset, 1, 254))
    return DeviceSettings(shape.text(name, 4096), shape.text(room, 4096), wifi, thread)
