"""The whole app in front of a hostile radio: what goes wrong ends in words, never in less security."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.protocols import Order
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage
from companion.protocols.rp1.methods import CLASSIC, HYBRID, Method, Standing
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.store.commissioner_store import MOST_COMPARISONS
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.info import InfoState
from tests.adversary.wire import DOWN, UP, TappedBench, Wire, at, dropped, flipped, twice
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, with_code


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.05)


HYBRID_PRODUCT = replace(PRODUCT, suites=(CLASSIC, HYBRID))


def bench(wire: Wire | None = None, **changes) -> tuple[DriverBench, TappedBench]:
    device = TappedBench(product=HYBRID_PRODUCT, wire=wire or Wire(), **changes)
    return with_code(device=device), device


def chosen(device: TappedBench) -> list[tuple[int, int]]:
    """Suite and method of every M1 that the app sent."""
    firsts = [m for way, m in device.wire.seen if way == UP and messages.kind_of(m) == 1]
    return [(m1.suite, m1.method) for m1 in map(messages.decode_m1, firsts)]


async def ends_in(bench: DriverBench, *expected: type[errors.CompanionError]) -> errors.CompanionError:
    with pytest.raises(expected) as raised:
        await bench.commission()
    return raised.value


async def test_a_relay_is_no_attack():
    here, device = bench()
    assert (await here.commission()).confirmed
    secret = here.code.payload.r.reveal()
    carried = b"".join(message for _, message in device.wire.seen)
    assert b"correct horse" not in carried and b"Hafen 12" not in carried and secret not in carried


# --- what is said before keys exist -----------------------------------------------------


@pytest.mark.parametrize("code", [*Abort, 99], ids=int)
@pytest.mark.parametrize("number", [1, 2], ids=["instead of M2", "instead of M4"])
async def test_a_forged_abort_leads_to_no_weaker_try(code, number):
    def forge(message: bytes) -> list[bytes]:
        sid = messages.sid_of(device.wire.seen[0][1])
        return [aborts.encode(AbortMessage(sid, code))]

    here, device = bench(Wire(at(DOWN, number, forge)))
    await ends_in(here, errors.CompanionError)
    assert set(chosen(device)) == {(HYBRID, Method.OOB)}
    assert device.machine.standing is Standing.UNOWNED


FORGED = {
    "without suite 2": {"suites": (CLASSIC,)},
    "without OOB": {"methods": 29},
    "without any method of the code": {"methods": 4},
    "with suites of another kind": {"suites": (7,)},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_info_is_no_reason_for_less_than_the_code_promised(changes):
    here, device = bench(info=lambda value: info.encode(replace(info.decode(value), **changes)))
    await ends_in(here, errors.DowngradeRefused)
    assert chosen(device) == []


@pytest.mark.parametrize("wanted", ["oob", "nc", "oob+key"])
@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_info_is_no_reason_for_less_where_the_user_names_a_method(changes, wanted):
    """He is not told that the device lacks it: it is the radio that lies."""
    here, device = bench(info=lambda value: info.encode(replace(info.decode(value), **changes)))
    here.order = Order(method=wanted)
    await ends_in(here, errors.DowngradeRefused)
    assert chosen(device) == []


HARMLESS = {
    "another owner": {"state": InfoState.OWNED},
    "caps": {"caps": 0},
    "a locked comparison": {"nc_locked": True},
    "a smaller message": {"max_msg": 1024},
}


@pytest.mark.parametrize("changes", HARMLESS.values(), ids=HARMLESS.keys())
async def test_any_other_forged_info_is_denial_of_service_only(changes):
    here, device = bench(info=lambda value: info.encode(replace(info.decode(value), **changes)))
    await ends_in(here, errors.NotAuthorised, errors.DowngradeRefused)
    assert device.machine.standing is Standing.UNOWNED


# --- touched messages -----------------------------------------------------


@pytest.mark.parametrize("way", [UP, DOWN])
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("change", [flipped, twice], ids=["changed", "sent twice"])
async def test_a_touched_message_is_never_accepted(way, number, change):
    """It ends in words, or the app takes the transaction up again on a clean link: never anything mixed."""
    hits = []

    def once(message: bytes) -> list[bytes]:
        hits.append(message)
        return change(message) if len(hits) == 1 else [message]

    here, device = bench(Wire(at(way, number, once)))
    try:
        done = await here.commission()
    except errors.CompanionError:
        assert device.machine.standing is Standing.UNOWNED
    else:
        assert done.confirmed and len(device.machine.settings.settings) == 7
    assert hits and set(chosen(device)) <= {(HYBRID, Method.OOB), (HYBRID, Method.PSK)}


# --- numeric comparison -----------------------------------------------------


async def test_two_different_numbers_are_two_people_saying_no():
    here, device = bench()
    here.order, here.code = Order(method="nc"), None
    here.reporter.match = lambda number: False
    await ends_in(here, errors.NumbersDiffer)
    assert device.machine.standing is Standing.UNOWNED
    assert device.machine.info.state is InfoState.UNOWNED


async def test_an_impostor_that_abandons_comparisons_gets_three_openings_of_a_run():
    here, device = bench(Wire(at(DOWN, 2, dropped)))
    lost = []

    def lose(kind: str) -> bool:
        opened = sum(way == UP and messages.kind_of(m) == 3 for way, m in device.wire.seen)
        lost.append(opened)
        return opened > 0 and lost.count(opened) == 1

    here.order, here.code, here.spoil = Order(method="nc"), None, lose
    await ends_in(here, errors.CompanionError)
    opened = [m for way, m in device.wire.seen if way == UP and messages.kind_of(m) == 3]
    assert 1 <= len(opened) <= MOST_COMPARISONS
