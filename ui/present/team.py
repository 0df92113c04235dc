"""A registry that several computers share, in words: where it is, what one may do there, what waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.plain_text import filled
from companion.registry.status import Role
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.errors import CompanionError
    from companion.registry.records import RunRecord
    from companion.registry.status import RegistryStatus
    from companion.registry.team.examination import Found
    from companion.registry.team.password import PasswordPlace
    from ui.engine.registry import RegistryChecked

_ROLES = {
    Role.READER: QT_TRANSLATE_NOOP("team", "You may look, and change nothing."),
    Role.OPERATOR: QT_TRANSLATE_NOOP("team", "You may set up, edit and revoke."),
    Role.OWNER: QT_TRANSLATE_NOOP("team", "You may do everything."),
}


def place(status: RegistryStatus) -> str:
    """Where it is."""
    if not status.is_shared:
        return _("Devices and runs are on this computer")
    return filled(_("Devices and runs are at {address}"), {"address": status.place})


def standing(status: RegistryStatus) -> str:
    """What may be done there, and by what that is guarded."""
    if not status.is_shared:
        return _("A PostgreSQL server lets several computers share them.")
    told = [_(_ROLES[status.role]), _("Keys never leave this computer.")]
    if status.protected is False:
        told.append(_("Not encrypted: add ?sslmode=verify-full."))
    return " ".join(told)


def password(place: PasswordPlace) -> str:
    """Where the password is, "" for nowhere that Companion knows."""
    from companion.registry.team.password import PasswordPlace

    match place:
        case PasswordPlace.KEY_STORE:
            return _("It is kept in this computer's key store. Type another one to replace it.")
        case PasswordPlace.PROGRAM:
            return _("This computer has no key store: it is kept until Companion ends.")
        case PasswordPlace.ELSEWHERE:
            return ""


def trouble(status: RegistryStatus) -> NoticeView | None:
    """Why the server does not answer, and what waits for it; None where all is well."""
    if status.problem is None and not status.waiting:
        return None
    if status.problem is None:
        return NoticeView(Tone.INFO, waiting(status.waiting), _("They are being delivered."), "clock")
    told = [title_of(status.problem) + ".", advice_of(status.problem)]
    title = waiting(status.waiting) if status.waiting else title_of(status.problem)
    sentence = " ".join(told if status.waiting else told[1:])
    return NoticeView(Tone.WARNING, title, sentence, "warning")


def brief(status: RegistryStatus) -> NoticeView | None:
    """`trouble` in one line, above lists."""
    told = trouble(status)
    if told is None or status.problem is None:
        return told
    if status.waiting:
        return replace(told, sentence=title_of(status.problem) + ".")
    return NoticeView(told.tone, told.title, "", told.icon)


def waiting(runs: int) -> str:
    """How many runs the server has not got."""
    if runs == 1:
        return _("1 run waits for the server")
    return _("{count} runs wait for the server").format(count=QLocale().toString(runs))


def keys_elsewhere(status: RegistryStatus | None, last: RunRecord | None) -> NoticeView | None:
    """What can't be done here with a device whose last run was on another computer; None: it was here."""
    import platform

    if status is None or not status.is_shared or last is None or last.computer in ("", platform.node()):
        return None
    title = filled(_("Its keys are on {computer}"), {"computer": last.computer})
    sentence = _(
        "Here you can name and revoke it. To change the device itself, restore a backup of these keys or "
        "ask for a grant."
    )
    return NoticeView(Tone.INFO, title, sentence, "key")


def refused(error: CompanionError) -> NoticeView:
    """What was written was not kept."""
    return NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")


def checked(told: RegistryChecked) -> NoticeView | None:
    """What was found at an address."""
    if told.error is not None:
        return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), "cross")
    return None if told.found is None else _found(told.found)


def _found(found: Found) -> NoticeView:
    from companion.registry.team.examination import Tables

    server = filled(_("PostgreSQL {version}"), {"version": found.server})
    if found.tables is Tables.NEWER:
        sentence = _("The registry is of a newer version. Update Companion on this computer.")
        return NoticeView(Tone.DANGER, server, sentence, "cross")
    if found.tables is Tables.ABSENT:
        sentence = _("There is no registry in this database yet. It is made when an owner uses it.")
        return NoticeView(Tone.WARNING, server, sentence, "warning")
    if found.tables is Tables.OLDER:
        sentence = _("The registry is of an older version. It is updated when an owner uses it.")
        return NoticeView(Tone.WARNING, server, sentence, "warning")
    locale = QLocale()
    told = [
        _("{devices} devices, {runs} runs.").format(
            devices=locale.toString(found.devices), runs=locale.toString(found.runs)
        ),
        _(_ROLES[found.role or Role.READER]),
    ]
    if found.protected is False:
        told.append(_("Not encrypted: add ?sslmode=verify-full."))
    elif found.verified:
        told.append(_("Encrypted, certificate checked."))
    elif found.protected:
        told.append(_("Encrypted; only sslmode=verify-full checks who answers."))
    tone = Tone.WARNING if found.protected is False else Tone.GOOD
    return NoticeView(tone, server, " ".join(told), "warning" if found.protected is False else "check")


def _(words: str) -> str:
    return QCoreApplication.translate("team", words)
