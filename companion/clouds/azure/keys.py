"""Symmetric keys of DPS: a device's from its group's, and what proves that one has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
import urllib.parse

from companion.secret import Secret

LIFE_SECONDS = 3600


def device_key(group_key: Secret, name: str) -> Secret:
    """The device's key (32 octets): HMAC-SHA256 of its registration id under the group's key.

    name: in small letters, for ids are the same in any case and keys are not.
    Source: "Symmetric key attestation with DPS", group enrollments.
    """
    return Secret(hmac.new(group_key.reveal(), name.encode(), hashlib.sha256).digest())


def signature(id_scope: str, name: str, key: Secret, now: float | None = None) -> Secret:
    """A shared access signature with which the device of this key registers, valid for an hour."""
    resource = urllib.parse.quote(f"{id_scope}/registrations/{name}", safe="")
    ends = int((time.time() if now is None else now) + LIFE_SECONDS)
    digest = hmac.new(key.reveal(), f"{resource}\n{ends}".encode(), hashlib.sha256).digest()
    signed = urllib.parse.quote(base64.b64encode(digest), safe="")
    return Secret(f"SharedAccessSignature sr={resource}&sig={signed}&se={ends}&skn=registration")
