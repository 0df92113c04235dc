"""A commissioning window: one at a time, a minute each, twenty failures."""

from __future__ import annotations

import pytest

from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Outgoing, Reason
from companion.protocols.matter.messages import status
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.protocols.matter.pase.window import CommissioningWindow
from companion.secret import Secret
from tests.protocols.matter.establishment.handshakes import talk

PBKDF = Pbkdf(1000, b"SPAKE2P Key Salt")
VERIFIER = Passcode.of(34567890, PBKDF).verifier()


def window() -> CommissioningWindow:
    return CommissioningWindow(VERIFIER, PBKDF, until=180.0)


def attempt(opened: CommissioningWindow, passcode: str, now: float) -> None:
    """One handshake; with a wrong passcode it fails, and the window is told."""
    device = opened.begin(2, now)
    try:
        talk(PaseCommissioner(Secret(passcode), 1), device)
    except EstablishmentFailed:
        opened.finish()


def refused(opened: CommissioningWindow, now: float) -> EstablishmentFailed:
    with pytest.raises(EstablishmentFailed) as caught:
        opened.begin(2, now)
    return caught.value


def test_a_second_one_is_told_how_long_to_wait() -> None:
    opened = window()
    opened.begin(1, 0.0)
    busy = refused(opened, 20.0)
    assert (busy.reason, busy.retry_after) == (Reason.BUSY, 40.0)
    assert busy.reply == Outgoing.report(status.busy(40_000))


def test_one_that_says_nothing_more_gives_way_after_a_minute_and_counts() -> None:
    opened = window()
    opened.begin(1, 0.0)
    assert refused(opened, 59.9).reason is Reason.BUSY
    opened.begin(2, 60.0)
    assert opened.failures == 1


def test_a_session_keeps_others_out_until_it_is_over() -> None:
    opened = window()
    attempt(opened, "34567890", 0.0)
    busy = refused(opened, 100.0)
    assert (busy.reason, busy.retry_after) == (Reason.BUSY, 0.0)
    opened.finish()
    attempt(opened, "34567890", 101.0)
    assert opened.failures == 0


def test_nineteen_guesses_leave_room_and_twenty_do_not() -> None:
    opened = window()
    for _ in range(19):
        attempt(opened, "34567891", 0.0)
    assert opened.failures == 19 and opened.is_open(0.0)
    attempt(opened, "34567891", 0.0)
    closed = refused(opened, 0.0)
    assert closed.reason is Reason.REFUSED
    assert closed.reply == Outgoing.report(status.INVALID_PARAMETER)


def test_it_closes_by_its_time_and_by_hand() -> None:
    opened = window()
    assert opened.is_open(179.9) and not opened.is_open(180.0)
    assert refused(opened, 180.0).reason is Reason.REFUSED
    opened.close()
    assert refused(opened, 0.0).reason is Reason.REFUSED


def test_what_is_over_twice_counts_once() -> None:
    opened = window()
    opened.begin(1, 0.0)
    opened.finish()
    opened.finish()
    assert opened.failures == 1
