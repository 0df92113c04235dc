"""The buttons of a device on the devices page: their words and icons, and which of them a device has."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from companion.administration import AdministrationOperation
from companion.protocols import OwnershipOperation, administration, operations, proves
from companion.registry.records import DeviceRecord, TokenState
from ui.flow.tasks import Task
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.devices.views import ActionView

# The page's own buttons, which are no task of an owner: they need neither the device nor a key.
HISTORY = "history"
RENAME = "rename"
TRUST = "trust"
EVALUATION = "evaluation"
LABEL = "label"
# Every button: its key, its words, its icon.
BUTTONS = {
    HISTORY: (QT_TRANSLATE_NOOP("records", "History"), "clock"),
    TRUST: (QT_TRANSLATE_NOOP("records", "Trust chain"), "shield-check"),
    EVALUATION: (QT_TRANSLATE_NOOP("records", "How it was set up"), "shield"),
    RENAME: (QT_TRANSLATE_NOOP("records", "Name, tags and note"), "tag"),
    LABEL: (QT_TRANSLATE_NOOP("records", "Print label"), "receipt"),
    Task.ROTATE: (QT_TRANSLATE_NOOP("records", "Rotate certificate"), "refresh"),
    Task.REPROVISION: (QT_TRANSLATE_NOOP("records", "Change network or name"), "wifi"),
    Task.QUERY: (QT_TRANSLATE_NOOP("records", "Check status"), "search"),
    Task.TRANSFER: (QT_TRANSLATE_NOOP("records", "Transfer to someone"), "transfer"),
    Task.CANCEL: (QT_TRANSLATE_NOOP("records", "Cancel the transfer"), "cross"),
    Task.REVOKE: (QT_TRANSLATE_NOOP("records", "Revoke"), "ban"),
    Task.RESET: (QT_TRANSLATE_NOOP("records", "Reset"), "trash"),
    Task.CHECKS: (QT_TRANSLATE_NOOP("records", "Show attestation"), "shield-check"),
    Task.STATUS: (QT_TRANSLATE_NOOP("records", "Check status"), "search"),
    Task.FOLLOW: (QT_TRANSLATE_NOOP("records", "Follow its status"), "activity"),
    Task.UNFOLLOW: (QT_TRANSLATE_NOOP("records", "Stop following"), "cross"),
    Task.SHARE: (QT_TRANSLATE_NOOP("records", "Share with another app"), "home"),
    Task.CONTROLLERS: (QT_TRANSLATE_NOOP("records", "Who controls it"), "user"),
    Task.SWITCH: (QT_TRANSLATE_NOOP("records", "Switch on or off"), "light"),
    Task.IDENTIFY: (QT_TRANSLATE_NOOP("records", "Blink"), "eye"),
    Task.RECERTIFY: (QT_TRANSLATE_NOOP("records", "Renew certificate"), "refresh"),
    Task.REMOVE: (QT_TRANSLATE_NOOP("records", "Remove from here"), "trash"),
}
ANOTHER_TOKEN = QT_TRANSLATE_NOOP("records", "Create another token")
# Nothing is left to do with them.
ENDED = ("released", "replaced", "removed")


@dataclass(frozen=True)
class Buttons:
    """primary: what to do first; others: from top to bottom; dangers: what can't be taken back."""

    primary: ActionView | None
    others: tuple[ActionView, ...]
    dangers: tuple[ActionView, ...]


def buttons(
    record: DeviceRecord,
    *,
    switches: bool = True,
    is_due: bool = False,
    followed: bool = False,
    may_edit: bool = True,
) -> Buttons:
    """What can be done with a device: by its state, and by what its protocol can.

    switches: it may have something to switch; is_due: its certificate ends soon; followed: its status is
    may_edit: False for a reader of a team's registry, who only looks
    """
    if not may_edit:
        seen = (
            _button(HISTORY),
            _button(EVALUATION),
            _button(LABEL),
            *((_button(Task.CHECKS),) if record.checks else ()),
        )
        return Buttons(None, seen, ())
    if record.state in ENDED:
        return Buttons(None, (_button(HISTORY),), ())
    own = (
        _button(HISTORY),
        _button(EVALUATION),
        _button(RENAME),
        _button(LABEL),
        *((_button(Task.CHECKS),) if record.checks else ()),
    )
    if online := administration(record.protocol):
        if followed:
            return Buttons(_button(Task.UNFOLLOW), own, ())
        return _online(record, online, own, switches=switches, is_due=is_due)
    possible = operations(record.protocol)
    if record.identity_key is None or not possible:
        return Buttons(None, own, ())
    if proves(record.protocol) and record.owner_key is None:
        own = (*own, _button(TRUST))
    primary, others, dangers = _tasks(record)

    def offered(tasks: tuple[Task, ...]) -> tuple[ActionView, ...]:
        can = [task for task in tasks if _NEEDS.get(task, task.operation) in (None, *possible)]
        return tuple(_button(task, ANOTHER_TOKEN if _is_out(record) else "") for task in can)

    return Buttons(next(iter(offered((primary,))), None), (*own, *offered(others)), offered(dangers))


_NEEDS = {Task.TRANSFER: OwnershipOperation.ACCEPT}
"""What somebody has to be able to do for a task that is no operation itself."""


def is_told_its_name(record: DeviceRecord) -> bool:
    """It can be told over the network what it is called."""
    possible = administration(record.protocol)
    return record.state not in ENDED and AdministrationOperation.RENAME in possible


def told_its_name(record: DeviceRecord) -> str:
    """Who gets to know its new name, for the form; "" where it stays here."""
    if not is_told_its_name(record):
        return ""
    return QCoreApplication.translate("records", "The name is also stored on the device, for other apps.")


def _online(
    record: DeviceRecord,
    possible: frozenset[AdministrationOperation],
    own: tuple[ActionView, ...],
    *,
    switches: bool,
    is_due: bool,
) -> Buttons:
    """What can be done over the network."""
    first = Task.SHARE if record.state == "commissioned" else Task.STATUS
    order = (
        Task.RECERTIFY if is_due else first,
        Task.SHARE,
        Task.SWITCH,
        Task.STATUS,
        Task.FOLLOW,
        Task.CONTROLLERS,
        Task.IDENTIFY,
        Task.RECERTIFY,
    )
    tasks = [
        task
        for task in dict.fromkeys(order)
        if task.administration in possible and (switches or task is not Task.SWITCH)
    ]
    removal = (Task.REMOVE,) if AdministrationOperation.REMOVE in possible else ()
    primary = _button(tasks[0]) if tasks else None
    others = tuple(_button(task) for task in tasks[1:])
    return Buttons(primary, (*others, *own), tuple(_button(task) for task in removal))


def _tasks(record: DeviceRecord) -> tuple[Task, tuple[Task, ...], tuple[Task, ...]]:
    """What an owner does with a device in this state: first of all, besides, and what can't be taken back."""
    revoke = (Task.REVOKE,) if _can_be_revoked(record) else ()
    if record.state == "transferred" and not _is_out(record):
        return Task.QUERY, (), revoke
    if record.state == "transferred":
        can_cancel = any(token.state is TokenState.OPEN for token in record.tokens)
        return Task.QUERY, (*((Task.CANCEL,) if can_cancel else ()), Task.TRANSFER), revoke
    if record.state == "unconfirmed":
        return Task.QUERY, (Task.REPROVISION, Task.TRANSFER), (*revoke, Task.RESET)
    return Task.ROTATE, (Task.REPROVISION, Task.QUERY, Task.TRANSFER), (*revoke, Task.RESET)


def _button(key: str, transfer: str = "") -> ActionView:
    """transfer: other words for the button of a transfer."""
    words, icon = BUTTONS[key]
    shown = transfer if transfer and key == Task.TRANSFER else words
    return ActionView(key, QCoreApplication.translate("records", shown), icon)


def _is_out(record: DeviceRecord) -> bool:
    """Its transfer is pending: a token for it can still be used."""
    return record.state == "transferred" and any(token.is_out for token in record.tokens)


def _can_be_revoked(record: DeviceRecord) -> bool:
    """True while there is a certificate that somebody could believe."""
    return any(each.kind == "ldevid" and each.revoked is None for each in record.credentials)
