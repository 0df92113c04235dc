"""Backups in words: how old the last one is, what is in one, how strong its passphrase is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from companion.plain_text import filled
from ui.engine.events import BackupState, BackupTried
from ui.pages.backup.views import Standing, Strength
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.texts import translated
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.backups import Contents, LastBackup
    from companion.label.sheet import Mark

OLD_DAYS = 180
# Estimates, on the safe side: of letters in words, and of what mixes letters with digits or signs.
WORD_BITS, MIXED_BITS = 2.5, 4.0
FAIR_BITS, STRONG_BITS = 40, 60


def standing(state: BackupState, now: datetime) -> Standing:
    """How old the last backup is, and what that means."""
    if not state.has_key:
        return Standing(_("No owner key yet"), _("It is created with your first device."), can_make=False)
    if state.made is None:
        return Standing(
            _("Never backed up"),
            _("If this computer is lost, each of your devices has to be reset by hand."),
            asks_passphrase=state.asks_passphrase,
        )
    days = max(0, (now.astimezone().date() - state.made.astimezone().date()).days)
    if days == 0:
        title = _("Backed up today")
    elif days == 1:
        title = _("Backed up yesterday")
    else:
        title = _("Backed up {days} days ago").format(days=days)
    key = {"key": state.last.key if state.last is not None else ""}
    note = filled(_("Devices added since then are not in it. Owner key: {key}."), key)
    return Standing(title, note, asks_passphrase=state.asks_passphrase, has_sheet=True)


def sheet(last: LastBackup) -> list[list[Mark]]:
    """The pages of the recovery sheet, in the user's language."""
    from companion.backups.sheet import RecoverySheet

    return RecoverySheet.of(last).pages(translated)


def facts(content: Contents) -> tuple[tuple[str, str], ...]:
    """What is in a backup, as pairs of a name and what it is."""
    identity, records = content.identity, content.records
    without = _("not in this backup")
    return (
        (_("Owner"), identity.name),
        (_("Owner key"), identity.key),
        (_("Key created"), times.date(identity.made)),
        (_("Backup made"), times.date(content.made)),
        (_("Saved networks"), ", ".join(content.networks) or _("none")),
        (_("Cloud profiles"), ", ".join(content.clouds) or _("none")),
        (_("Device secrets"), str(content.secrets)),
        (_("Devices"), str(records.devices) if records else without),
        (_("Runs"), str(records.runs) if records else without),
    )


def made() -> NoticeView:
    """It is written."""
    sentence = _("Keep the file on another disk. Without its passphrase, nobody can restore it.")
    return NoticeView(Tone.GOOD, _("Backed up"), sentence, "check")


def tried(event: BackupTried) -> NoticeView:
    """What a restore would bring, and what it would not."""
    found = event.found
    if found.same_owner is None:
        sentence = _("There is no owner key on this computer. Restore the backup on the first page.")
        return NoticeView(Tone.GOOD, _("It can be restored"), sentence, "check")
    if not found.same_owner:
        sentence = _("Its owner key differs from the one on this computer. Nothing was written.")
        return NoticeView(Tone.WARNING, _("The backup belongs to another owner"), sentence, "warning")
    if found.missing_devices or found.missing_secrets:
        sentence = _("Not in it: devices: {devices}, secrets: {secrets}. Make a new backup.")
        words = sentence.format(devices=found.missing_devices, secrets=found.missing_secrets)
        return NoticeView(Tone.WARNING, _("The backup opens, but is not up to date"), words, "warning")
    sentence = _("It contains the owner key and every device of this computer. Nothing was written.")
    return NoticeView(Tone.GOOD, _("The backup opens and is complete"), sentence, "check")


def strength(passphrase: str) -> Strength:
    """A careful estimate of how hard a passphrase is to guess."""
    from companion.identity.locks import LEAST_CHARACTERS

    if len(passphrase) < LEAST_CHARACTERS:
        return Strength(
            0.0,
            _("At least {least} characters. Several words are easy to remember.").format(
                least=LEAST_CHARACTERS
            ),
        )
    words = all(each.isspace() or each.islower() for each in passphrase)
    # What repeats adds little.
    length = min(len(passphrase), 2 * len(set(passphrase)))
    bits = length * (WORD_BITS if words else MIXED_BITS)
    share = min(1.0, bits / STRONG_BITS)
    if bits < FAIR_BITS:
        return Strength(0.05, _("Weak. Add a word or two."), fits=True)
    if bits < STRONG_BITS:
        return Strength(share, _("Fair. One more word makes it strong."), fits=True)
    return Strength(1.0, _("Strong."), fits=True)


def _(words: str) -> str:
    return QCoreApplication.translate("backup", words)
