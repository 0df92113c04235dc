"""What the desktop is told when something long ends. Others may see it: it names no device, no home."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.errors import Cancelled
from companion.events import Event, RunFinished
from companion.outcome import Result
from companion.plain_text import filled
from companion.questions import Question
from ui.engine.inventory import EachEnded
from ui.engine.lab import LabEnded


def words(event: Event) -> str:
    """A sentence, "" for what nobody has to be told."""
    match event:
        case RunFinished():
            if isinstance(event.outcome.error, Cancelled):
                return ""
            return {
                Result.COMMISSIONED: _("A device is set up"),
                Result.DONE: _("A task on a device is done"),
                Result.UNCONFIRMED: _("A setup is unconfirmed: check it"),
                Result.FAILED: _("A run failed: see why"),
            }[event.outcome.result]
        case LabEnded():
            results = event.results
            facts = {"count": len(results.runs), "failed": len(results.failures)}
            return filled(_("The lab is done. Runs: {count}, failed: {failed}"), facts)
        case EachEnded():
            facts = {"count": event.done, "failed": len(event.failed)}
            return filled(_("The selected devices are through. Done: {count}, failed: {failed}"), facts)
        case Question():
            return _("A device waits for your answer")
        case _:
            return ""


def _(words: str) -> str:
    return QCoreApplication.translate("notifications", words)
