"""Pairing through the operating system, as far as its user takes part: numbers to compare or to type.

A device may demand an encrypted link for a characteristic. The system then pairs, and somebody must
compare six digits here and there, or type them there (Core Specification, Vol 3, Part H, 2.3.5).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from companion.errors import CompanionError, NumbersDiffer

log = logging.getLogger(__name__)

# The device waits for half of that (Core Specification, Vol 3, Part H, 3.4).
ANSWER_SECONDS = 60.0


class PairingUser(Protocol):
    """Whoever sits in front of this computer."""

    async def compare(self, number: str) -> bool:
        """Is `number` ("482-913") on the device too? Cancelled when it is too late to answer."""

    def show(self, passkey: str) -> None:
        """`passkey` ("482-913") is to be typed on the device."""


class Pairing:
    """The pairing of one link. `refused` is called once the user said that the numbers differ."""

    def __init__(self, user: PairingUser, refused: Callable[[CompanionError], None]) -> None:
        self._user = user
        self._refused = refused
        self._question: asyncio.Future[bool] | None = None

    @property
    def is_asking(self) -> bool:
        """The user is looking at a number: what waits for the device must wait for him as well."""
        return self._question is not None

    async def compare(self, passkey: int) -> bool:
        """The user's answer; False if there was none."""
        question = self._question = asyncio.ensure_future(self._user.compare(group_digits(passkey)))
        try:
            await asyncio.wait((question,), timeout=ANSWER_SECONDS)
        finally:
            self._question = None
            question.cancel()
        if question.cancelled() or not question.done():
            return False
        error = question.exception()
        if error is not None:
            log.info("nobody compared the numbers: %s", type(error).__name__)
            return False
        if not question.result():
            # After the system was told, which then tells the device.
            asyncio.get_running_loop().call_soon(self._refused, NumbersDiffer("in Bluetooth pairing"))
        return question.result()

    def show(self, passkey: int) -> None:
        self._user.show(group_digits(passkey))

    def withdraw(self) -> None:
        """The device or the system has given up: no answer is wanted any more."""
        if self._question is not None:
            self._question.cancel()


# What brings a link's pairing to its user, from the connection to the end of the link. The text is the
# device's address.
Agent = Callable[[str, Pairing], AbstractAsyncContextManager[None]]


def group_digits(passkey: int) -> str:
    """Six digits as people read them: "482-913"."""
    digits = f"{passkey:06}"
    return f"{digits[:3]}-{digits[3:]}"
