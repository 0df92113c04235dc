"""Which network a device is to join: asked for where the order does not say it, and again until one works."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from companion.errors import (
    CompanionError,
    NetworkError,
    NetworkMissing,
    NetworkNotFound,
    NetworkUnsupported,
    ThreadDatasetMissing,
    ThreadDatasetUnusable,
    WrongPassphrase,
)
from companion.model import DeviceSettings
from companion.networks import thread
from companion.networks.thread_surroundings import ThreadSurroundings
from companion.questions import ChooseNetwork

if TYPE_CHECKING:
    from companion.model import Network
    from companion.networks.survey import Survey
    from companion.networks.wifi_rules import WifiSupport
    from companion.protocols import Order
    from companion.secret import Secret

T = TypeVar("T")
Ask = Callable[[ChooseNetwork], Awaitable[DeviceSettings]]

MOST_FAILURES = 5
MOST_FLAWED = 5
"""Answers in a row that can't be right. No page lets a person give them, so a program does."""


class NetworkKind(Enum):
    """What a device joins."""

    WIFI = "wifi"
    THREAD = "thread"
    """By an operational dataset."""

    NONE = "none"
    """Nothing by radio: only its name is asked for."""


class NetworkPrompt:
    """The settings of one device in one run, kept across its links.

    names_device: the name goes to the device, so it is asked for too
    may_keep:     an answer without network leaves the device with the one that it has
    decided:      what was decided before this run
    surroundings: of a device that joins Thread
    """

    def __init__(
        self,
        ask: Ask,
        order: Order,
        *,
        support: WifiSupport,
        suggested_name: str,
        kind: NetworkKind = NetworkKind.WIFI,
        survey: Survey[Network] | None = None,
        surroundings: ThreadSurroundings | None = None,
        names_device: bool = False,
        may_keep: bool = False,
        decided: DeviceSettings | None = None,
    ) -> None:
        self._ask = ask
        self._order = order
        self._support = support
        self._suggested_name = suggested_name
        self._kind = kind
        self._survey = survey
        self._surroundings = surroundings or ThreadSurroundings(None, None)
        self._names_device = names_device
        self._may_keep = may_keep
        self._decided = decided
        self._failures = 0

    async def join(self, attempt: Callable[[DeviceSettings], Awaitable[T]]) -> T:
        """Try what was decided, and ask again after each failure. Returns what the attempt returns.

        attempt: hands settings over and waits for the outcome. Joined, or nobody knows: it returns. Not
                 joined: it raises WrongPassphrase, NetworkNotFound, NoAddress, CredentialsUnusable (refused),
                 or NetworkError and JoinFailed where the reason is unknown. Anything else ends the run
        Raises the last failure where nobody can be asked, or after `MOST_FAILURES`; and what `attempt`
        raises.
        """
        failure: NetworkError | None = None
        while True:
            settings = await self.decide(failure)
            try:
                return await attempt(settings)
            except NetworkError as again:
                failure = again

    async def decide(self, problem: CompanionError | None = None) -> DeviceSettings:
        """The settings to try next, such as the device can use; only what is missing is asked for.

        For drivers whose device says itself when it wants other settings; `join` is the loop of all others.
        problem: why the last ones did not work, None where none were tried
        Raises `problem` itself where nobody can be asked for others, after `MOST_FAILURES`, or where a wrong
        passphrase is given again; and what asking raises.
        """
        self._failures += problem is not None
        if problem is not None and self._failures == MOST_FAILURES:
            raise problem
        tried, decided = self._decided, await self._usable(problem)
        if isinstance(problem, WrongPassphrase) and tried is not None and decided.wifi == tried.wifi:
            raise problem
        self._decided = decided
        return decided

    async def _usable(self, problem: CompanionError | None) -> DeviceSettings:
        """Settings that the device can use, asked for where they are missing or `problem` was theirs."""
        draft, settled = self._draft()
        problem = problem or self._problem(draft)
        for _ in range(MOST_FLAWED):
            if settled and problem is None:
                break
            draft, settled = await self._put(draft, problem), True
            problem = self._problem(draft)
        if problem is not None:
            raise problem
        return draft

    def _draft(self) -> tuple[DeviceSettings, bool]:
        """What is known before anybody is asked, and whether that is all."""
        if self._decided is not None:
            return self._decided, True
        order = self._order
        draft = DeviceSettings(
            order.name or self._suggested_name,
            order.room,
            order.wifi if self._kind is NetworkKind.WIFI else None,
            order.thread if self._kind is NetworkKind.THREAD else None,
        )
        has_name = order.name is not None or not self._names_device
        return draft, has_name and not self._lacks_network(draft)

    async def _put(self, draft: DeviceSettings, problem: CompanionError | None) -> DeviceSettings:
        question = ChooseNetwork(
            previous=draft,
            problem=problem.sentence if problem is not None else None,
            needs_wifi=self._kind is NetworkKind.WIFI,
            needs_thread=self._kind is NetworkKind.THREAD,
            suggested_name=self._suggested_name,
            other_network=isinstance(problem, NetworkNotFound | NetworkUnsupported),
            joinable=self._support.securities,
        )
        if self._order.attended:
            question = await self._with_surroundings(question)
        try:
            answer = await self._ask(question)
        except (NetworkMissing, ThreadDatasetMissing) as nobody:
            raise (problem or await self._missing(nobody)) from None
        if problem is None and answer.thread is None:
            answer = replace(answer, thread=draft.thread)
        if self._lacks_network(answer) and not self._may_keep:
            raise problem or await self._missing(NetworkMissing("no network was chosen"))
        return answer

    async def _with_surroundings(self, question: ChooseNetwork) -> ChooseNetwork:
        """With the networks that the device sees, for somebody who chooses."""
        if self._kind is NetworkKind.THREAD:
            meshes, routers = await self._surroundings.look()
            return replace(
                question,
                meshes=meshes,
                border_routers=routers,
                rescan=self._surroundings.again,
                ask_router=self._surroundings.ask_router,
            )
        if (survey := self._survey) is None:
            return question
        return replace(question, networks=await survey.seen() or (), rescan=survey.again)

    async def _missing(self, nobody: NetworkError) -> NetworkError:
        return await self._surroundings.missing() if self._kind is NetworkKind.THREAD else nobody

    def _lacks_network(self, settings: DeviceSettings) -> bool:
        if self._kind is NetworkKind.THREAD:
            return settings.thread is None
        return self._kind is NetworkKind.WIFI and settings.wifi is None

    def _problem(self, draft: DeviceSettings) -> CompanionError | None:
        """Why these settings can't be handed over, or None."""
        if self._kind is NetworkKind.THREAD and draft.thread is not None:
            return _dataset_problem(draft.thread)
        return self._support.problem(draft.wifi) if draft.wifi is not None else None


def _dataset_problem(dataset: Secret) -> ThreadDatasetUnusable | None:
    try:
        thread.read(dataset).check_joinable()
    except ThreadDatasetUnusable as unusable:
        return unusable
    return None
