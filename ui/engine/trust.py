"""The chain from the owner to a device on the engine's side: checked again, and written for others."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, StorageError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry.records import DeviceRecord
    from companion.services import Services
    from companion.trust.proof.checks import Checked


@dataclass(frozen=True)
class CheckTrust(Command):
    """Make and check the proof of a device (its id in the registry): `TrustChecked`."""

    device: str


@dataclass(frozen=True)
class ExportProof(Command):
    """Write the proof of a device and the program that checks it: `ProofExported`."""

    device: str
    path: Path


@dataclass(frozen=True)
class TrustChecked(Event):
    """What came of each check. names: of delegates and witnesses, by key (hex) or key name; error: there is
    no proof, and why"""

    record: DeviceRecord
    checked: Checked | None
    seconds: float
    names: dict[str, str]
    error: CompanionError | None = None


@dataclass(frozen=True)
class ProofExported(Event):
    """The proof is in this file; error: it is not, and why."""

    device: str
    path: Path
    error: CompanionError | None = None


def obey(command: CheckTrust | ExportProof, services: Services) -> TrustChecked | ProofExported:
    """With open identity and registry. Raises RecordMissing, StorageError."""
    return _check(command, services) if isinstance(command, CheckTrust) else _export(command, services)


def _check(command: CheckTrust, services: Services) -> TrustChecked:
    from companion.protocols.discovery import receipt_reader
    from companion.registry.lookup import by_id
    from companion.trust.proof.checks import check_proof
    from companion.trust.proof.document import encode
    from companion.trust.proof.export import make_proof

    begun = time.monotonic()
    registry = services.registry
    record = registry.device(by_id(command.device))
    names = {each.holder.hex(): each.holder_name for each in registry.grants.all()}
    names |= {each.key.name: each.name for each in registry.log.witnesses.all()}
    try:
        content = encode(make_proof(registry, services.identity, record))
    except CompanionError as error:
        return TrustChecked(record, None, 0.0, names, error)
    known = [each.key for each in registry.log.witnesses.all()]
    checked = check_proof(content, receipt_reader, owner=services.identity.owner.public, known=known)
    return TrustChecked(record, checked, time.monotonic() - begun, names)


def _export(command: ExportProof, services: Services) -> ProofExported:
    from companion.files import replace_durably
    from companion.registry.lookup import by_id
    from companion.trust.proof.document import encode
    from companion.trust.proof.export import make_proof, verifiers

    path = command.path
    try:
        record = services.registry.device(by_id(command.device))
        proof = make_proof(services.registry, services.identity, record)
        replace_durably(path, encode(proof))
        for name, content in verifiers().items():
            replace_durably(path.with_name(name), content)
    except OSError as error:
        return ProofExported(command.device, path, StorageError(type(error).__name__))
    except CompanionError as error:
        return ProofExported(command.device, path, error)
    return ProofExported(command.device, path)
