"""Azure as a `CloudService`: keys for single devices, and what DPS says of a device."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from companion.clouds import checks, claims
from companion.clouds.azure.keys import device_key
from companion.clouds.azure.provisioning import ProvisioningService
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.endpoint import Claim
from companion.model import Check, Text
from companion.plain_text import plain

GROUP, ATTESTATION, REGISTRATION = "group", "attestation", "registration"
ENABLED, X509, SYMMETRIC = "enabled", "x509", "symmetricKey"
_GROUP, _REGISTRATION = Text("Enrollment group active"), Text("Device assigned to its hub")
_CA, _KEY = Text("CA in the group"), Text("Group with keys")
_MOST_TEXT = 120


class AzureService:
    """See `CloudService`."""

    def __init__(self, profile: CloudProfile, dps: ProvisioningService | None = None) -> None:
        self._profile = profile
        self._dps = dps or ProvisioningService(profile.service)

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """The owner's CA issues it: the group knows that."""
        return None

    def claim(self, name: str) -> Claim:
        """The id scope and, for a group with keys, the key of this device alone. It does not run out."""
        if self._profile.kind is CloudKind.AZURE_X509:
            return Claim(claims.encode(claims.ScopeClaim(self._profile.id_scope)))
        key = device_key(self._dps.group_key(self._profile.group), name)
        return Claim(claims.encode(claims.ScopeClaim(self._profile.id_scope, key)))

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        """What became of its registration."""
        state = self._dps.registration(name)
        if state is None:
            return (
                *self._group_if_off(),
                checks.failed(REGISTRATION, _REGISTRATION, Text("Azure has not seen the device yet")),
            )
        status, hub = str(state.get("status")), plain(str(state.get("assignedHub", "")))[:_MOST_TEXT]
        if status == "assigned":
            reason = Text("{name} at {hub}", {"name": name, "hub": hub})
            return (checks.passed(REGISTRATION, _REGISTRATION, reason),)
        facts = {"status": plain(status)[:_MOST_TEXT], "code": _code(state)}
        return (checks.failed(REGISTRATION, _REGISTRATION, Text("Azure says {status}, error {code}", facts)),)

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """Whether the group is there and active, and by what it knows devices."""
        name = self._profile.group
        group = self._dps.group(name)
        if group is None:
            return (checks.failed(GROUP, _GROUP, Text("There is no group {name}", {"name": name})),)
        if group.get("provisioningStatus") != ENABLED:
            return (checks.failed(GROUP, _GROUP, Text("The group {name} is disabled", {"name": name})),)
        active = checks.passed(GROUP, _GROUP, Text("{name}", {"name": name}))
        attestation = group.get("attestation")
        return active, self._attestation(attestation if isinstance(attestation, dict) else {}, anchors)

    def _group_if_off(self) -> tuple[Check, ...]:
        group = self._dps.group(self._profile.group)
        off = group is not None and group.get("provisioningStatus") != ENABLED
        facts: dict[str, str | int | float] = {"name": self._profile.group}
        return (checks.failed(GROUP, _GROUP, Text("The group {name} is disabled", facts)),) if off else ()

    def _attestation(self, attestation: dict[str, Any], anchors: tuple[bytes, ...]) -> Check:
        wanted = X509 if self._profile.kind is CloudKind.AZURE_X509 else SYMMETRIC
        told = plain(str(attestation.get("type")))[:_MOST_TEXT]
        if told != wanted:
            claim = _CA if wanted == X509 else _KEY
            facts = {"type": told, "wanted": wanted}
            return checks.failed(ATTESTATION, claim, Text("The group is of type {type}, not {wanted}", facts))
        if wanted == SYMMETRIC:
            return checks.passed(ATTESTATION, _KEY, Text("Keys are derived for each device"))
        return _knows_ca(attestation.get(X509), anchors)


def _knows_ca(x509: Any, anchors: tuple[bytes, ...]) -> Check:
    """By its certificate, or by the name of one that was uploaded, which says nothing of its key."""
    content = x509 if isinstance(x509, dict) else {}
    references = content.get("caReferences")
    if isinstance(references, dict) and references.get("primary"):
        name = plain(str(references["primary"]))[:_MOST_TEXT]
        reason = Text(
            "By the uploaded certificate {name}; whether that is your CA, only Azure's portal shows",
            {"name": name},
        )
        return checks.remark(ATTESTATION, _CA, reason)
    signing = content.get("signingCertificates")
    known = (
        {_print(signing.get(place)) for place in ("primary", "secondary")}
        if isinstance(signing, dict)
        else set()
    )
    if not any(hashlib.sha256(der).hexdigest() in known for der in anchors):
        return checks.failed(ATTESTATION, _CA, Text("The group does not know your CA"))
    return checks.passed(ATTESTATION, _CA, Text("The group knows your CA"))


def _print(entry: Any) -> str | None:
    """SHA-256 (hex) of a signing certificate, from its info or its content."""
    if not isinstance(entry, dict):
        return None
    info = entry.get("info")
    if isinstance(info, dict) and isinstance(info.get("sha256Thumbprint"), str):
        return str(info["sha256Thumbprint"]).lower()
    try:
        return hashlib.sha256(base64.b64decode(str(entry.get("certificate")), validate=True)).hexdigest()
    except binascii.Error:
        return None


def _code(state: dict[str, Any]) -> str:
    code = state.get("errorCode")
    return str(code) if isinstance(code, int) else "-"
