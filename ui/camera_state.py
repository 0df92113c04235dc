"""What is known of the camera. Apart from the camera itself, for the first page needs only this."""

from __future__ import annotations

from enum import Enum


class CameraState(Enum):
    """OFF: not wanted. NONE: there is none. ASK, DENIED: permission. STARTING, ON. BUSY: no picture."""

    OFF = "off"
    NONE = "none"
    ASK = "ask"
    DENIED = "denied"
    STARTING = "starting"
    ON = "on"
    BUSY = "busy"
