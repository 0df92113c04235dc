"""The reporter of one run: times the steps, sends the events, waits for the answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from companion import claims
from companion.claims import RunFacts
from companion.claims.tracker import follow
from companion.errors import CompanionError
from companion.events import (
    Connected,
    Event,
    Found,
    Identified,
    Progress,
    Secured,
    SecurityFound,
    Sending,
    StepFinished,
    StepStarted,
)
from companion.model import (
    DeviceSettings,
    Finding,
    Network,
    Step,
    Text,
    ThreadNetwork,
    WifiCredentials,
)
from companion.outcome import StepTime
from companion.questions import AskRouter, ChooseNetwork, Question, ScanAgain
from companion.runs.firmware_gate import FirmwareGate
from companion.secret import Secret

A = TypeVar("A")
RESET = "reset"
"""What is sent and is no credential."""

SUMMARIES: Mapping[Step, Callable[[RunFacts], Text]] = {
    Step.FIND: lambda facts: Text("Device found"),
    Step.CONNECT: lambda facts: Text("Connected"),
    Step.SECURE: claims.session,
    Step.CONFIRM: lambda facts: claims.identity(facts)[0].claim,
    Step.HAND_OVER: claims.delivery_so_far,
    Step.CHECK: lambda facts: Text("Finished"),
}
"""How a step ends where its driver has no sentence of its own: with what is known by then."""


class RunReporter:
    """What `companion.protocols.Reporter` asks for, over a plain function that takes events.

    A step's seconds are the machine's: the time that a question waited for its user is left out.
    """

    def __init__(
        self,
        on_event: Callable[[Event], None],
        remembered: Sequence[WifiCredentials] = (),
        datasets: Sequence[Secret] = (),
    ) -> None:
        self.facts = RunFacts()
        self.gate: FirmwareGate | None = None
        self._on_event = on_event
        self.step: Step | None = None
        self.steps: list[StepTime] = []
        self.findings: list[Finding] = []
        self.wifi: WifiCredentials | None = None
        self.thread: Secret | None = None
        self.settings: DeviceSettings | None = None
        self._remembered = tuple(remembered)
        self._datasets = tuple(datasets)
        self._began = 0.0
        self._waited = 0.0
        self._summary: Text | None = None
        self._of_gate: list[Finding] = []
        self._of_word_before: list[Finding] = []
        self._pending: tuple[Question[Any], asyncio.Future[Any]] | None = None

    def report(self, event: Event) -> None:
        """Send an event, after what it says is known. What a session was measured to be follows it.

        Raises a leaf of FirmwareError where a rule forbids what is going to be sent, or to go on.
        """
        if isinstance(event, Sending) and event.kind != RESET:
            self._pass_gate(is_last=True)
        self.facts = follow(self.facts, event)
        self._on_event(event)
        if isinstance(event, Secured) and event.session is not None:
            for finding in claims.measured(event.session):
                self.find(finding)
        if self.gate is not None:
            self._follow_word(event)
            self._find_of_gate(self.gate.follow(event, self.facts))

    def begin(self, step: Step) -> None:
        """End the current step well and begin `step`; nothing happens if it is the current one.

        Raises a leaf of FirmwareError where a rule forbids to hand anything over.
        """
        if step is self.step:
            return
        if step is Step.HAND_OVER:
            self._pass_gate(is_last=False)
        self.finish()
        self.step, self._began, self._waited = step, time.monotonic(), 0.0
        self.report(StepStarted(step))

    def finish(self) -> None:
        """End the current step well."""
        if self.step is None:
            return
        taken = self._seconds()
        self.steps.append(StepTime(self.step, taken))
        self.report(StepFinished(self.step, taken, self._summary or SUMMARIES[self.step](self.facts)))
        self.step = self._summary = None

    def fail(self) -> Step | None:
        """End the current step badly: its time counts, no `StepFinished` is sent. Returns the step."""
        failed, self.step = self.step, None
        if failed is not None:
            self.steps.append(StepTime(failed, self._seconds()))
        return failed

    def summarise(self, summary: Text) -> None:
        """The sentence with which the current step will end."""
        self._summary = summary

    def progress(self, text: Text, *, lasts: bool = False) -> None:
        """What is going on in the current step."""
        if self.step is not None:
            self.report(Progress(self.step, text, lasts))

    def find(self, finding: Finding) -> None:
        """Tell a finding once."""
        if finding not in self.findings:
            self.findings.append(finding)
            self.report(SecurityFound(finding))

    async def ask(self, question: Question[A]) -> A:
        """Send the question and wait for `answer`. One question at a time."""
        if isinstance(question, ChooseNetwork) and not question.remembered:
            kept = replace(question, remembered=self._remembered, datasets=self._datasets)
            question = cast("Question[A]", kept)
        answer = await self._ask_once(question)
        while isinstance(answer, ScanAgain | AskRouter):
            assert isinstance(question, ChooseNetwork)
            again = (
                _with_fresh_networks(question) if isinstance(answer, ScanAgain) else _asked(question, answer)
            )
            question = cast("Question[A]", await again)
            answer = await self._ask_once(question)
        if isinstance(answer, DeviceSettings):
            self.settings = DeviceSettings(answer.name, answer.room)
            self.wifi, self.thread = answer.wifi, answer.thread
        return answer

    async def _ask_once(self, question: Question[A]) -> A:
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._pending = (question, future)
        asked = time.monotonic()
        try:
            self.report(question)
            return await future
        finally:
            self._pending = None
            self._waited += time.monotonic() - asked

    @property
    def is_asking(self) -> bool:
        """True while a question is open."""
        return self._pending is not None

    def answer(self, question: Question[A], answer: A) -> None:
        """Answer the open question. An answer to another question came too late and is ignored."""
        if self._pending is not None and self._pending[0] is question and not self._pending[1].done():
            self._pending[1].set_result(answer)

    def refuse(self, error: CompanionError) -> None:
        """End the run with `error` because nobody can answer the open question."""
        if self._pending is not None and not self._pending[1].done():
            self._pending[1].set_exception(error)

    def _pass_gate(self, *, is_last: bool) -> None:
        if self.gate is None:
            return
        try:
            told = self.gate.hand_over(self.facts, is_last=is_last)
        except CompanionError:
            self._withdraw()
            raise
        if told:
            self._withdraw()
        self._find_of_gate(told)

    def _follow_word(self, event: Event) -> None:
        """What rules came to for one device, or one word of it, is no finding about the next."""
        if isinstance(event, Connected | Found | Identified):
            self._of_word_before += self._of_gate
            self._of_gate = []
        if isinstance(event, Identified):
            self._withdraw()

    def _find_of_gate(self, told: Sequence[Finding]) -> None:
        self._of_gate += told
        for finding in told:
            self.find(finding)

    def _withdraw(self) -> None:
        self.findings = [each for each in self.findings if each not in self._of_word_before]
        self._of_word_before = []

    def _seconds(self) -> float:
        return time.monotonic() - self._began - self._waited


async def _with_fresh_networks(question: ChooseNetwork) -> ChooseNetwork:
    """The question with what the device sees now; what was wrong with the last answer is known by now."""
    assert question.rescan is not None
    seen = await question.rescan()
    networks = tuple(each for each in seen if isinstance(each, Network))
    meshes = tuple(each for each in seen if isinstance(each, ThreadNetwork))
    return replace(question, networks=networks, meshes=meshes, problem=None)


async def _asked(question: ChooseNetwork, wanted: AskRouter) -> ChooseNetwork:
    """The question with the dataset that a border router hands out, chosen; or with why it does not."""
    assert question.ask_router is not None
    try:
        dataset = await question.ask_router(wanted.router)
    except CompanionError as refused:
        return replace(question, problem=refused.sentence)
    others = tuple(each for each in question.datasets if each != dataset)
    before = question.previous or DeviceSettings(question.suggested_name)
    chosen = replace(before, thread=dataset)
    return replace(question, datasets=(dataset, *others), previous=chosen, problem=None)
