"""The user's part in OS-level pairing, as the link and the run see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from companion.errors import NumbersDiffer, PairingFailed
from companion.events import ActionNeeded, Event
from companion.questions import CompareNumbers
from companion.radio import Link, open_radio
from companion.radio.pairing import Pairing
from companion.registry.privacy.allowed_fields import stored_facts
from companion.runs.reporter import RunReporter
from tests.radio.echo import SEALED, VALUE, Echo, World, find
from tests.radio.test_pairing import Person
from tests.support.until import until


class User:
    """Answers after a while, or never (None)."""

    def __init__(self, answer: bool | None, *, after: float = 0.0) -> None:
        self.answer = answer
        self.after = after
        self.asked: list[str] = []
        self.shown: list[str] = []

    async def compare(self, number: str) -> bool:
        self.asked.append(number)
        if self.answer is None:
            await asyncio.sleep(3600)
        await asyncio.sleep(self.after)
        return bool(self.answer)

    def show(self, passkey: str) -> None:
        self.shown.append(passkey)


@asynccontextmanager
async def linked(user: User, there: Person) -> AsyncIterator[Link]:
    device = Echo(compare_numbers=there)
    async with (
        await open_radio("virtual", world=World(device)) as radio,
        await radio.connect(await find(radio, device.address), user=user) as link,
    ):
        yield link


async def test_a_value_that_demands_encryption_asks_the_user_for_the_number() -> None:
    user, there = User(True), Person(True)
    async with linked(user, there) as link:
        assert await link.read(SEALED) == b"sealed"
    assert user.asked == [f"{there.numbers[0]:06}"[:3] + "-" + f"{there.numbers[0]:06}"[3:]]


async def test_a_user_may_take_longer_than_a_request() -> None:
    async with linked(User(True, after=4.0), Person(True)) as link:
        assert await link.read(SEALED, timeout=2.0) == b"sealed"


async def test_numbers_that_differ_end_the_link_and_are_the_error() -> None:
    async with linked(User(False), Person(True)) as link:
        with pytest.raises(NumbersDiffer):
            await link.read(SEALED)
        with pytest.raises(NumbersDiffer):
            await link.read(VALUE)
        assert not link.is_up


async def test_a_device_that_refuses_is_a_failed_pairing() -> None:
    async with linked(User(True), Person(False)) as link:
        with pytest.raises(PairingFailed):
            await link.pair()


async def test_a_link_that_is_closed_withdraws_the_question() -> None:
    user = User(None)
    async with linked(user, Person(True)) as link:
        reading = asyncio.ensure_future(link.read(SEALED))
        await until(lambda: bool(user.asked))
    with pytest.raises(Exception, match="R-103"):
        await reading


async def test_a_question_that_nobody_answers_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.radio.pairing.ANSWER_SECONDS", 0.05)
    refusals: list[object] = []
    pairing = Pairing(User(None), refusals.append)
    assert await pairing.compare(42) is False
    assert refusals == [] and not pairing.is_asking


async def test_the_run_puts_the_number_to_its_user_and_keeps_no_passkey() -> None:
    from companion.runs.dialer import PairingReporter

    told: list[Event] = []
    reporter = RunReporter(told.append)
    user = PairingReporter(reporter)
    asking = asyncio.ensure_future(user.compare("482-913"))
    await asyncio.sleep(0)
    question = told[-1]
    assert isinstance(question, CompareNumbers) and question.number == "482-913"
    reporter.answer(question, True)
    assert await asking
    user.show("004-711")
    assert isinstance(told[-1], ActionNeeded) and "004-711" in str(told[-1].text)
    assert "004-711" not in str(stored_facts(told[-1]))
