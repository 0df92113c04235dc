"""A check of a company network as its card shows it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from companion.errors import CheckUnavailable, CompanionError, OwnCertificateRejected, OwnListExpired
from companion.networks.company.report import CheckReport, Phase, PhaseResult, PhaseState
from companion.networks.company.server_look import SeenServer
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.network.ca_learning import SeenCa
from ui.pages.network.check_card import CheckStage, CheckView
from ui.present.texts import advice_of, title_of, translated
from ui.present.units import seconds
from ui.widgets.step_list import StepRow
from ui.widgets.step_track import MarkState

_NAMES = {
    Phase.NETWORK: QT_TRANSLATE_NOOP("network check", "Network found"),
    Phase.SERVER_CERTIFICATE: QT_TRANSLATE_NOOP("network check", "Server certificate"),
    Phase.SERVER_NAME: QT_TRANSLATE_NOOP("network check", "Server name"),
    Phase.OWN_CERTIFICATE: QT_TRANSLATE_NOOP("network check", "Our certificate"),
    Phase.ADDRESS: QT_TRANSLATE_NOOP("network check", "Address"),
}
_MOST_NAMES, _GROUP = 3, 8
_MARKS = {PhaseState.PASSED: MarkState.DONE, PhaseState.FAILED: MarkState.FAILED}
_WITHOUT_WORDS = {
    PhaseState.OPEN: QT_TRANSLATE_NOOP("network check", "Not reached"),
    PhaseState.NOT_CHECKED: QT_TRANSLATE_NOOP("network check", "Can't be checked this way"),
}


def seen(server: SeenServer) -> SeenCa:
    """What a RADIUS server showed, for somebody to compare."""
    digits = server.fingerprint.upper()
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    printed = " ".join(":".join(pairs[at : at + _GROUP]) for at in range(0, len(pairs), _GROUP))
    return SeenCa(server.root, server.subject, printed, ", ".join(server.names[:_MOST_NAMES]))


def waiting() -> CheckView:
    """Before the first check."""
    return CheckView(CheckStage.WAITING, _rows())


def running() -> CheckView:
    """While this computer logs in."""
    first = StepRow(_(_NAMES[Phase.NETWORK]), _("This can take a minute"), MarkState.CURRENT)
    return CheckView(CheckStage.RUNNING, (first, *_rows()[1:]))


def checked(report: CheckReport) -> CheckView:
    """What a check found."""
    rows, problem = tuple(_row(each) for each in report.phases), report.problem
    if problem is None:
        # The form beside it says of which server.
        short = (replace(row, sentence="") if row.state is MarkState.DONE else row for row in rows)
        return CheckView(CheckStage.PASSED, tuple(short))
    can_save = isinstance(problem, OwnCertificateRejected | OwnListExpired)
    return CheckView(CheckStage.FAILED, rows, title_of(problem), _advice(problem), can_save=can_save)


def unavailable(error: CompanionError) -> CheckView:
    """Why this computer can't check."""
    return CheckView(CheckStage.UNAVAILABLE, (), title_of(error), _advice(error))


def _advice(error: CompanionError) -> str:
    """In the window, without the names of commands."""
    match error:
        case OwnCertificateRejected():
            return _(
                "Give your administrator this folder: it contains your root, its revocation list and the "
                "steps. If they have it, that list may have expired."
            )
        case OwnListExpired():
            return _("Give your administrator this folder: it contains a new list.")
        case CheckUnavailable(detail="no nmcli"):
            return _("This takes Wi-Fi and NetworkManager. Check from a computer that has both.")
        case _:
            return advice_of(error)


def saved(folder: str, error: CompanionError | None) -> str:
    """What became of the administrator's folder."""
    if error is not None:
        return title_of(error)
    return _("Saved to {folder}. Give it to your administrator.").format(folder=folder)


def _rows() -> tuple[StepRow, ...]:
    return tuple(StepRow(_(name)) for name in _NAMES.values())


def _row(result: PhaseResult) -> StepRow:
    words = translated(result.words) if result.words is not None else ""
    if result.state in _WITHOUT_WORDS:
        words = _(_WITHOUT_WORDS[result.state])
    elif (result.phase, result.state) == (Phase.SERVER_CERTIFICATE, PhaseState.PASSED):
        words = _("From the CA that you chose")
    state = _MARKS.get(result.state, MarkState.NEXT)
    took = "" if result.seconds is None else seconds(result.seconds)
    return StepRow(_(_NAMES[result.phase]), words, state, took)


def _(words: str) -> str:
    return QCoreApplication.translate("network check", words)
