"""The endpoint proto-ver: what a device says of itself before any protection. Nobody signs it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.protocols.espressif.dialogues.exchange import Exchange, Request

ENDPOINT = "proto-ver"


@dataclass(frozen=True)
class Version:
    """protocol: "v1.1", "netprov-v1.2", or a bare text such as "V0.1"; "" if it says nothing

    security, patch: None where the device does not say (ESP-IDF before 5.0, before 5.0.9)
    apps: versions of the application's own protocols, by label
    """

    protocol: str = ""
    security: int | None = None
    patch: int | None = None
    capabilities: frozenset[str] = frozenset()
    apps: Mapping[str, str] = field(default_factory=dict)

    def can(self, capability: str) -> bool:
        return capability in self.capabilities

    @property
    def for_thread(self) -> bool:
        """True for a device that joins Thread and not Wi-Fi."""
        return self.can("thread_prov") and not self.can("wifi_prov")


def ask_version() -> Exchange[Version]:
    """One request, in clear. Raises nothing: a device that says nonsense says nothing."""
    return parse_version((yield Request(ENDPOINT, b"---", sealed=False)))


def parse_version(answer: bytes) -> Version:
    """Read an answer of proto-ver: JSON with any white space, or a bare version text.

    Never raises; fields that are missing or of another type count as not said.
    """
    text = answer.decode(errors="replace").strip(" \t\r\n\0")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Version(text if text.isprintable() and len(text) <= 32 else "")
    if not isinstance(document, dict) or not isinstance(document.get("prov"), dict):
        return Version()
    fields = document["prov"]
    capabilities = fields.get("cap")
    return Version(
        protocol=fields["ver"] if isinstance(fields.get("ver"), str) else "",
        security=_count(fields.get("sec_ver")),
        patch=_count(fields.get("sec_patch_ver")),
        capabilities=frozenset(c for c in capabilities if isinstance(c, str))
        if isinstance(capabilities, list)
        else frozenset(),
        apps={label: _label(app) for label, app in document.items() if label != "prov"},
    )


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _label(app: Any) -> str:
    version = app.get("ver") if isinstance(app, dict) else None
    return version if isinstance(version, str) else ""
