"""What an examination found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from companion.errors import CompanionError
from companion.model import Text


class CheckName(StrEnum):
    """The parts of this computer that are examined; stable, for programs."""

    KERNEL = "kernel"
    DBUS = "dbus"
    SERVICE = "service"
    ADAPTER = "adapter"
    PERMISSION = "permission"
    PROFILE = "profile"
    BLUETOOTH = "bluetooth"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    ZBAR = "zbar"
    FONTS = "fonts"
    KEYSTORE = "keystore"
    HSM = "hsm"
    NFC = "nfc"
    FOLDER = "folder"
    ENDPOINT = "endpoint"
    REVOCATION_LIST = "revocation-list"
    REGISTRY = "registry"
    CLOCK = "clock"
    VERSIONS = "versions"
    UPDATES = "updates"
    PLUGIN = "plugin"


class CheckState(StrEnum):
    """How a part of this computer is."""

    GOOD = "good"
    LACKING = "lacking"
    """Companion works without it, and does less."""
    BLOCKING = "blocking"
    """No device can be commissioned until this is fixed."""
    UNKNOWN = "unknown"
    """It could not be asked, because something else is missing."""


@dataclass(frozen=True)
class Check:
    """One part of this computer.

    sentence: what was found; remedy: the command or settings path that fixes it on this system
    error:    what a run would end with, if this stops it
    """

    name: CheckName
    state: CheckState
    sentence: Text
    remedy: Text | None = None
    error: type[CompanionError] | None = None

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "name": self.name.value,
            "state": self.state.value,
            "sentence": str(self.sentence),
            "remedy": str(self.remedy) if self.remedy else None,
            "code": self.error.code if self.error else None,
        }
