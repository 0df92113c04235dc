"""Links that go and devices that are slow, away or back where they were: what the run does about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import cbor
from companion.events import CertificateRevoked, RevocationReason
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.driver.transaction import losses
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.transaction import machine as transaction
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.record import RecordType
from companion.protocols.rp1.wire.results import Reply
from companion.questions import ChooseNetwork
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import HOME, ListeningBench, with_code
from tests.protocols.rp1.support.run_kills import At, SentRequests, asked


async def test_a_link_that_never_lasts():
    bench = with_code()
    bench.spoil = lambda kind: kind == "notification"
    with pytest.raises(errors.LinkLostError):
        await bench.commission()
    assert bench.dialer.dialled == transaction_driver.MOST_OPENINGS


async def test_a_link_that_never_lasts_after_the_session_was_secure():
    """Hope has an end, also where each new session gets a little further."""
    bench = with_code()
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() in (Op.CSR, Op.QUERY)
    with pytest.raises(errors.LinkLostError):
        await bench.commission()
    assert bench.dialer.dialled == losses.MOST_LOSSES + 1
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_a_device_that_takes_its_radio_away_to_try_the_network():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    bench = with_code(device=ListeningBench(product=product))
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 2
    assert asked(bench.reporter, ChooseNetwork) == 1


async def test_a_device_that_flips_back_in_the_middle_of_a_run_is_given_everything_again():
    bench = with_code()
    sent = SentRequests(bench)
    switched_off = []

    def lose(kind: str) -> bool:
        return kind == "notification" and sent.last() is Op.COMMIT and not switched_off

    def come_back() -> bool:
        for _ in range(3):
            bench.device.boot()
        switched_off.append(True)
        return True

    bench.spoil, bench.within_reach = lose, come_back
    done = await bench.commission()
    assert done.confirmed and len(done.credentials) == 7
    assert asked(bench.reporter, ChooseNetwork) == 1
    (revoked,) = (event for event in bench.reporter.told if isinstance(event, CertificateRevoked))
    (used,) = (each.details for each in done.credentials if each.kind == "ldevid")
    assert revoked.reason is RevocationReason.REVERTED
    assert revoked.fingerprint != used["fingerprint"] and revoked.serial_number != used["serial_number"]


async def test_a_session_that_timed_out_is_taken_up_again():
    """The user thinks for longer than the device waits, and nobody keeps the session alive."""
    bench = with_code()

    async def think():
        bench.device.tick(61)
        return HOME

    bench.reporter.networks = [think()]
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 2


async def test_a_device_that_says_that_it_went_back_is_met_anew():
    """Another maker's device may keep the resumption and still have lost the transaction."""
    bench = with_code()
    desk_of_device = bench.device.machine._state.transactions
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    bench.spoil = At(20, lambda: True)
    assert (await bench.commission()).confirmed
    assert reverted and asked(bench.reporter, ChooseNetwork) == 1


async def test_a_device_that_always_goes_back_is_not_met_anew_for_ever():
    bench = with_code()
    desk_of_device = bench.device.machine._state.transactions
    answer = desk_of_device.answer

    def forget(request, by):
        if request.op == Op.COMMIT:
            return Reply(Op.COMMIT, request.reqid, request.tx, Abort.TX_UNKNOWN, {})
        if request.op == Op.QUERY:
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = forget
    with pytest.raises(errors.CredentialsRejected):
        await bench.commission()
    assert bench.dialer.dialled == losses.MOST_REVERSALS + 1
    assert asked(bench.reporter, ChooseNetwork) == 1


async def test_what_is_staged_again_before_commit_is_tried_again():
    """Another maker's device may count what STAGE wrote as untried, also where the bytes are the same."""
    bench = with_code()
    desk_of_device = bench.device.machine._state.transactions
    answer, asked_for = desk_of_device.answer, []

    def refuse_once(request, by):
        asked_for.append(request.op)
        if request.op == Op.COMMIT and asked_for.count(Op.COMMIT) == 1:
            return Reply(Op.COMMIT, request.reqid, request.tx, Abort.STAGE_HASH, {})
        return answer(request, by)

    desk_of_device.answer = refuse_once
    assert (await bench.commission()).confirmed
    assert (asked_for.count(Op.VERIFY), asked_for.count(Op.COMMIT)) == (2, 2)


async def test_the_link_goes_again_while_the_device_is_asked():
    bench = with_code()
    sent, cuts = SentRequests(bench), [Op.CSR, Op.QUERY]

    def cut(kind: str) -> bool:
        if kind == "notification" and cuts and sent.last() is cuts[0]:
            del cuts[0]
            return True
        return False

    bench.spoil = cut
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 3


async def test_the_link_goes_while_a_device_that_went_back_is_met_anew():
    bench = with_code()
    desk_of_device = bench.device.machine._state.transactions
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            bench.dialer.spoil = At(2, lambda: True)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    bench.spoil = At(20, lambda: True)
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 4


async def test_a_device_that_never_answers(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.02)
    bench = with_code()
    bench.device.write = lambda value: None
    with pytest.raises(errors.OperationTimeout):
        await bench.commission()
    assert bench.dialer.dialled == losses.MOST_SILENCES + 1


async def test_a_device_that_falls_silent_at_one_request_is_not_waited_for_ten_times(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.02)
    monkeypatch.setattr(transaction, "REPLY_SECONDS", 0.02)
    bench = with_code()
    desk_of_device = bench.device.machine._state.transactions
    answer, reached = desk_of_device.answer, []

    def stop_responding(request, by):
        if request.op == Op.STAGE or reached:
            reached.append(request.op)
            bench.device.write = lambda value: None
        return answer(request, by)

    desk_of_device.answer = stop_responding
    with pytest.raises(errors.OperationTimeout):
        await bench.commission()
    assert reached
    assert bench.dialer.dialled <= losses.MOST_SILENCES + 2


async def test_a_device_that_is_slow_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(transaction_driver, "PROGRESS_PAUSE", 0.0)
    bench = with_code()
    said = []
    bench.reporter.progress = lambda text: said.append(str(text))

    def slow(trial) -> None:
        for phase in (1, 4):
            bench.device.machine.progress(phase)
            bench.device.tick(6)

    bench.device.trial = slow
    assert (await bench.commission()).confirmed
    assert "The device is joining the network" in said
    assert "The device is connecting securely to its endpoint" in said


async def test_progress_of_something_else_is_passed_over():
    bench = with_code()
    said = []
    bench.reporter.progress = lambda text: said.append(str(text))
    sent = SentRequests(bench)

    def tell(kind: str) -> bool:
        session = bench.device.machine._session
        if sent.last() is Op.CSR and kind == "write" and not said.count("stale"):
            said.append("stale")
            stale = session._seal(RecordType.PROGRESS, cbor.encode([999, 1]))
            bench.device.do(bench.device.machine._send(stale.message))
        return False

    bench.spoil = tell
    assert (await bench.commission()).confirmed
    assert "The device is joining the network" not in said


async def test_a_device_that_is_long_away_to_try_the_network_is_waited_for():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    bench = with_code(device=ListeningBench(product=product))
    seen = [True, False, False, False]
    bench.within_reach = lambda: seen.pop()
    assert (await bench.commission()).confirmed
    assert seen == []


async def test_a_device_that_stays_up_for_the_trial_and_goes_is_not_waited_for():
    bench = with_code()
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() is Op.VERIFY
    looked = []
    bench.within_reach = lambda: bool(looked.append(0))
    with pytest.raises(errors.LinkLostError):
        await bench.commission()
    assert len(looked) == 1


async def test_a_trial_that_did_not_end_is_told_and_the_run_ends():
    bench = with_code()
    verify = bench.device.machine._state.transactions.tried
    bench.device.machine._state.transactions.tried = lambda request, *_: replace(
        verify(request, 1), status=Abort.TIMEOUT, result={}
    )
    with pytest.raises(errors.NetworkError):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_progress_that_is_none_ends_the_session_with_4(caplog):
    caplog.set_level("INFO")
    bench = with_code()

    def slow(trial) -> None:
        session = bench.device.machine._session
        said = session._seal(RecordType.PROGRESS, b"\xa0")
        bench.device.do(bench.device.machine._send(said.message))

    bench.device.trial = slow
    with pytest.raises(errors.ProtocolViolation):
        await bench.commission()
    assert "session over: code 4, reported by the commissioner" in caplog.messages
