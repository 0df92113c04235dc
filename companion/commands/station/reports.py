"""What a station says while it works: a line for each change, for people or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from companion.commands.terminal import streams
from companion.events import StepStarted

if TYPE_CHECKING:
    from companion.errors import CompanionError
    from companion.station.authority import Authority
    from companion.station.job import Job, JobState
    from companion.station.station import StationEvent

LISTENING = "While the station runs, devices on your network can connect to {address} (TLS)."


class Reporter:
    """Standard output. Where nobody reads it any more the station works on: the journal has it all."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._is_read = True
        self.exit_status = 0
        """Of the first code that was put aside, or of the first source that failed; 0 for neither."""

    def works_for(self, authority: Authority) -> str:
        """For whom devices are set up, as one sentence."""
        grant = authority.grant
        if grant is None:
            return "Sets up your own devices."
        where = f", at {authority.site}" if authority.site else ""
        return f"Sets up devices of {grant.owner_name} under grant {grant.id}{where}."

    def started(
        self, authority: Authority, page: str, counts: Mapping[JobState, int], listens_at: str | None
    ) -> None:
        """The first words."""
        grant = authority.grant
        facts = {
            "owner": None if grant is None else grant.owner_name,
            "grant": None if grant is None else grant.id,
            "site": authority.site or None,
            "status_page": page,
            "listens_at": listens_at,
            "counts": _counts(counts),
        }
        lines = [self.works_for(authority), f"Status page, for this computer only: {page}"]
        if listens_at is not None:
            lines.append(LISTENING.format(address=listens_at))
        if any(counts.values()):
            lines.append(f"From the journal: {_told(counts)}.")
        self._say("started", facts, *lines)

    def goes_on(self, counts: Mapping[JobState, int]) -> None:
        """With a batch that was interrupted, or whose rest is tried again."""
        self._say("goes_on", {"counts": _counts(counts)}, f"Continuing the last batch: {_told(counts)}.")

    def ended(self, counts: Mapping[JobState, int]) -> None:
        """The last words. They are the document of a command that was interrupted."""
        if self._as_json:
            self._out(lambda: streams.print_json({"event": "ended", "counts": _counts(counts)}))
        else:
            self._out(lambda: streams.print_line(f"Station stopped: {_told(counts)}.", flush=True))

    def tell(self, told: StationEvent) -> None:
        """One report of the station."""
        match told.kind:
            case "job" if told.job is not None:
                self._job(told.job)
            case "known" if told.job is not None:
                facts = {"job": told.job.id, "state": told.job.state.value}
                self._say("known", facts, f"· {_called(told.job)}: known, {told.job.state}")
            case "run" if isinstance(told.event, StepStarted) and told.job is not None:
                self._say("step", {"job": told.job.id, "step": told.event.step.value})
            case "pause":
                self._say("pause", {"reason": str(told.reason)}, f"Codes are waiting. {told.reason}")
            case "unannounced":
                facts = {"source": told.source, "reason": str(told.reason)}
                self._say("unannounced", facts, f"! {told.source}. {told.reason}")
            case "unread" if told.error is not None:
                self._unread(told.source, told.error)
            case "source_ended":
                self._source_ended(told.source, told.error)

    def _job(self, job: Job) -> None:
        problem = job.problem
        if problem is None:
            mark, why = ("✓" if job.device else "·"), ""
        else:
            mark, why = "✗", f". {problem.title}. {problem.advice} ({problem.code})"
        if job.state.value == "put aside" and problem is not None:
            self.exit_status = self.exit_status or problem.exit_status
        named = " ".join(filter(None, (job.name, job.serial)))
        self._say(
            "job", job.as_json(), f"{mark} {_called(job)}: {job.state}{f', {named}' if named else ''}{why}"
        )

    def _unread(self, file: str, error: CompanionError) -> None:
        self.exit_status = self.exit_status or error.exit_status
        facts = {"file": file, "error": error.as_json()}
        self._say("unread", facts, *_problem(file, error))

    def _source_ended(self, source: str, error: CompanionError | None) -> None:
        facts = {"source": source, "error": None if error is None else error.as_json()}
        if error is None:
            self._say("source_ended", facts, f"· {source}: no more codes")
            return
        self.exit_status = self.exit_status or error.exit_status
        self._say("source_ended", facts, *_problem(source, error))

    def _say(self, event: str, facts: Mapping[str, Any], *lines: str) -> None:
        if self._as_json:
            self._out(lambda: streams.print_json_line({"event": event, **facts}))
        for line in () if self._as_json else lines:
            self._out(lambda line=line: streams.print_line(line, flush=True))  # type: ignore[misc]

    def _out(self, say: Callable[[], None]) -> None:
        if not self._is_read:
            return
        try:
            say()
        except OSError:
            self._is_read = False


def _problem(source: str, error: CompanionError) -> tuple[str, ...]:
    """What is wrong with a source of codes, and below it what exactly, where that is known."""
    said = f"✗ {source}. {error.title_text}. {error.advice_text} ({error.code})"
    return (said, f"  {error.detail}") if error.detail else (said,)


def _called(job: Job) -> str:
    return f"{job.kind or 'code'} {job.id}"


def _counts(counts: Mapping[JobState, int]) -> dict[str, int]:
    return {state.value: count for state, count in counts.items()}


def _told(counts: Mapping[JobState, int]) -> str:
    return ", ".join(f"{count} {state.value}" for state, count in counts.items())
