"""What of the app outlives its death: registry, vault and owner key. `Dying` counts its writes.

`RamDisk` keeps it as values, for hundreds of runs a minute; `RealDisk` is the product's own registry and
sealed file in a folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from companion.errors import RecordMissing
from companion.events import CertificateIssued, CertificateRevoked, Event
from companion.identity import Identity, IssuingCa, OwnerKey, open_identity
from companion.model import DeviceIdentity
from companion.outcome import Outcome
from companion.registry import Registry, open_registry
from companion.registry.database.connection import DATABASE
from companion.secret import Secret

Write = Callable[[], None]
"""Asked before each write; may raise, and then nothing is written."""


@dataclass(frozen=True)
class Entry:
    """A device as the registry has it. leaf: fingerprint of its certificate; receipt: with FINAL's reply."""

    state: str
    name: str
    leaf: str
    receipt: tuple[bytes, bytes | None]


class Disk(Protocol):
    """What is there for the next app."""

    def open(self, write: Write) -> tuple[Any, Identity]:
        """A new app's registry and identity; `write` is asked before each write."""

    def close(self) -> None:
        """The app is gone."""

    def devices(self) -> list[Entry]:
        """What the registry says."""

    def revoked(self) -> set[str]:
        """Fingerprints of the certificates that the registry has as revoked."""

    def issued(self) -> set[str]:
        """Fingerprints of the certificates that can be revoked, whatever became of them."""

    def secrets(self) -> dict[str, bytes]:
        """The protocol's sealed memory, by key."""

    def value(self, key: str) -> Any:
        """The protocol's plain memory under a key."""


class Dying:
    """An object whose methods named here are writes."""

    def __init__(self, inner: Any, write: Write, writes: tuple[str, ...]) -> None:
        self._inner, self._write, self._writes = inner, write, writes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._writes:
            return found

        def written(*given: Any, **named: Any) -> Any:
            self._write()
            return found(*given, **named)

        return written


class DyingRegistry:
    """What a run asks of a registry. Of a run's events only those that decide something are kept."""

    def __init__(self, inner: Registry, write: Write) -> None:
        self._inner, self._write = inner, write

    def begin_run(self, **given: Any) -> str:
        self._write()
        return self._inner.begin_run(**given)

    def append(self, run: str, event: Event) -> None:
        if isinstance(event, CertificateRevoked | CertificateIssued):
            self._write()
            self._inner.append(run, event)

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        self._write()
        return self._inner.finish_run(run, outcome)

    def proven_devices(self, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
        """No other device has its serial number."""
        return []

    def device(self, wanted: str) -> Any:
        raise RecordMissing(wanted=wanted)

    def memory(self, protocol: str, vault: Any) -> Any:
        # Secrets are counted by the vault, which they go to.
        return Dying(self._inner.memory(protocol, vault), self._write, ("put",))


def dying_identity(identity: Identity, write: Write) -> Identity:
    return replace(identity, vault=Dying(identity.vault, write, ("put",)))  # type: ignore[arg-type]


class RamDisk:
    """The registry's and the vault's contract over plain values."""

    def __init__(self) -> None:
        self._owner, self._ca = OwnerKey.generate(), IssuingCa.create("Desk CA")
        self._sealed: dict[str, Secret] = {}
        self._memos: dict[str, str] = {}
        self._devices: dict[bytes, Entry] = {}
        self._revoked: set[str] = set()
        self._issued: set[str] = set()

    def open(self, write: Write) -> tuple[Any, Identity]:
        identity = Identity("disk", True, self._owner, self._ca, self)  # type: ignore[arg-type]
        return DyingRegistry(self, write), dying_identity(identity, write)  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing is held."""

    def devices(self) -> list[Entry]:
        return list(self._devices.values())

    def revoked(self) -> set[str]:
        return set(self._revoked)

    def issued(self) -> set[str]:
        return set(self._issued)

    def secrets(self) -> dict[str, bytes]:
        prefix = "memory/rp1/"
        return {k[len(prefix) :]: v.reveal() for k, v in self._sealed.items() if k.startswith(prefix)}

    def value(self, key: str) -> Any:
        return json.loads(self._memos.get(key, "null"))

    # --- the vault ---

    def get(self, key: str) -> Any:
        return self._sealed.get(key)

    def put(self, key: str, value: Secret | None) -> None:
        self._sealed.pop(key, None)
        if value is not None:
            self._sealed[key] = value

    # --- the registry ---

    def begin_run(self, **given: Any) -> str:
        return "run"

    def append(self, run: str, event: CertificateRevoked | CertificateIssued) -> None:
        if isinstance(event, CertificateRevoked):
            self._revoked.add(event.fingerprint)
        else:
            self._issued.add(event.fingerprint)

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        done = outcome.commissioned
        if done is None:
            return None
        assert done.identity_key is not None and done.receipt is not None
        leaf = next(str(one.details["fingerprint"]) for one in done.credentials if one.kind == "ldevid")
        receipt = (done.receipt.signed, done.receipt.final)
        self._devices[done.identity_key] = Entry(outcome.result.value, done.device.name, leaf, receipt)
        return done.device.id

    def memory(self, protocol: str, vault: Any) -> Any:
        return _Memory(self._memos, vault)


class _Memory:
    def __init__(self, memos: dict[str, str], vault: Any) -> None:
        self._memos, self._vault = memos, vault

    def get(self, key: str) -> Any:
        return json.loads(self._memos.get(key, "null"))

    def put(self, key: str, value: Any) -> None:
        self._memos[key] = json.dumps(value)

    def get_secret(self, key: str) -> bytes | None:
        kept = self._vault.get(f"memory/rp1/{key}")
        return None if kept is None else bytes(kept.reveal())

    def put_secret(self, key: str, value: bytes | None) -> None:
        self._vault.put(f"memory/rp1/{key}", None if value is None else Secret(value))


class RealDisk:
    """A data folder, opened anew for every app."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._registry: Registry | None = None

    def open(self, write: Write) -> tuple[Any, Identity]:
        self.close()
        identity = open_identity(self._folder, throwaway=True)
        self._registry = open_registry(self._folder)
        return DyingRegistry(self._registry, write), dying_identity(identity, write)

    def close(self) -> None:
        if self._registry is not None:
            self._registry.close()
            self._registry = None

    def devices(self) -> list[Entry]:
        registry = open_registry(self._folder)
        try:
            listed = [registry.device(each.id) for each in registry.devices()]
        finally:
            registry.close()
        entries = []
        for device in listed:
            (leaf,) = [c for c in device.credentials if c.kind == "ldevid" and c.replaced is None]
            signed = {(receipt.signed, receipt.final) for receipt in device.receipts}
            newest = device.receipts[0]
            assert len(signed) == 1, "one commissioning, one receipt"
            fingerprint = str(leaf.details["fingerprint"])
            entries.append(Entry(device.state, device.name, fingerprint, (newest.signed, newest.final)))
        return entries

    def revoked(self) -> set[str]:
        registry = open_registry(self._folder)
        try:
            return {each.fingerprint for each in registry.revocations()}
        finally:
            registry.close()

    def issued(self) -> set[str]:
        with contextlib.closing(sqlite3.connect(self._folder / DATABASE)) as connection:
            return {row[0] for row in connection.execute("SELECT fingerprint FROM issued")}

    def secrets(self) -> dict[str, bytes]:
        prefix = "memory/rp1/"
        kept = open_identity(self._folder, throwaway=True).vault.everything()
        return {key[len(prefix) :]: value for key, value in kept.items() if key.startswith(prefix)}

    def value(self, key: str) -> Any:
        registry = open_registry(self._folder)
        try:
            return registry.memory("rp1", open_identity(self._folder, throwaway=True).vault).get(key)
        finally:
            registry.close()


def leaf_print(der: bytes) -> str:
    """The fingerprint by which a certificate is known."""
    return hashlib.sha256(der).hexdigest()
