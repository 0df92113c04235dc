"""The first page, a backup's content, the lesson of a wrong number, and what a real device needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from companion.doctor.checks import Check, CheckName, CheckState
from companion.model import DeviceSettings
from ui.engine.events import RadioMissing, RadioReady
from ui.flow.core import Flow
from ui.flow.tour import Lesson, Tour
from ui.pages.first_start.views import BackupView, ComputerPart, LessonView, WelcomeView
from ui.present.network import suggested_rooms
from ui.present.run.requirements import requirements
from ui.present.texts import title_of, translated

if TYPE_CHECKING:
    from companion.backups import Contents
    from ui.pages.run.requirements import RequirementsView
    from ui.sources.camera_state import CameraState

TOUR_PROTOCOL = "rp1"
"""Its virtual device has a display and a button."""


def tour() -> Tour:
    """The tour's device, with what it gets."""
    from companion.virtual.access_points import HAFEN

    return Tour(TOUR_PROTOCOL, DeviceSettings(_("Virtual sensor"), suggested_rooms()[0], HAFEN))


def welcome(flow: Flow) -> WelcomeView:
    """The first page, by what this computer has."""
    camera = _found(flow.checks, CheckName.CAMERA)
    has_camera = camera is not None and camera.state is CheckState.GOOD
    missing = isinstance(flow.radio, RadioMissing)
    if missing:
        real = _("It needs a Bluetooth adapter. Companion finds one as soon as you connect it.")
    elif has_camera:
        real = _("Scan or type its code, or choose the device from those nearby.")
    else:
        real = _("Type its code, open a picture of it, or choose the device from those nearby.")
    parts = (_bluetooth(flow), _camera(camera), _keys(_found(flow.checks, CheckName.KEYSTORE)))
    return WelcomeView(real, parts, virtual_first=missing)


def real_device(flow: Flow, camera: CameraState, *, keeps_virtual: bool = False) -> RequirementsView:
    """What a real device needs, after a virtual one. keeps_virtual: one was set up, which is listed apart"""
    view = requirements(flow, camera)
    sees = all(each.works for each in view.requirements if each.icon == "camera")
    lead = (
        _("This computer is ready. Set up a real device with the same steps.")
        if isinstance(flow.radio, RadioReady)
        else _("A Bluetooth adapter is missing. Companion finds one as soon as you connect it.")
        if isinstance(flow.radio, RadioMissing)
        else _("Checking what this computer has.")
    )
    return replace(
        view,
        title=_("Now your real device"),
        lead=lead,
        note=_("Hold its label in front of the camera, or type its code.")
        if sees
        else _("Type its code, open a picture of it, or choose the device from those nearby."),
        kept=_("Your virtual device has a list of its own: Devices, “Show virtual devices”.")
        if keeps_virtual
        else "",
    )


def backup(content: Contents) -> BackupView:
    """What is in a backup, before anything is written."""
    from ui.present.backup import facts

    note = _("Restoring writes these to this computer. Your devices accept this key.")
    return BackupView(facts(content), note)


def lesson(learned: Lesson) -> LessonView:
    """What the answer to a wrong number would have meant."""
    if learned.matched:
        return LessonView(
            _("The numbers differed"),
            _("This was only a demonstration, so nothing was handed over. With a real attacker:"),
            learned.here,
            learned.there,
            (
                (
                    "warning",
                    _("You would have connected to the attacker"),
                    _("Different numbers mean that the device is connected to someone else, not to you."),
                ),
                (
                    "wifi",
                    _("The attacker would have your Wi-Fi password"),
                    _("What is handed over is encrypted for whoever is at the other end."),
                ),
                (
                    "key",
                    _("The attacker could have become the device's owner"),
                    _("The attacker can forward your data, so that the device seems to work."),
                ),
            ),
            fooled=True,
        )
    return LessonView(
        _("You stopped the attack"),
        _("This was only a demonstration. The numbers differed, and nothing was handed over."),
        learned.here,
        learned.there,
        (
            (
                "shield-check",
                _("Different numbers reveal an attacker"),
                _(
                    "An attacker can't make both sides show the same number, except with a chance of one "
                    "in a million."
                ),
            ),
            ("ban", _("The connection was ended"), _("Your password and keys were not sent.")),
        ),
        fooled=False,
    )


def _found(checks: tuple[Check, ...], name: CheckName) -> Check | None:
    return next((each for each in checks if each.name is name), None)


def _bluetooth(flow: Flow) -> ComputerPart:
    match flow.radio:
        case RadioReady():
            count = len(flow.nearby)
            sentence = (
                _("Devices in range that are ready: {count}").format(count=count)
                if count
                else _("No device in range is ready to set up yet.")
            )
            return ComputerPart(_("Bluetooth works"), sentence, True)
        case RadioMissing(error=error):
            remedies = (each.remedy for each in flow.checks if each.error is type(error) and each.remedy)
            remedy = next((translated(each) for each in remedies), "")
            return ComputerPart(title_of(error), remedy or _("Connect an adapter."), False, stops=True)
    return ComputerPart(_("Bluetooth"), _("Checking"), None)


def _camera(found: Check | None) -> ComputerPart:
    if found is None:
        return ComputerPart(_("Camera"), _("Checking"), None)
    if found.state is CheckState.GOOD:
        return ComputerPart(_("Camera found"), _("It is on only while you scan a code."), True)
    if found.state is CheckState.UNKNOWN:
        return ComputerPart(_("Camera"), translated(found.sentence), None)
    return ComputerPart(translated(found.sentence), _("Type the code or open a picture of it."), False)


def _keys(found: Check | None) -> ComputerPart:
    if found is None:
        return ComputerPart(_("Key store"), _("Checking"), None)
    if found.state is CheckState.GOOD:
        return ComputerPart(_("Keys are protected"), translated(found.sentence), True)
    if found.state is CheckState.LACKING:
        sentence = _("Keys are kept in a file, protected by a passphrase.")
        return ComputerPart(_("No key store"), sentence, False, stops=True)
    remedy = translated(found.remedy) if found.remedy else ""
    return ComputerPart(translated(found.sentence), remedy, False, stops=True)


def _(words: str) -> str:
    return QCoreApplication.translate("first_start", words)
