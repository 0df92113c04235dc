"""What was examined about who vouches for a device, in words: as a question, afterwards, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from companion.model import Check, Verdict
from companion.protocols import imports_trust
from companion.questions import ReviewAttestation
from ui.engine.ownership_messages import TrustImported
from ui.flow.core import Flow
from ui.flow.owned_device import Owned
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.questions.attestation import AttestationView
from ui.pages.views import NoticeView
from ui.present.devices import device_art
from ui.present.steps import marks, spoken
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import CheckLine, CheckState, Tone

_STATES = {
    Verdict.PASSED: (CheckState.PASSED, QT_TRANSLATE_NOOP("attestation", "passed")),
    Verdict.REMARK: (CheckState.REMARK, QT_TRANSLATE_NOOP("attestation", "remark")),
    Verdict.FAILED: (CheckState.FAILED, QT_TRANSLATE_NOOP("attestation", "failed")),
    Verdict.NOT_KNOWN: (CheckState.NOT_KNOWN, QT_TRANSLATE_NOOP("attestation", "not known")),
}
_ORDER = (Verdict.FAILED, Verdict.REMARK, Verdict.NOT_KNOWN, Verdict.PASSED)
_COUNTS = {
    Verdict.PASSED: QT_TRANSLATE_NOOP("attestation", "{count} passed"),
    Verdict.FAILED: QT_TRANSLATE_NOOP("attestation", "{count} failed"),
    Verdict.REMARK: QT_TRANSLATE_NOOP("attestation", "{count} with a remark"),
    Verdict.NOT_KNOWN: QT_TRANSLATE_NOOP("attestation", "{count} not known"),
}


def question(asked: ReviewAttestation, flow: Flow) -> AttestationView:
    """The page that asks whether to go on with a device that is not shown to be genuine."""
    device = asked.device
    return AttestationView(
        title=_("{name} is not shown to be genuine").format(name=device.name),
        lead=_("Checks: {counts}. You decide what happens next.").format(counts=counts(asked.checks)),
        name=device.name,
        product=device.model or "",
        checks=lines(asked.checks),
        notice=NoticeView(
            Tone.DANGER,
            _("What this can mean"),
            _(
                "It may be a copy, or its manufacturer is not in your list. Once added, it is on your "
                "network."
            ),
        ),
        protocol=_with_list(flow.found.protocol if flow.found is not None else ""),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


def report(owned: Owned) -> AttestationView:
    """The same list for a device that was added, to look at."""
    return AttestationView(
        title=_("Who vouches for {name}").format(name=owned.name),
        lead=_("Checked when it was added: {counts}.").format(counts=counts(owned.checks)),
        name=owned.name,
        product=owned.room,
        checks=lines(owned.checks),
        notice=_accepted(owned.checks),
        asks=False,
        protocol=_with_list(owned.protocol),
        art=owned.kind,
    )


def imported(event: TrustImported) -> NoticeView:
    """What came of a list, and when it counts."""
    if event.error is not None:
        return NoticeView(Tone.WARNING, title_of(event.error), advice_of(event.error), icon="warning")
    if event.lists.models:
        title = _("Device models imported: {count}").format(count=event.lists.models)
        return NoticeView(Tone.GOOD, title, _("Companion now says how such a device is made ready."))
    if event.lists.issuers:
        title = _("Revocations imported, issuers: {count}").format(count=event.lists.issuers)
    else:
        title = _("Manufacturers' roots imported: {count}").format(count=event.lists.roots)
    return NoticeView(Tone.GOOD, title, _("They apply from the next setup. These results do not change."))


def _with_list(protocol: str) -> str:
    return protocol if imports_trust(protocol) else ""


def lines(checks: Sequence[Check]) -> tuple[CheckLine, ...]:
    """A row for each check. What failed is read first: the list is longer than the page."""
    return tuple(_line(each) for each in sorted(checks, key=lambda check: _ORDER.index(check.verdict)))


def counts(checks: Sequence[Check]) -> str:
    """ "4 passed, 1 failed, 2 not known": what there is none of is left out."""
    found = Counter(each.verdict for each in checks)
    return ", ".join(_(words).format(count=found[each]) for each, words in _COUNTS.items() if found[each])


def _line(check: Check) -> CheckLine:
    state, word = _STATES[check.verdict]
    return CheckLine(state, translated(check.claim), translated(check.reason), _(word))


def _accepted(checks: Sequence[Check]) -> NoticeView | None:
    """Its user decided, and that is kept."""
    if all(each.verdict is not Verdict.FAILED for each in checks):
        return None
    sentence = _("A check failed, and the device was added anyway.")
    return NoticeView(Tone.WARNING, _("Added at your own risk"), sentence, icon="warning")


def _(words: str) -> str:
    return QCoreApplication.translate("attestation", words)
