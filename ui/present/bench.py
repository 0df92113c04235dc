"""The bench in words: the one line, the devices that are being set up, the table, the tally, the sheet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from companion.errors import AlreadyYours, AuthenticationError, CompanionError
from companion.label.sheet import Mark
from companion.model import Step, WifiCredentials
from companion.plain_text import filled
from companion.station import sheet
from companion.station.job import Job, JobState
from ui.flow.bench import BenchRow, BenchState, Prompt
from ui.pages.bench.views import BenchRowView, BenchView, PromptView, TallyView, TrackView
from ui.present import units
from ui.present.texts import advice_of, step_name, title_of, translated
from ui.widgets import Tone
from ui.widgets.outcome_strip import StripMark

_STEPS = tuple(Step)


def view(state: BenchState, wifi: WifiCredentials | None, room: str) -> BenchView:
    """Everything on the page."""
    over = state.prompt in (Prompt.DONE, Prompt.STOPPED)
    left = state.waiting + len(state.running)
    return BenchView(
        prompt=prompt(state),
        tracks=tuple(_track(row, state) for row in reversed(state.running)),
        rows=tuple(_row(row, state) for row in reversed(state.rows.values())),
        tally=tally(state),
        facts=facts(state, wifi, room),
        is_paused=state.is_paused,
        is_over=over,
        finish_is_primary=over or (state.has_list and bool(state.rows) and not left),
    )


def facts(state: BenchState, wifi: WifiCredentials | None, room: str) -> tuple[tuple[str, str, str], ...]:
    """What is fixed for all."""
    names = state.names.text if state.names is not None else _("As the device calls itself")
    network = wifi.name if wifi is not None else _("No Wi-Fi")
    return (
        ("network", _("Network"), network),
        ("home", _("Room"), room or _("No room")),
        ("tag", _("Name"), names),
    )


# --- the one line ------------------------------------------------------------------------------------


def prompt(state: BenchState) -> PromptView:
    """What is to be done now."""
    latest = state.latest
    match state.prompt:
        case Prompt.STARTING:
            return PromptView("clock", Tone.NONE, _("Starting"), _("Radio and keys are opened."))
        case Prompt.COMPARE if state.asking is not None and state.asking.question is not None:
            row = state.asking
            sentence = filled(_("Look at {device}: does it show this number?"), {"device": called(row.job)})
            question = state.asking.question
            return PromptView("equal", Tone.WARNING, _("Compare"), sentence, question.number, asks=True)
        case Prompt.WRONG if state.refused is not None:
            return _wrong(state.refused)
        case Prompt.KNOWN if latest is not None:
            return _known(latest, state)
        case Prompt.READING if latest is not None:
            sentence = filled(_("{kind}. Keep it switched on and near."), {"kind": latest.job.kind})
            return PromptView("check", Tone.INFO, _("Label read"), sentence, called(latest.job))
        case Prompt.PAUSED:
            words = _("Labels that you hold up now wait. Press Space to go on.")
            return PromptView("pause", Tone.WARNING, _("Paused"), words, _under_way(state))
        case Prompt.BUSY:
            words = _("All places are in use. You can hold up the next label already.")
            return PromptView("clock", Tone.WARNING, _("Wait"), words, _waiting(state))
        case Prompt.FINISHING:
            return PromptView("clock", Tone.WARNING, _("Finishing"), _("What is under way is done first."))
        case Prompt.DONE:
            words = _("Print the sheet and put it beside the devices.")
            return PromptView("check", Tone.GOOD, _("The batch is done"), words, _tally(state))
        case Prompt.STOPPED if state.stopped is not None:
            error = state.stopped
            return PromptView("cross", Tone.DANGER, title_of(error), advice_of(error), error.code)
    return PromptView("camera", Tone.NONE, _("Hold up the next label"), _next(state), state.next_name)


def _wrong(error: CompanionError) -> PromptView:
    return PromptView("cross", Tone.DANGER, _("Put this one aside"), title_of(error), _("Wrong label"))


def _known(row: BenchRow, state: BenchState) -> PromptView:
    """A label that was read before: what became of it says what to do."""
    names = {"device": called(row.job)}
    if row.job.state is JobState.COMMISSIONED:
        sentence = filled(_("This label belongs to {device}, which is set up already."), names)
        return PromptView("cross", Tone.DANGER, _("Put this one aside"), sentence, _("Known already"))
    sentence = filled(_("This label belongs to {device}. It was read before."), names)
    return PromptView("clock", Tone.INFO, _("Label read"), sentence, called(row.job))


def _next(state: BenchState) -> str:
    """Which one it will be, and who is still at work."""
    number = {"number": state.next_number}
    running = len(state.running)
    if running == 1:
        return filled(_("Number {number}. One is still being set up."), number)
    if running:
        template = _("Number {number}. {count} are still being set up.")
        return filled(template, {**number, "count": running})
    return filled(_("Number {number}. A scanner that types works too."), number)


def _under_way(state: BenchState) -> str:
    return filled(_("{count} under way"), {"count": len(state.running)})


def _waiting(state: BenchState) -> str:
    return filled(_("{count} waiting"), {"count": state.waiting})


def _tally(state: BenchState) -> str:
    return filled(_("{count} commissioned"), {"count": state.count(JobState.COMMISSIONED)})


def called(job: Job) -> str:
    """A code by its device's name, else by its number, else by its kind."""
    if job.name:
        return job.name
    return filled(_("Number {number}"), {"number": job.number}) if job.number else job.kind or _("A label")


# --- devices -----------------------------------------------------------------------------------------


def _track(row: BenchRow, state: BenchState) -> TrackView:
    done = _STEPS.index(row.step) if row.step is not None else 0
    step = step_name(row.step) if row.step is not None else ""
    return TrackView(called(row.job), step, done, units.seconds(state.seconds(row)))


def _row(row: BenchRow, state: BenchState) -> BenchRowView:
    job = row.job
    words, icon, tone = _state(row)
    time = units.seconds(state.seconds(row)) if state.seconds(row) else ""
    if job.problem is not None and job.state is JobState.PUT_ASIDE:
        time = job.problem.code
    number = QLocale().toString(job.number) if job.number else ""
    why = reason(row) if job.state is JobState.PUT_ASIDE else ""
    parts = (number, called(job), job.serial, words, why, time)
    spoken = ", ".join(part for part in parts if part)
    return BenchRowView(job.id, number, called(job), job.serial, words, icon, tone, time, spoken)


def _state(row: BenchRow) -> tuple[str, str, Tone]:
    """Words, icon and tone of where a code stands."""
    job = row.job
    match job.state:
        case JobState.COMMISSIONED if job.tries:
            return _("After a retry"), "refresh", Tone.WARNING
        case JobState.COMMISSIONED:
            return _("Commissioned"), "check", Tone.GOOD
        case JobState.PUT_ASIDE:
            return _("Put aside"), "cross", Tone.DANGER
        case JobState.RUNNING:
            return step_name(row.step) if row.step is not None else _("Begins"), "clock", Tone.INFO
    return (_("Tried again soon") if job.tries else _("Waiting")), "clock", Tone.NONE


def reason(row: BenchRow) -> str:
    """Why a code was put aside; in English where only the journal knows it."""
    if row.error is not None:
        return title_of(row.error)
    return row.job.problem.title if row.job.problem is not None else ""


# --- the tally ---------------------------------------------------------------------------------------


def tally(state: BenchState) -> TallyView:
    """How it goes."""
    done, aside = state.count(JobState.COMMISSIONED), state.count(JobState.PUT_ASIDE)
    left = state.waiting + len(state.running)
    warns = "danger" if aside else "text"
    figures = [(str(done), _("commissioned"), "success"), (str(aside), _("put aside"), warns)]
    if left:
        figures.append((str(left), _("to go"), "text"))
    last = state.aside
    words, again, change = "", "", ""
    if last is not None:
        facts = {"device": called(last.job), "reason": reason(last)}
        words = filled(_("{device} is put aside: {reason}."), facts)
        if last.error is not None and not isinstance(last.error, AuthenticationError):
            words = f"{words} {advice_of(last.error)}"
        if last.job.code is not None and state.is_open:
            again = _("Try again")
            if _is_owned(last):
                change = _("Change its network and name")
    return TallyView(
        tuple(figures),
        tuple(_mark(row) for row in state.rows.values()),
        ", ".join(f"{count} {what}" for count, what, _role in figures),
        _pace(state),
        words,
        last.job.id if last is not None else "",
        again,
        change,
    )


def _is_owned(row: BenchRow) -> bool:
    """It was put aside as its device is the user's own, and it is known which one."""
    return isinstance(row.error, AlreadyYours) and bool(row.error.facts.get("device"))


def _mark(row: BenchRow) -> StripMark:
    match row.job.state:
        case JobState.COMMISSIONED:
            return StripMark.RETRIED if row.job.tries else StripMark.GOOD
        case JobState.PUT_ASIDE:
            return StripMark.FAILED
        case JobState.RUNNING:
            return StripMark.RUNNING
    return StripMark.WAITING


def _pace(state: BenchState) -> str:
    taken = [row.job.seconds for row in state.rows.values() if row.job.state is JobState.COMMISSIONED]
    if not taken:
        return ""
    facts = {"seconds": units.seconds(sum(taken) / len(taken))}
    if state.at_once == 1:
        return filled(_("{seconds} a device, one at a time."), facts)
    return filled(_("{seconds} a device, {count} at a time."), {**facts, "count": state.at_once})


# --- the sheet ---------------------------------------------------------------------------------------


def sheet_pages(state: BenchState) -> list[list[Mark]]:
    """The sheet of a bench that is done, to be drawn, in the user's language; no page before."""
    if state.report is None:
        return []
    return list(sheet.sheet_pages(state.report, translated, lambda job: _explain(state, job)))


def sheet_file(state: BenchState, kind: str) -> bytes:
    """The same as a file: "html" in the user's language, "csv" or "json". b"" before."""
    if state.report is None:
        return b""
    if kind != "html":
        return sheet.rendered(state.report, kind)
    language = QLocale().name().partition("_")[0]
    return sheet.sheet_html(state.report, translated, lambda job: _explain(state, job), language).encode()


def _explain(state: BenchState, job: Job) -> str:
    row = state.rows.get(job.id, BenchRow(job))
    code = f" ({job.problem.code})" if job.problem is not None else ""
    return f"{reason(row)}{code}"


def _(words: str) -> str:
    return QCoreApplication.translate("bench", words)
