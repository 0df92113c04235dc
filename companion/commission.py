"""The walk from a setup code to operational credentials: the only place that knows all the steps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from companion import wifi_memory
from companion.dialer import RadioDialer, look
from companion.errors import (
    Cancelled,
    CodeForeign,
    CompanionError,
    DeviceNotFound,
    KeyStoreUnavailable,
    MethodUnavailable,
    OutcomeUnknown,
)
from companion.events import (
    ChooseDevice,
    ConfirmDevice,
    Counted,
    Event,
    Found,
    Question,
    RunFinished,
    RunStarted,
    Step,
)
from companion.model import Commissioned, FoundDevice, LinkCounts, SetupCode, Text
from companion.outcome import Outcome, Result
from companion.protocols import Context, Driver, Order, driver, drivers
from companion.story import Storyteller

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import Registry

A = TypeVar("A")
log = logging.getLogger(__name__)

NEARBY_SECONDS = 4.0


async def nearby(radio: Radio) -> AsyncIterator[FoundDevice]:
    """Every commissionable device in range, each again when its name or state changes."""
    known = drivers()
    last: dict[str, FoundDevice] = {}
    async with radio.scan() as advertisements:
        async for advertisement in advertisements:
            for each in known:
                found = each.find(advertisement, None)
                if found is not None and last.get(found.address) != found:
                    last[found.address] = found
                    yield found


class Walk:
    """One run: finds the device of a code (or the chosen one) and commissions it.

    Belongs to one event loop. `tell` gets every event at once and must not block; questions are
    answered with `answer`. `run` never raises a CompanionError: it is in the outcome.
    """

    def __init__(
        self,
        *,
        radio: Radio,
        code: SetupCode | None,
        order: Order,
        identity: Identity,
        registry: Registry,
        endpoint: Endpoint | None,
        tell: Callable[[Event], None],
        timeout: float = 30.0,
        found: FoundDevice | None = None,
    ) -> None:
        self._radio = radio
        self._code = code
        self._order = order
        self._identity = identity
        self._registry = registry
        self._endpoint = endpoint
        self._watcher = tell
        self._timeout = timeout
        self._found = found
        self._run = ""
        self._protocol = found.protocol if found else (code.protocol if code else None)
        self._dialer: RadioDialer | None = None
        self._story = Storyteller(self._tell, wifi_memory.recall(identity.vault))
        self._story.handed_over_wifi = order.wifi
        self._task: asyncio.Task[Commissioned] | None = None
        self._cancelled = False

    def answer(self, question: Question[A], answer: A) -> None:
        """Answer the open question."""
        self._story.answer(question, answer)

    def refuse(self, error: CompanionError) -> None:
        """Nobody can answer the open question: the run ends with `error`."""
        self._story.refuse(error)

    def cancel(self) -> None:
        """End the run as soon as the device has been told; `run` then returns a Cancelled outcome."""
        self._cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def run(self) -> Outcome:
        """Walk all steps and return how it ended. Raises CancelledError when its own task is cancelled."""
        ecosystem = self._code.ecosystem if self._code else self._protocol
        self._run = self._registry.begin_run(ecosystem=ecosystem, radio=self._radio.spec)
        self._tell(RunStarted(self._run, self._code))
        self._task = asyncio.ensure_future(self._walk())
        commissioned, error = await self._settle(self._task)
        failed = None
        if error is None:
            self._story.finish()
        else:
            failed = self._story.fail()
        outcome = self._outcome(commissioned, error, failed)
        self._tell(Counted(outcome.link))
        try:
            record = self._registry.finish_run(self._run, outcome)
        except CompanionError as unwritten:
            record, error = None, error or unwritten
        outcome = self._outcome(commissioned, error, failed, record)
        self._watcher(RunFinished(outcome))
        return outcome

    async def _settle(
        self, task: asyncio.Task[Commissioned]
    ) -> tuple[Commissioned | None, CompanionError | None]:
        """Wait for the walk and turn whatever ended it into an error of our tree; the link is closed."""
        try:
            commissioned = await task
        except CompanionError as error:
            return None, error
        except asyncio.CancelledError:
            if not self._cancelled:
                task.cancel()
                raise
            return None, Cancelled()
        except Exception as surprise:
            log.exception("run %s ended in an error that nobody expected", self._run)
            return None, CompanionError(type(surprise).__name__)
        finally:
            if self._dialer is not None:
                await _finish_even_if_cancelled(self._dialer.hang_up())
        if not commissioned.confirmed:
            return commissioned, OutcomeUnknown(str(commissioned.unconfirmed_reason or ""))
        return commissioned, None

    async def _walk(self) -> Commissioned:
        if self._identity.throwaway and not self._radio.is_virtual:
            raise KeyStoreUnavailable("the throwaway identity is for virtual radios only")
        self._story.begin(Step.FIND)
        if self._code is not None:
            refuse_foreign(self._code)
        await self._radio.check()
        chosen, protocol = await self._find()
        self._protocol = protocol.name
        self._tell(Found(chosen))
        findings = protocol.findings(chosen, self._code)
        for finding in findings:
            self._story.find(finding)
        if not await self._story.ask(ConfirmDevice(chosen, findings)):
            raise Cancelled
        self._story.summarise(_seen(chosen))
        self._story.begin(Step.CONNECT)
        self._dialer = RadioDialer(self._radio, protocol, self._code, chosen, self._story)
        commissioned = await protocol.commission(
            Context(
                found=chosen,
                code=self._code,
                order=self._order,
                dialer=self._dialer,
                story=self._story,
                memory=self._registry.memory(protocol.name, self._identity.vault),
                identity=self._identity,
                endpoint=self._endpoint,
            )
        )
        wifi_memory.remember(self._identity.vault, self._story.handed_over_wifi)
        return commissioned

    async def _find(self) -> tuple[FoundDevice, Driver]:
        """The device to commission: the chosen one, the code's, or the one that the user picks."""
        code = self._code
        if self._found is not None:
            return self._found, driver(self._found.protocol)
        if code is None:
            return await self._choose()
        assert code.protocol is not None
        try:
            protocol = driver(code.protocol)
        except (KeyError, ImportError) as error:
            raise MethodUnavailable(type(error).__name__) from error
        self._story.progress(Text("Looking for the device of this code"))
        found = await look(self._radio, lambda seen: protocol.find(seen, code), self._timeout)
        return found, protocol

    async def _choose(self) -> tuple[FoundDevice, Driver]:
        seen: dict[str, FoundDevice] = {}
        try:
            async with asyncio.timeout(min(NEARBY_SECONDS, self._timeout)):
                async for found in nearby(self._radio):
                    seen[found.address] = found
        except TimeoutError:
            pass
        if not seen:
            raise DeviceNotFound("nothing nearby is ready to be commissioned")
        ranked = sorted(seen.values(), key=lambda found: found.rssi or -127, reverse=True)
        chosen = await self._story.ask(ChooseDevice(tuple(ranked)))
        return chosen, driver(chosen.protocol)

    def _tell(self, event: Event) -> None:
        """Write the event first, then show it: what was shown is on the disk."""
        self._registry.append(self._run, event)
        self._watcher(event)

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
            result = Result.COMMISSIONED if commissioned.confirmed else Result.UNCONFIRMED
        return Outcome(
            result=result,
            run=self._run,
            protocol=self._protocol,
            steps=tuple(self._story.steps),
            link=self._dialer.counts if self._dialer else LinkCounts(),
            findings=tuple(self._story.findings),
            commissioned=commissioned,
            record=record,
            error=error,
            failed_step=failed,
        )


def refuse_foreign(code: SetupCode) -> None:
    """Raises CodeForeign, with the sentence that says what takes it, for a code that no protocol takes."""
    if not code.commissionable:
        raise CodeForeign(kind=code.title, verdict=str(code.verdict))


def _seen(found: FoundDevice) -> Text:
    if found.rssi is None:
        return Text("Found {name}", {"name": found.name})
    return Text("Found {name}, {rssi} dBm", {"name": found.name, "rssi": found.rssi})


async def _finish_even_if_cancelled(work: Coroutine[Any, Any, None]) -> None:
    """Await `work` to its end; a cancellation that arrives meanwhile is passed on after it."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
