"""What would come of a file that is dragged over the window, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.i18n import QT_TRANSLATE_NOOP
from ui.sources.file_kind import FileKind

_USES = {
    FileKind.REPORT: QT_TRANSLATE_NOOP("drops", "Open this report in Activity"),
    FileKind.BACKUP: QT_TRANSLATE_NOOP("drops", "Open this backup. It asks for its passphrase first."),
    FileKind.SCENARIO: QT_TRANSLATE_NOOP("drops", "Open this scenario in the Lab"),
    FileKind.DEVICES: QT_TRANSLATE_NOOP("drops", "Take names, rooms, tags and notes from this table"),
    FileKind.REQUEST: QT_TRANSLATE_NOOP("drops", "Read this request for a grant"),
    FileKind.GRANT: QT_TRANSLATE_NOOP("drops", "Import this grant"),
    FileKind.HOME: QT_TRANSLATE_NOOP("drops", "Import this delegate's report or log"),
    FileKind.TRUST: QT_TRANSLATE_NOOP("drops", "Import this list of manufacturers"),
    FileKind.FIRMWARE: QT_TRANSLATE_NOOP("drops", "Explain this firmware file"),
    FileKind.VOUCHER: QT_TRANSLATE_NOOP("drops", "Verify this ownership voucher"),
    FileKind.CODES: QT_TRANSLATE_NOOP("drops", "Read the setup code in this file"),
}
_REFUSALS = {
    FileKind.DEVICES: QT_TRANSLATE_NOOP(
        "drops", "Open Devices first. This table changes what is listed there."
    ),
    FileKind.BACKUP: QT_TRANSLATE_NOOP("drops", "Backups are for real devices. Nothing of a demo is kept."),
    FileKind.CODES: QT_TRANSLATE_NOOP("drops", "A run goes on. Setup codes can be read when it has ended."),
}


def use(kind: FileKind) -> str:
    """What dropping it does."""
    return _(_USES[kind])


def refusal(kind: FileKind) -> str:
    """Why it is of no use now."""
    return _(_REFUSALS[kind])


def no_file(count: int) -> str:
    """Why what is dragged is not taken. count: things that are dragged"""
    if count > 1:
        return _("Drop one file at a time")
    return _("Only a file can be dropped here")


def code(*, is_file: bool, is_picture: bool) -> str:
    """A code is looked for in it."""
    if is_file:
        return use(FileKind.CODES)
    return _("Read the setup code in this picture") if is_picture else _("Use this text as a setup code")


def batch() -> str:
    """Codes for the bench."""
    return _("Add the setup codes in it to this batch")


def dataset(*, is_file: bool) -> str:
    """A Thread network."""
    return _("Read the Thread network in this file") if is_file else _("Use this text as a Thread network")


def log_head() -> str:
    """For the transparency log."""
    return _("Compare your log with this log head")


def server_ca() -> str:
    """Of a company network."""
    return _("Use this as the CA certificate of the network's server")


def public_key() -> str:
    """Of a new owner."""
    return _("Use this as the new owner's public key")


def cloud_profile() -> str:
    """For the card of what devices connect to."""
    return _("Import this cloud profile")


def root_certificates() -> str:
    """For a new cloud profile."""
    return _("Use these root certificates")


def hsm_backup() -> str:
    """For a move of the keys to tokens."""
    return _("Use this backup beside the hardware token")


def _(words: str) -> str:
    return QCoreApplication.translate("drops", words)
