"""What rules ask about earlier onboardings, and the answer of a list in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from companion.trust.anomalies.records import Ending, GrantTerms, Onboarding


@dataclass(frozen=True)
class Use:
    """How much of a grant was used: different devices, and how often this one (this onboarding included)."""

    devices: int
    times: int


class History(Protocol):
    """What happened before an onboarding. Lists are oldest first and bounded; itself is not among them."""

    def of_key(self, identity_key: bytes) -> Sequence[Onboarding]:
        """Of the device with this key."""

    def of_serial(self, serial: str) -> Sequence[Onboarding]:
        """Of devices that said this serial number."""

    def of_secret(self, secret: str) -> Sequence[Onboarding]:
        """With this label's secret."""

    def of_request(self, request: str) -> Sequence[Onboarding]:
        """With this certificate request."""

    def last_of_computer(self, computer: str, counter: int) -> Onboarding | None:
        """The last one in the computer's journal before this place."""

    def use(self, grant: str, onboarding: Onboarding) -> Use:
        """How much of the grant is used, with this onboarding."""

    def terms(self, grant: str) -> GrantTerms | None:
        """A grant's terms; None for one that nobody here knows."""


class Memory:
    """A history in memory: for one import, for tests, and where there is no database."""

    def __init__(self, terms: Iterable[GrantTerms] = ()) -> None:
        self._terms = {each.id: each for each in terms}
        self._by: dict[tuple[str, object], list[Onboarding]] = {}
        self._counters: dict[str, list[Onboarding]] = {}

    def add(self, onboarding: Onboarding) -> None:
        """Remember one, after it was judged."""
        for name in ("identity_key", "serial", "secret", "request", "grant"):
            if (value := getattr(onboarding, name)) is not None:
                self._by.setdefault((name, value), []).append(onboarding)
        if onboarding.computer is not None and onboarding.counter is not None:
            self._counters.setdefault(onboarding.computer, []).append(onboarding)

    def of_key(self, identity_key: bytes) -> Sequence[Onboarding]:
        """See `History`."""
        return self._by.get(("identity_key", identity_key), ())

    def of_serial(self, serial: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._by.get(("serial", serial), ())

    def of_secret(self, secret: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._by.get(("secret", secret), ())

    def of_request(self, request: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._by.get(("request", request), ())

    def last_of_computer(self, computer: str, counter: int) -> Onboarding | None:
        """See `History`."""
        before = [each for each in self._counters.get(computer, ()) if (each.counter or 0) < counter]
        return max(before, key=lambda each: each.counter or 0, default=None)

    def use(self, grant: str, onboarding: Onboarding) -> Use:
        """See `History`."""
        used = [each for each in self._by.get(("grant", grant), ()) if each.ending is Ending.ONBOARDED]
        devices = {device_of(each) for each in (*used, onboarding)}
        return Use(len(devices), 1 + sum(device_of(each) == device_of(onboarding) for each in used))

    def terms(self, grant: str) -> GrantTerms | None:
        """See `History`."""
        return self._terms.get(grant)


def device_of(onboarding: Onboarding) -> bytes | str:
    """By what a device is counted: its key, else what it said its serial number is, else this run alone."""
    return onboarding.identity_key or onboarding.serial or onboarding.run
