"""The link, the device or the app goes at any message, and the hand-over still ends well."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.transaction.events import Checkpoint, Finished, NeedSession, TransactionEvent
from companion.protocols.rp1.transaction.machine import TransactionMachine
from tests.protocols.rp1.support.bench import CHOSEN, PLAN, CommissionerBench, DeviceBench, LinkCut


def cut_at(number: int) -> Callable[[], bool]:
    """Asked before each message: cut the link at the n-th, once."""
    numbers = count(1)
    return lambda: next(numbers) == number


def messages_of(method: Method) -> int:
    asked = count(1)
    app = CommissionerBench(DeviceBench(), method=method, cut=lambda: not next(asked))
    app.run()
    return next(asked) - 1


class App(CommissionerBench):
    """An app that keeps what it must in a sealed store, and finds it again after it was killed."""

    sealed: bytes | None = None

    def kill(self) -> App:
        machine = (
            TransactionMachine(PLAN, CHOSEN, saved=self.sealed)
            if self.sealed
            else TransactionMachine(PLAN, CHOSEN)
        )
        again = App(self.device, machine, self.method)
        again.sealed = self.sealed
        again.rpsk = self.rpsk if self.sealed else None
        return again

    def keep(self, events: tuple[TransactionEvent, ...]) -> None:
        super().keep(events)
        if any(isinstance(event, Checkpoint) for event in events):
            self.sealed = self.transaction.snapshot()


def finish(app: CommissionerBench) -> None:
    """Carry on until it is done; a transaction that is gone takes one more session."""
    for _ in range(3):
        try:
            app.carry_on()
        except AssertionError:
            assert isinstance(app.transaction.need, NeedSession)
            app.device.disconnect()
            app.rpsk = None
        if app.transaction.done:
            break
    assert isinstance(app.told[-1], Finished)
    assert app.device.machine.standing is Standing.OWNED


@pytest.mark.parametrize("method", [Method.OOB, Method.NC])
def test_the_link_goes_at_any_message(method: Method) -> None:
    total = messages_of(method)
    assert total > 20
    for number in range(1, total + 1):
        app = CommissionerBench(DeviceBench(), method=method, cut=cut_at(number))
        with pytest.raises(LinkCut):
            app.run()
        finish(app)
        if app.transaction.known.facts and number > 12:
            assert len(app.transaction.known.sent) == 7


@pytest.mark.parametrize("method", [Method.OOB, Method.NC])
def test_the_device_is_switched_off_at_any_message(method: Method) -> None:
    for number in range(1, messages_of(method) + 1):
        app = CommissionerBench(DeviceBench(), method=method, cut=cut_at(number))
        with pytest.raises(LinkCut):
            app.run()
        app.device.boot()
        finish(app)


@pytest.mark.parametrize("method", [Method.OOB, Method.NC])
def test_the_app_is_killed_at_any_message(method: Method) -> None:
    for number in range(1, messages_of(method) + 1):
        app = App(DeviceBench(), method=method, cut=cut_at(number))
        with pytest.raises(LinkCut):
            app.run()
        finish(app.kill())


def test_both_are_killed_at_any_message() -> None:
    for number in range(1, messages_of(Method.OOB) + 1):
        app = App(DeviceBench(), cut=cut_at(number))
        with pytest.raises(LinkCut):
            app.run()
        app.device.boot()
        finish(app.kill())
