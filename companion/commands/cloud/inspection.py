"""`companion cloud check`: which part is missing at the cloud, in words."""

from __future__ import annotations

import argparse
from typing import Any

from companion.clouds.profile import CloudProfile
from companion.clouds.providers import open_service
from companion.clouds.roots import anchors
from companion.commands.arguments.services import offline_services
from companion.commands.cloud.profiles import store
from companion.commands.terminal import streams
from companion.model import Check, Verdict
from companion.registry import Registry
from companion.registry.records import DeviceRecord
from companion.services import Services

_MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
MISSING = 6


def check(arguments: argparse.Namespace) -> int:
    """Ask the cloud. 0: nothing is missing; 6: something is."""
    profile = store(arguments).find(arguments.words[0])
    with offline_services(arguments) as services:
        found = _checks(profile, services, arguments.device)
    if arguments.json:
        streams.print_json({"profile": profile.name, "checks": [_document(each) for each in found]})
    else:
        for each in found:
            streams.print_line(f"{_MARKS[each.verdict]} {each.claim}: {each.reason}")
        if not found:
            streams.print_line("Nothing can be asked from here. Each device tests the connection itself.")
    return MISSING if any(each.verdict is Verdict.FAILED for each in found) else 0


def _checks(profile: CloudProfile, services: Services, device: str | None) -> tuple[Check, ...]:
    """Of the account, and of one device with its newest certificate.

    Raises CloudError and StorageError leaves, RecordMissing.
    """
    record = services.registry.device(device) if device else None
    name = profile.name_of(record.serial or "") if record is not None else ""
    identity = services.open_identity()
    owner = identity.ca.anchors
    anchors(profile, owner)
    service = open_service(profile, identity.vault)
    found = service.check(owner)
    if record is not None and (leaf := _leaf(record, services.registry)) is not None:
        found += service.standing(name, leaf)
    return found


def _leaf(record: DeviceRecord, registry: Registry) -> bytes | None:
    """The newest certificate of a device (DER); None: it has none that is kept here."""
    prints = (each.details.get("fingerprint") for each in record.credentials if each.kind == "ldevid")
    chain = next((found for each in prints if each and (found := registry.certificate(str(each)))), ())
    return chain[0] if chain else None


def _document(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "claim": str(check.claim),
        "reason": str(check.reason),
        "verdict": str(check.verdict),
    }
