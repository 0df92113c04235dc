"""What is known of the camera. Apart from the camera itself, for the first page needs only this."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QOperatingSystemVersion

_System = QOperatingSystemVersion.OSType
_SETTINGS = {
    _System.MacOS: "x-apple.systempreferences:com.apple.preference.security?Privacy_Camera",
    _System.Windows: "ms-settings:privacy-webcam",
}


class CameraState(Enum):
    """OFF: not wanted. NONE: there is none. ASK, DENIED: permission. STARTING, ON. BUSY: no picture."""

    OFF = "off"
    NONE = "none"
    ASK = "ask"
    DENIED = "denied"
    STARTING = "starting"
    ON = "on"
    BUSY = "busy"


def settings_address() -> str:
    """Where this system keeps its camera permission, as a URL; "" where that is no one place."""
    return _SETTINGS.get(QOperatingSystemVersion.current().type(), "")
