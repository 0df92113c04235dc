"""The sections of the window, which the rail leads to."""

from __future__ import annotations

from enum import Enum


class Section(Enum):
    ADD = "add"
    DEVICES = "devices"
    ACTIVITY = "activity"
    LAB = "lab"
    SETTINGS = "settings"
