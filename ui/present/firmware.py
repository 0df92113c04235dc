"""Firmware in words: what a file is, and what rules ask of devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.firmware.image import Kind
from companion.firmware.keys import is_made_by_given
from companion.model import Verdict
from companion.plain_text import filled, plain
from ui.engine.firmware import FirmwareExplained, FirmwareFailed, RulesListed
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.firmware.card import FileView, RuleRow
from ui.pages.views import NoticeView
from ui.present import attestation
from ui.present.devices import protocol_name
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.firmware.image import Image
    from companion.firmware.rules import Rule

_TITLES = {
    Kind.ESP_IDF: QT_TRANSLATE_NOOP("firmware", "{file}: an application image of ESP-IDF"),
    Kind.MCUBOOT: QT_TRANSLATE_NOOP("firmware", "{file}: an MCUboot image, of Zephyr or nRF Connect"),
    Kind.SUIT: QT_TRANSLATE_NOOP("firmware", "{file}: a SUIT manifest, which says what to install"),
}
_LABELS = {
    "chip": QT_TRANSLATE_NOOP("firmware", "For"),
    "revisions": QT_TRANSLATE_NOOP("firmware", "Chip revisions"),
    "project": QT_TRANSLATE_NOOP("firmware", "Project"),
    "version": QT_TRANSLATE_NOOP("firmware", "Version"),
    "security_version": QT_TRANSLATE_NOOP("firmware", "Security version"),
    "idf": QT_TRANSLATE_NOOP("firmware", "ESP-IDF"),
    "built": QT_TRANSLATE_NOOP("firmware", "Built"),
    "elf_sha256": QT_TRANSLATE_NOOP("firmware", "Program (SHA-256)"),
    "entry": QT_TRANSLATE_NOOP("firmware", "Entry point"),
    "size": QT_TRANSLATE_NOOP("firmware", "Image size"),
    "load_address": QT_TRANSLATE_NOOP("firmware", "Load address"),
    "flags": QT_TRANSLATE_NOOP("firmware", "Flags"),
    "security_counter": QT_TRANSLATE_NOOP("firmware", "Security counter"),
    "depends_on": QT_TRANSLATE_NOOP("firmware", "Depends on"),
    "signature": QT_TRANSLATE_NOOP("firmware", "Signed with"),
    "key": QT_TRANSLATE_NOOP("firmware", "Key (hash)"),
    "encryption": QT_TRANSLATE_NOOP("firmware", "Encrypted for"),
    "hash": QT_TRANSLATE_NOOP("firmware", "Name in the device (hash)"),
    "sequence": QT_TRANSLATE_NOOP("firmware", "Sequence number"),
    "reference": QT_TRANSLATE_NOOP("firmware", "Full manifest"),
    "component": QT_TRANSLATE_NOOP("firmware", "Component"),
    "vendor": QT_TRANSLATE_NOOP("firmware", "Vendor"),
    "class": QT_TRANSLATE_NOOP("firmware", "Device class"),
    "device": QT_TRANSLATE_NOOP("firmware", "Device"),
    "image_digest": QT_TRANSLATE_NOOP("firmware", "Image (digest)"),
    "uri": QT_TRANSLATE_NOOP("firmware", "Image from"),
}
LONGEST = 400
"""Characters of a value that are shown."""
MOST_FACTS = 60


def listed(told: RulesListed) -> tuple[RuleRow, ...]:
    """A row for each rule."""
    return tuple(RuleRow(rule.id, _subject(rule), _asked(rule)) for rule in told.rules)


def explained(told: FirmwareExplained) -> FileView:
    """What a file is."""
    image = told.image
    facts = [(_(_LABELS[fact.name]), plain(fact.value[:LONGEST])) for fact in image.facts[:MOST_FACTS]]
    return FileView(
        filled(_(_TITLES[image.kind]), {"file": told.path.name}),
        _verdict(image, with_key=told.with_key),
        tuple(facts),
        attestation.lines(image.checks),
        asks_key=not told.with_key,
    )


def failed(told: FirmwareFailed) -> NoticeView:
    """Why nothing came of it."""
    return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), icon="warning")


def _verdict(image: Image, *, with_key: bool) -> NoticeView:
    nothing_ran = _("Nothing of the file was run.")
    if not image.is_sound:
        return NoticeView(Tone.DANGER, _("Do not install it: a check failed"), nothing_ran, "warning")
    if with_key and is_made_by_given(image.checks):
        return NoticeView(
            Tone.GOOD, _("It is whole, and the key that you chose signed it"), nothing_ran, "check"
        )
    if with_key:
        return NoticeView(Tone.WARNING, _("Companion can't check its signature"), nothing_ran, "warning")
    if all(check.verdict is Verdict.NOT_KNOWN for check in image.checks):
        return NoticeView(Tone.WARNING, _("Nothing of it could be checked"), nothing_ran, "warning")
    sentence = _("Who made it is not known without the signer's key.")
    return NoticeView(Tone.INFO, _("It is whole"), sentence, "info")


def _subject(rule: Rule) -> str:
    named = " ".join(part for part in (rule.manufacturer, rule.model) if part)
    protocol = protocol_name(rule.protocol) if rule.protocol else ""
    if not named:
        return filled(_("Every device of {protocol}"), {"protocol": protocol})
    return filled("{name} · {protocol}", {"name": named, "protocol": protocol}) if protocol else plain(named)


def _asked(rule: Rule) -> str:
    asked = []
    if rule.at_least:
        asked.append(filled(_("At least version {version}"), {"version": rule.at_least}))
    if rule.sequence is not None:
        number = QLocale().toString(rule.sequence)
        asked.append(filled(_("At least sequence number {number}"), {"number": number}))
    if rule.nonce_fix:
        asked.append(_("No reused nonce"))
    if rule.file is not None:
        asked.append(filled(_("Offers {file}"), {"file": rule.file.name}))
    if rule.stops_untold:
        asked.append(_("Stops where the device does not say it"))
    else:
        asked.append(_("Warns where the device does not say it"))
    return " · ".join(asked)


def _(words: str) -> str:
    return QCoreApplication.translate("firmware", words)
