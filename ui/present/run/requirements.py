"""What this computer lacks, and what it has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import command_of
from companion.errors import CompanionError, RadioError
from companion.plain_text import filled
from ui.engine.events import RadioMissing, RadioReady
from ui.flow.core import Flow
from ui.pages.run.requirements import Requirement, RequirementsView
from ui.present.texts import advice_of, title_of, translated
from ui.sources.camera_state import CameraState


def requirements(flow: Flow, camera: CameraState) -> RequirementsView:
    """What this computer lacks, and what it has."""
    error = flow.error
    if isinstance(flow.radio, RadioMissing):
        error = flow.radio.error
    elif isinstance(flow.radio, RadioReady) and isinstance(error, RadioError):
        # It is there by now.
        error = None
    rows = [_bluetooth(error, flow), _camera(camera, flow.checks), *_further(flow.checks, error)]
    title, lead = _headline(rows)
    return RequirementsView(
        title=title,
        lead=lead,
        note=_("No adapter? Try the whole setup with a virtual device."),
        requirements=tuple(rows),
        kept=_("Your code is kept.") if flow.code is not None else "",
    )


def computer(checks: tuple[Check, ...]) -> tuple[Requirement, ...]:
    """All that the doctor found: what needs its user first, then what works."""
    good = [found for found in checks if found.state is CheckState.GOOD]
    unknown = [found for found in checks if found.state is CheckState.UNKNOWN and not found.remedy]
    camera = [found for found in checks if found.name is CheckName.CAMERA and found not in good + unknown]
    works = [Requirement(_ICONS[found.name], translated(found.sentence), "", True) for found in good]
    asks = [
        Requirement(_ICONS[found.name], translated(found.sentence), "", True, tried=False)
        for found in unknown
    ]
    return (*_further(checks, None), *map(_row, camera), *works, *asks)


def summary(checks: tuple[Check, ...]) -> str:
    """The same in one sentence."""
    wanted = sum(found.state in (CheckState.BLOCKING, CheckState.LACKING) for found in checks)
    if not wanted:
        return _("Nothing is missing.")
    return filled(_("To be fixed: {count}"), {"count": wanted})


def _headline(rows: Sequence[Requirement]) -> tuple[str, str]:
    """Title and lead."""
    if not all(row.works for row in rows):
        return _("Something is missing"), _(
            "Some features are unavailable. Here is what is missing and how to fix it."
        )
    if any(row.asks for row in rows):
        return _("No problems found"), _("Companion can't check everything. See what else you may need.")
    return _("Nothing is missing"), _("These checks were run.")


# Every part that the doctor examines; Bluetooth's parts explain its one row.
_ICONS = {
    CheckName.KERNEL: "bluetooth",
    CheckName.DBUS: "bluetooth",
    CheckName.SERVICE: "bluetooth",
    CheckName.ADAPTER: "bluetooth",
    CheckName.PERMISSION: "bluetooth",
    CheckName.PROFILE: "bluetooth",
    CheckName.BLUETOOTH: "bluetooth",
    CheckName.CAMERA: "camera",
    CheckName.MICROPHONE: "sound",
    CheckName.ZBAR: "code",
    CheckName.FONTS: "screen",
    CheckName.KEYSTORE: "key",
    CheckName.HSM: "key",
    CheckName.NFC: "tag",
    CheckName.FOLDER: "file",
    CheckName.ENDPOINT: "shield-check",
    CheckName.REVOCATION_LIST: "ban",
    CheckName.REGISTRY: "user",
    CheckName.CLOCK: "clock",
    CheckName.VERSIONS: "laptop",
    CheckName.UPDATES: "laptop",
    CheckName.PLUGIN: "code",
}


def _further(checks: tuple[Check, ...], shown: CompanionError | None) -> list[Requirement]:
    """All else that the doctor names, what stops first, each with the command or setting that fixes it.

    What can't be found out is named last, if something can be done about it: Apple's profile for Matter.

    shown: what stops the radio, which has a row already, as the camera has
    """
    further = [
        found
        for state in (CheckState.BLOCKING, CheckState.LACKING, CheckState.UNKNOWN)
        for found in checks
        if found.state is state and (state is not CheckState.UNKNOWN or found.remedy)
    ]
    return [
        _row(found)
        for found in further
        if found.name is not CheckName.CAMERA and (shown is None or found.error is not type(shown))
    ]


def _row(found: Check) -> Requirement:
    remedy = translated(found.remedy) if found.remedy else ""
    return Requirement(
        _ICONS[found.name],
        translated(found.sentence),
        remedy,
        found.state is CheckState.UNKNOWN,
        found.error.code if found.error else "",
        tried=False,
        asks=found.state is CheckState.UNKNOWN,
        command=command_of(remedy),
    )


def _remedy(error: CompanionError, checks: tuple[Check, ...]) -> str:
    """The command or setting for what stops the radio."""
    remedies = (found.remedy for found in checks if found.error is type(error) and found.remedy)
    return next((translated(remedy) for remedy in remedies), "")


def _bluetooth(error: CompanionError | None, flow: Flow) -> Requirement:
    listed = _("Devices in range are listed under “Add device”.")
    if error is None and isinstance(flow.radio, RadioReady):
        works = _("The virtual radio works") if flow.radio.is_virtual else _("Bluetooth works")
        return Requirement("bluetooth", works, listed, True)
    if error is None:
        return Requirement("bluetooth", _("Bluetooth not checked yet"), listed, True, tried=False)
    sentence = _remedy(error, flow.checks) or advice_of(error)
    return Requirement(
        "bluetooth", title_of(error), sentence, False, error.code, command=command_of(sentence)
    )


def _camera(state: CameraState, checks: tuple[Check, ...]) -> Requirement:
    """Only a camera that gives pictures works; one that is off was at most found by the doctor."""
    denied = _("Allow the camera for Companion in the system's privacy settings.")
    problems = {
        CameraState.NONE: (
            _("No camera found"),
            _("Connect one, or type, paste, drop or open the code instead."),
        ),
        CameraState.DENIED: (_("No permission to use the camera"), denied),
        CameraState.ASK: (_("The camera needs your permission"), _("Allow it under “Add device”.")),
        CameraState.BUSY: (_("No image from the camera"), _("Close other programs that use it.")),
    }
    if state in problems:
        return Requirement("camera", *problems[state], False)
    on = _("It is on only while “Add device” is open.")
    if state is CameraState.ON:
        return Requirement("camera", _("The camera works"), on, True)
    found = next((each for each in checks if each.name is CheckName.CAMERA), None)
    if found is not None and found.state is CheckState.LACKING:
        return Requirement(
            "camera", translated(found.sentence), translated(found.remedy) if found.remedy else "", False
        )
    return Requirement("camera", _("Camera not checked yet"), on, True, tried=False)


def _(words: str) -> str:
    return QCoreApplication.translate("requirements", words)
