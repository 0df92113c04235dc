"""A device that was really certified and really signed, and others after it, in a registry."""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.events import CertificateIssued
from companion.identity import DeviceName, Identity, open_identity
from companion.model import Commissioned, Credential, DeviceIdentity, Receipt
from companion.protocols.rp1.transaction import receipt as receipts
from companion.registry import Registry, open_registry
from tests.identity import requests
from tests.registry.run_samples import outcome

TIME = 1_790_000_000

# They lie beside each other, in no package, as they do beside a proof.
sys.path.append(str(files("companion.trust.proof") / "verifier"))
verify_proof = importlib.import_module("verify_proof")
verify_signatures = importlib.import_module("verify_signatures")


@dataclass
class Device:
    """serial: under which it was certified; run: that set it up"""

    serial: str
    run: str
    id: str


def identity_in(folder: Path) -> Identity:
    return open_identity(folder, throwaway=True)


def commission(
    registry: Registry,
    identity: Identity,
    serial: str,
    *,
    grants: bytes | None = None,
    time: int | None = TIME,
    owner: bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> Device:
    """Set up a device as a run does. grants: by which digest its receipt names a chain; key: of its
    request."""
    request = requests.request(key or requests.device_key())
    key = es256.generate()
    point = es256.point(key)
    name = DeviceName.under(identity.owner.public, hashlib.sha256(point).digest()[:16])
    issued = identity.ca.issue(request, serial=serial, name=name)
    said = receipts.Receipt(
        tx=hashlib.sha256(serial.encode()).digest()[:8],
        manifest=bytes(32),
        th5=bytes(32),
        epoch=1,
        serial=serial,
        owner_sha256=hashlib.sha256(owner or identity.owner.public).digest(),
        time=time,
        grants_sha256=grants,
    )
    signed = receipts.sign(lambda message: es256.sign(key, message), said)
    final = receipts.acknowledge(
        lambda message: es256.sign(key, message), said.tx, hashlib.sha256(signed).digest()
    )
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    number = f"{issued.serial_number:x}"
    registry.append(run, CertificateIssued(issued.fingerprint, number, issued.not_after, point, issued.chain))
    done = Commissioned(
        DeviceIdentity(serial, "Sensor", "S1", serial, "1.0"),
        "oob",
        (Credential("ldevid", {"fingerprint": issued.fingerprint}),),
        receipt=Receipt(signed, final),
        identity_key=point,
    )
    id = registry.finish_run(run, outcome(run, done))
    assert id is not None
    return Device(serial, run, id)


def open_both(folder: Path) -> tuple[Registry, Identity]:
    return open_registry(folder), identity_in(folder)


def checks(content: bytes, witnesses: Sequence[str] = ()) -> list[str]:
    """What the program beside a proof checked. It raises if one check failed."""
    return list(verify_proof.checks(verify_signatures.cbor(content), None, witnesses))


def passes(content: bytes) -> bool:
    """What the program beside a proof says."""
    try:
        return bool(checks(content))
    except Exception:
        return False


def is_signed(content: bytes) -> bool:
    """What its part for signatures says by itself."""
    try:
        return bool(list(verify_signatures.checks(verify_signatures.cbor(content))))
    except Exception:
        return False
