"""A device that the user already owns, for the page that asks what to do with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.flow.commissioning import CommissioningFlow
from ui.flow.tasks import Task
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.run.already_yours import AlreadyYoursView
from ui.pages.views import TaskView
from ui.present.devices import device_art, device_name
from ui.present.registry import devices
from ui.present.steps import marks, spoken

# What leads on from a setup code, in this order; all else is on the device's own page.
HINTS = {
    Task.REPROVISION: QT_TRANSLATE_NOOP("yours", "It gets a new certificate as well"),
    Task.TRANSFER: QT_TRANSLATE_NOOP("yours", "You get a token for its next owner"),
    Task.RESET: QT_TRANSLATE_NOOP("yours", "Removes you as owner. Anyone with its code can then claim it"),
}


def already_yours(flow: CommissioningFlow) -> AlreadyYoursView:
    """By the name and room that its owner gave it; until its record is there, as the run found it."""
    if flow.record is None:
        name, place, art = device_name(flow), "", device_art(flow)
        tasks: tuple[TaskView, ...] = ()
    else:
        shown = devices.device(flow.record)
        name, place, art = shown.name, shown.room, shown.kind
        offered = (shown.primary, *shown.actions, *shown.dangers)
        actions = {action.key: action for action in offered if action is not None}
        tasks = tuple(
            TaskView(task, actions[task].title, _(hint), actions[task].icon)
            for task, hint in HINTS.items()
            if task in actions
        )
    return AlreadyYoursView(
        title=_("{name} is already yours").format(name=name),
        lead=_("What do you want to do with it?"),
        name=name,
        place=place,
        art=art,
        tasks=tasks,
        marks=marks(flow),
        spoken=spoken(flow),
    )


def _(words: str) -> str:
    return QCoreApplication.translate("yours", words)
