"""What every run has, whatever it does: a reporter, a device on a radio, and one truthful outcome."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from companion.claims.tracker import conclude
from companion.errors import Cancelled, CompanionError, KeyStoreUnavailable, OutcomeUnknown, ReleaseUnknown
from companion.events import Captured, Counted, Event, Found, RunFinished, RunStarted
from companion.link_counts import LinkCounts
from companion.model import (
    Commissioned,
    DeviceSettings,
    Finding,
    FoundDevice,
    OwnedFabric,
    Possession,
    SetupCode,
    Step,
    Text,
)
from companion.networks import thread
from companion.outcome import Outcome, Result
from companion.protocols import Context, Driver, KnownDevice, Order
from companion.questions import ConfirmDevice, Question
from companion.runs import saved_datasets, saved_networks
from companion.runs.delegation import check_place
from companion.runs.dialer import RadioDialer
from companion.runs.firmware_gate import open_gate
from companion.runs.reporter import RunReporter
from companion.trust.grants.actions import Grants

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.lan import Lan
    from companion.registry import Registry
    from companion.trust.grants.record import GrantRecord

A = TypeVar("A")
log = logging.getLogger(__name__)


class Medium(Protocol):
    """What a run reaches its device through: a radio, or a cable."""

    @property
    def spec(self) -> str:
        """Its name in the registry."""

    @property
    def is_virtual(self) -> bool:
        """True if nothing real is behind it."""

    @property
    def captured(self) -> str | None:
        """The name of the file that its traffic is recorded in."""


class Run(ABC):
    """One run with one device. What it does to it is `_perform`.

    Belongs to one event loop. `on_event` gets every event at once and must not block; questions are
    answered with `answer`. `run` never raises a CompanionError: it is in the outcome.
    """

    done: Result
    operation: str | None = None

    def __init__(
        self,
        *,
        medium: Medium,
        code: SetupCode | None,
        order: Order,
        identity: Identity,
        registry: Registry,
        endpoint: Endpoint | None,
        on_event: Callable[[Event], None],
        timeout: float,
        protocol: str | None,
        lan: Lan | None = None,
    ) -> None:
        self._lan = lan
        self._medium = medium
        self._code = code
        self._order = order
        self._identity = identity
        self._registry = registry
        self._endpoint = endpoint
        self._on_event = on_event
        self._timeout = timeout
        self._run = ""
        self._protocol = protocol
        self._dialer: RadioDialer | None = None
        datasets = (each.secret for each in saved_datasets.recall(identity.vault))
        self._reporter = RunReporter(self._record, saved_networks.recall(identity.vault), tuple(datasets))
        self._reporter.wifi, self._reporter.thread = order.wifi, order.thread
        self._task: asyncio.Task[Commissioned] | None = None
        self._cancelled = False
        self._grant: GrantRecord | None = None
        self._when_recorded: list[Callable[[], None]] = []

    def answer(self, question: Question[A], answer: A) -> None:
        """Answer the open question."""
        self._reporter.answer(question, answer)

    def refuse(self, error: CompanionError) -> None:
        """End the run with `error` because nobody can answer the open question."""
        self._reporter.refuse(error)

    def cancel(self) -> None:
        """End the run as soon as the device has been told; `run` then returns a Cancelled outcome."""
        self._cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def run(self) -> Outcome:
        """Run all steps and return how it ended. Raises CancelledError when its own task is cancelled."""
        ecosystem = self._code.ecosystem if self._code else self._protocol
        self._run = self._registry.begin_run(
            ecosystem=ecosystem, radio=self._medium.spec, subject=self._subject()
        )
        self._record(RunStarted(self._run, self._code))
        if self._medium.captured is not None:
            self._record(Captured(self._medium.captured))
        self._task = asyncio.ensure_future(self._perform_gated())
        if self._cancelled:
            # Before it began.
            self._task.cancel()
        commissioned, error = await self._await_end(self._task)
        failed = None
        if error is None:
            self._reporter.finish()
        else:
            failed = self._reporter.fail()
        outcome = self._outcome(commissioned, error, failed)
        self._record(Counted(outcome.link, self._dialer.traces if self._dialer else ()))
        try:
            record = self._registry.finish_run(self._run, outcome)
        except CompanionError as unwritten:
            record, error = None, error or unwritten
        else:
            self._forget_saved()
            self._note_ended_grants()
        outcome = self._outcome(commissioned, error, failed, record)
        self._on_event(RunFinished(outcome))
        return outcome

    async def _await_end(
        self, task: asyncio.Task[Commissioned]
    ) -> tuple[Commissioned | None, CompanionError | None]:
        """Wait for it and turn whatever ended it into an error of our tree; the link is ended."""
        try:
            commissioned = await task
        except CompanionError as error:
            return None, error
        except asyncio.CancelledError:
            if not self._cancelled:
                task.cancel()
                raise
            return None, Cancelled()
        except Exception as unexpected:
            log.exception("run %s ended in an error that nobody expected", self._run)
            return None, CompanionError(type(unexpected).__name__)
        finally:
            if self._dialer is not None:
                self._dialer.hang_up()
        self._keep_network(commissioned)
        if not commissioned.confirmed:
            released = commissioned.possession is Possession.RELEASED
            reason = str(commissioned.unconfirmed_reason or "")
            if released:
                return commissioned, ReleaseUnknown(reason)
            return commissioned, OutcomeUnknown(
                reason,
                leaves_radio=commissioned.leaves_radio,
                still_joining=commissioned.still_joining,
            )
        return commissioned, None

    def _keep_network(self, commissioned: Commissioned) -> None:
        """The network that works because this run handed it over is offered for the next device."""
        if not commissioned.confirmed:
            return
        vault, reporter = self._identity.vault, self._reporter
        try:
            if "wifi" in reporter.facts.taken:
                saved_networks.remember(vault, reporter.wifi)
            if "thread" in reporter.facts.taken and reporter.thread is not None:
                saved_datasets.remember(vault, thread.read(reporter.thread))
        except CompanionError as error:
            log.warning("run %s: its network is not offered again: %s", self._run, error.code)

    def _forget_saved(self) -> None:
        """The outcome is on the disk: what was kept to repeat the run is not needed any more."""
        for forget in self._when_recorded:
            try:
                forget()
            except CompanionError as error:
                log.warning("run %s is recorded, but something is left of it: %s", self._run, error.code)

    def _note_ended_grants(self) -> None:
        """Under a grant, a device may have shown a newer list of its owner, which ends grants held here."""
        if self._grant is None:
            return
        try:
            Grants(self._identity, self._registry).note_ended()
        except CompanionError as error:
            log.warning("run %s: grants that ended are not listed so: %s", self._run, error.code)

    def _subject(self) -> str | None:
        """The registry's device that the run is for, where that is known before it is met."""
        return None

    @property
    def _hands_over(self) -> bool:
        """Whether rules on firmware are about this run: it gives a device credentials."""
        return self.operation is None

    async def _perform_gated(self) -> Commissioned:
        if self._hands_over:
            self._reporter.gate = open_gate(self._registry, lambda: self._protocol)
        return await self._perform()

    @abstractmethod
    async def _perform(self) -> Commissioned:
        """Find the device and do with it what the run is for. Raises CompanionError."""

    async def _begin(self) -> None:
        """The first step: is there a radio, and may this identity be used on it?"""
        if self._identity.throwaway and not self._medium.is_virtual:
            raise KeyStoreUnavailable("the temporary identity is for virtual radios only")
        self._reporter.begin(Step.FIND)

    async def _confirm(self, chosen: FoundDevice, protocol: Driver) -> None:
        """The device is found: report it, and go on if the user does."""
        self._protocol = protocol.name
        self._reporter.report(Found(chosen))
        findings = self._findings(chosen, protocol)
        for finding in findings:
            self._reporter.find(finding)
        question = ConfirmDevice(chosen, findings, self._fabrics(chosen, protocol))
        answer = await self._reporter.ask(question)
        if not answer:
            raise Cancelled
        if isinstance(answer, OwnedFabric):
            self._order = replace(self._order, fabric=answer.id)
        self._reporter.summarise(_found_summary(chosen))
        self._reporter.begin(Step.CONNECT)

    def _fabrics(self, chosen: FoundDevice, protocol: Driver) -> tuple[OwnedFabric, ...]:
        """Those that the device can join, where there is a choice."""
        return ()

    def _findings(self, chosen: FoundDevice, protocol: Driver) -> tuple[Finding, ...]:
        """How well the user will be protected, before connecting."""
        return protocol.findings(chosen, self._code, self._order.method)

    def _context(self, chosen: FoundDevice, protocol: Driver, dialer: RadioDialer) -> Context:
        """What the driver gets; the run hangs up at its end."""
        self._dialer = dialer
        return Context(
            found=chosen,
            code=self._code,
            order=self._order,
            dialer=dialer,
            reporter=self._reporter,
            memory=self._registry.memory(protocol.name, self._identity.vault),
            identity=self._identity,
            endpoint=self._endpoint,
            when_recorded=self._when_recorded.append,
            inventory=partial(inventory, self._registry, protocol.name),
            lan=self._lan,
            grant=self._grant.text if self._grant is not None else "",
            grant_id=self._grant.id if self._grant is not None else "",
            check_place=self._check_place,
        )

    def _check_place(self, serial: str | None) -> None:
        """Raises OutsideGrant."""
        if self._grant is not None:
            check_place(self._grant, serial, self._order.site)

    def _record(self, event: Event) -> None:
        """Write the event first, then show it: what was shown is on the disk."""
        self._registry.append(self._run, event)
        self._on_event(event)

    def _outcome(
        self,
        commissioned: Commissioned | None,
        error: CompanionError | None,
        failed: Step | None,
        record: str | None = None,
    ) -> Outcome:
        if commissioned is None:
            result = Result.UNCONFIRMED if isinstance(error, OutcomeUnknown) else Result.FAILED
        else:
            result = self.done if commissioned.confirmed else Result.UNCONFIRMED
        return Outcome(
            result=result,
            run=self._run,
            protocol=self._protocol,
            steps=tuple(self._reporter.steps),
            link=self._dialer.counts if self._dialer else LinkCounts(),
            findings=tuple(self._reporter.findings),
            commissioned=commissioned,
            record=record,
            error=error,
            failed_step=failed,
            operation=self.operation,
            facts=conclude(self._reporter.facts, commissioned, error),
            settings=self._reporter.settings or _settings_of(self._order),
            grant=self._grant,
            site=self._order.site,
        )


def _settings_of(order: Order) -> DeviceSettings | None:
    """What the order calls the device; None where it calls it nothing."""
    return DeviceSettings(order.name or "", order.room) if order.name or order.room else None


def inventory(registry: Registry, protocol: str) -> tuple[KnownDevice, ...]:
    """The protocol's devices that proved a key, without those that another one replaced."""
    return tuple(KnownDevice(device, key) for device, key in registry.proven_devices(protocol))


def _found_summary(found: FoundDevice) -> Text:
    if found.rssi is None:
        return Text("Found {name}", {"name": found.name})
    return Text("Found {name}, {rssi} dBm", {"name": found.name, "rssi": found.rssi})
