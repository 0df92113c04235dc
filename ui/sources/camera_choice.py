"""Which camera is used and how its picture is shown, kept between starts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings


@dataclass(frozen=True)
class CameraChoice:
    """name: of the camera, "" for the system's default. mirrored: the preview is shown as in a mirror."""

    name: str = ""
    mirrored: bool = False


def load(settings: QSettings) -> CameraChoice:
    """What was saved last."""
    return CameraChoice(
        name=str(settings.value("camera/name", "")),
        mirrored=bool(settings.value("camera/mirrored", False, type=bool)),
    )


def save(settings: QSettings, choice: CameraChoice) -> None:
    """Keep it for the next start."""
    settings.setValue("camera/name", choice.name)
    settings.setValue("camera/mirrored", choice.mirrored)
