"""Which network a device is to join: asked for where the order does not say it, and again until one works."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from companion.errors import (
    CompanionError,
    NetworkError,
    NetworkMissing,
    NetworkNotFound,
    NetworkUnsupported,
    ThreadDatasetMissing,
    WrongPassphrase,
)
from companion.model import DeviceSettings, Text
from companion.questions import ChooseNetwork

if TYPE_CHECKING:
    from companion.networks.survey import Survey
    from companion.networks.wifi_rules import WifiSupport
    from companion.protocols import Order

T = TypeVar("T")
Ask = Callable[[ChooseNetwork], Awaitable[DeviceSettings]]

MOST_TRIES = 5
MOST_FLAWED = 5
"""Answers in a row that can't be right. No page lets a person give them, so a program does."""


class NetworkKind(Enum):
    """What a device joins."""

    WIFI = "wifi"
    THREAD = "thread"
    """By the order's operational dataset; there is no page that asks for one."""

    NONE = "none"
    """Nothing by radio: only its name is asked for."""


class NetworkPrompt:
    """The settings of one device in one run, kept across its links.

    names_device: the name goes to the device, so it is asked for too
    may_keep:     an answer without network leaves the device with the one that it has
    decided:      what was decided before this run
    """

    def __init__(
        self,
        ask: Ask,
        order: Order,
        *,
        support: WifiSupport,
        suggested_name: str,
        kind: NetworkKind = NetworkKind.WIFI,
        survey: Survey | None = None,
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
        self._names_device = names_device
        self._may_keep = may_keep
        self._decided = decided
        self._failures = 0

    async def join(self, attempt: Callable[[DeviceSettings], Awaitable[T]]) -> T:
        """Try what was decided, and ask again after each failure. Returns what the attempt returns.

        attempt: hands settings over and waits for the outcome. Joined, or nobody knows: it returns. Not
                 joined: it raises WrongPassphrase, NetworkNotFound, NoAddress, CredentialsUnusable (refused),
                 or NetworkError and JoinFailed where the reason is unknown. Anything else ends the run
        Raises the last failure where nobody can be asked, or after `MOST_TRIES`; and what `attempt` raises.
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
        Raises `problem` itself where nobody can be asked for others, after `MOST_TRIES`, or where a wrong
        passphrase is given again; and what asking raises.
        """
        self._failures += problem is not None
        if problem is not None and self._failures == MOST_TRIES:
            raise problem
        if self._kind is NetworkKind.THREAD:
            return self._with_dataset(problem)
        tried, decided = self._decided, await self._usable(problem)
        if isinstance(problem, WrongPassphrase) and tried is not None and decided.wifi == tried.wifi:
            raise problem
        self._decided = decided
        return decided

    async def _usable(self, problem: CompanionError | None) -> DeviceSettings:
        """Settings that the device can use, asked for where they are missing or `problem` was theirs."""
        draft, settled = self._draft()
        if problem is None and settled:
            problem = self._problem(draft)
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
        order, wants_wifi = self._order, self._kind is NetworkKind.WIFI
        wifi = order.wifi if wants_wifi else None
        draft = DeviceSettings(order.name or self._suggested_name, order.room, wifi)
        has_name = order.name is not None or not self._names_device
        return draft, has_name and (wifi is not None or not wants_wifi)

    async def _put(self, draft: DeviceSettings, problem: CompanionError | None) -> DeviceSettings:
        survey = self._survey if self._order.attended else None
        question = ChooseNetwork(
            networks=(await survey.seen() or ()) if survey is not None else (),
            previous=draft,
            problem=Text(problem.title, problem.facts) if problem is not None else None,
            needs_wifi=self._kind is NetworkKind.WIFI,
            suggested_name=self._suggested_name,
            other_network=isinstance(problem, NetworkNotFound | NetworkUnsupported),
            joinable=self._support.securities,
            rescan=survey.again if survey is not None else None,
        )
        try:
            answer = await self._ask(question)
        except NetworkMissing as nobody:
            raise (problem or nobody) from None
        if answer.wifi is None and self._kind is NetworkKind.WIFI and not self._may_keep:
            raise problem or NetworkMissing("no network was chosen")
        return answer

    def _with_dataset(self, problem: CompanionError | None) -> DeviceSettings:
        if problem is not None:
            raise problem
        if self._order.thread is None:
            raise ThreadDatasetMissing
        return self._draft()[0]

    def _problem(self, draft: DeviceSettings) -> CompanionError | None:
        """Why these settings can't be handed over, or None."""
        return self._support.problem(draft.wifi) if draft.wifi is not None else None
