"""What an ownership operation is called while it runs, and what its steps will do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.model import Step
from ui.flow.ownership import OwnershipFlow
from ui.flow.tasks import Task
from ui.i18n import QT_TRANSLATE_NOOP
from ui.present.texts import step_plan

TITLES = {
    Task.ROTATE: QT_TRANSLATE_NOOP("ownership", "A new certificate for {name}"),
    Task.REPROVISION: QT_TRANSLATE_NOOP("ownership", "Changing {name}"),
    Task.TRANSFER: QT_TRANSLATE_NOOP("ownership", "Transferring {name}"),
    Task.RESET: QT_TRANSLATE_NOOP("ownership", "Resetting {name}"),
    Task.QUERY: QT_TRANSLATE_NOOP("ownership", "Checking {name}"),
    Task.ACCEPT: QT_TRANSLATE_NOOP("ownership", "Taking over {name}"),
    Task.CANCEL: QT_TRANSLATE_NOOP("ownership", "Cancelling the transfer of {name}"),
    Task.REVOKE: QT_TRANSLATE_NOOP("ownership", "Revoking {name}"),
    Task.CHECKS: QT_TRANSLATE_NOOP("ownership", "Who vouches for {name}"),
    Task.STATUS: QT_TRANSLATE_NOOP("ownership", "Checking {name}"),
    Task.FOLLOW: QT_TRANSLATE_NOOP("ownership", "Following {name}"),
    Task.SHARE: QT_TRANSLATE_NOOP("ownership", "Sharing {name}"),
    Task.CONTROLLERS: QT_TRANSLATE_NOOP("ownership", "Who controls {name}"),
    Task.SWITCH: QT_TRANSLATE_NOOP("ownership", "Switching {name}"),
    Task.IDENTIFY: QT_TRANSLATE_NOOP("ownership", "Blinking {name}"),
    Task.RECERTIFY: QT_TRANSLATE_NOOP("ownership", "A new certificate for {name}"),
    Task.RENAME: QT_TRANSLATE_NOOP("ownership", "Renaming {name}"),
    Task.REMOVE: QT_TRANSLATE_NOOP("ownership", "Removing {name} from here"),
    Task.RENEW: QT_TRANSLATE_NOOP("ownership", "Renewing the list of revoked certificates"),
}
# What the step does in which the operations differ.
PLANS = {
    Task.ROTATE: QT_TRANSLATE_NOOP("ownership", "Then give it a new certificate"),
    Task.REPROVISION: QT_TRANSLATE_NOOP("ownership", "Then send the changes"),
    Task.RESET: QT_TRANSLATE_NOOP("ownership", "Then remove its owner"),
    Task.QUERY: QT_TRANSLATE_NOOP("ownership", "Then check its status"),
    Task.ACCEPT: QT_TRANSLATE_NOOP("ownership", "Then send the token"),
}
FIND = QT_TRANSLATE_NOOP("ownership", "Find this device, even if its address has changed")
CONFIRM = QT_TRANSLATE_NOOP("ownership", "Then authenticate both sides")
HARMLESS = QT_TRANSLATE_NOOP("ownership", "Nothing on it has changed yet")
UNDER_WAY = QT_TRANSLATE_NOOP("ownership", "The change may already be on the device")


def task(flow: OwnershipFlow) -> Task:
    """What is going on now: the task itself, or the question that must come before it."""
    return Task.QUERY if flow.querying else flow.task


def title(flow: OwnershipFlow) -> str:
    known = flow.found.name if flow.found is not None and flow.owned.token is not None else flow.owned.name
    return _translate(TITLES[task(flow)]).format(name=known)


def plan(flow: OwnershipFlow, step: Step) -> str:
    """What a step that has not begun will do."""
    if step is Step.FIND:
        return _translate(FIND)
    if step is Step.CONFIRM:
        return _translate(CONFIRM)
    if step is Step.HAND_OVER and task(flow) in PLANS:
        return _translate(PLANS[task(flow)])
    return step_plan(step)


def cancel_note(flow: OwnershipFlow) -> str:
    """What cancelling would leave behind."""
    if flow.cancelling or task(flow) is Task.QUERY:
        return ""
    return _translate(UNDER_WAY if flow.sent_anything else HARMLESS)


def _translate(words: str) -> str:
    return QCoreApplication.translate("ownership", words)
