"""Links that go and devices that are slow, away or back where they were: what the run does about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import cbor
from companion.events import CertificateRevoked, RevocationReason
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.transaction import machine as transaction
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.record import RecordType
from companion.protocols.rp1.wire.results import Reply
from companion.questions import ChooseNetwork
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.desk import HOME, ListeningBench, desk
from tests.protocols.rp1.support.run_kills import At, SentRequests, asked


async def test_a_link_that_never_lasts():
    table = desk()
    table.spoil = lambda kind: kind == "notification"
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.dialer.dialled == transaction_driver.MOST_TRIES


async def test_a_link_that_never_lasts_after_the_session_was_secure():
    """Hope has an end, also where each new session gets a little further."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() in (Op.CSR, Op.QUERY)
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.dialer.dialled == transaction_driver.MOST_LOSSES + 1
    assert table.device.machine.standing is Standing.UNOWNED


async def test_a_device_that_takes_its_radio_away_to_try_the_network():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    table = desk(device=ListeningBench(product=product))
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2
    assert asked(table.story, ChooseNetwork) == 1


async def test_a_device_that_flips_back_in_the_middle_of_a_run_is_given_everything_again():
    table = desk()
    sent = SentRequests(table)
    switched_off = []

    def lose(kind: str) -> bool:
        return kind == "notification" and sent.last() is Op.COMMIT and not switched_off

    def come_back() -> bool:
        for _ in range(3):
            table.device.boot()
        switched_off.append(True)
        return True

    table.spoil, table.within_reach = lose, come_back
    done = await table.commission()
    assert done.confirmed and len(done.credentials) == 7
    assert asked(table.story, ChooseNetwork) == 1
    (revoked,) = (event for event in table.story.told if isinstance(event, CertificateRevoked))
    (used,) = (each.details for each in done.credentials if each.kind == "ldevid")
    assert revoked.reason is RevocationReason.REVERTED
    assert revoked.fingerprint != used["fingerprint"] and revoked.serial_number != used["serial_number"]


async def test_a_session_that_timed_out_is_taken_up_again():
    """The user thinks for longer than the device waits, and nobody keeps the session alive."""
    table = desk()

    async def think():
        table.device.tick(61)
        return HOME

    table.story.networks = [think()]
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2


async def test_a_device_that_says_that_it_went_back_is_met_anew():
    """Another maker's device may keep the resumption and still have lost the transaction."""
    table = desk()
    desk_of_device = table.device.machine._state.transactions
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    table.spoil = At(20, lambda: True)
    assert (await table.commission()).confirmed
    assert reverted and asked(table.story, ChooseNetwork) == 1


async def test_a_device_that_always_goes_back_is_not_met_anew_for_ever():
    table = desk()
    desk_of_device = table.device.machine._state.transactions
    answer = desk_of_device.answer

    def forget(request, by):
        if request.op == Op.COMMIT:
            return Reply(Op.COMMIT, request.reqid, request.tx, Abort.TX_UNKNOWN, {})
        if request.op == Op.QUERY:
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = forget
    with pytest.raises(errors.CredentialsRejected):
        await table.commission()
    assert table.dialer.dialled == transaction_driver.MOST_REVERSALS + 1
    assert asked(table.story, ChooseNetwork) == 1


async def test_what_is_staged_again_before_commit_is_tried_again():
    """Another maker's device may count what STAGE wrote as untried, also where the bytes are the same."""
    table = desk()
    desk_of_device = table.device.machine._state.transactions
    answer, asked_for = desk_of_device.answer, []

    def refuse_once(request, by):
        asked_for.append(request.op)
        if request.op == Op.COMMIT and asked_for.count(Op.COMMIT) == 1:
            return Reply(Op.COMMIT, request.reqid, request.tx, Abort.STAGE_HASH, {})
        return answer(request, by)

    desk_of_device.answer = refuse_once
    assert (await table.commission()).confirmed
    assert (asked_for.count(Op.VERIFY), asked_for.count(Op.COMMIT)) == (2, 2)


async def test_the_link_goes_again_while_the_device_is_asked():
    table = desk()
    sent, cuts = SentRequests(table), [Op.CSR, Op.QUERY]

    def cut(kind: str) -> bool:
        if kind == "notification" and cuts and sent.last() is cuts[0]:
            del cuts[0]
            return True
        return False

    table.spoil = cut
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 3


async def test_the_link_goes_while_a_device_that_went_back_is_met_anew():
    table = desk()
    desk_of_device = table.device.machine._state.transactions
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            table.dialer.spoil = At(2, lambda: True)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    table.spoil = At(20, lambda: True)
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 4


async def test_a_device_that_never_answers(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.02)
    table = desk()
    table.device.write = lambda value: None
    with pytest.raises(errors.OperationTimeout):
        await table.commission()
    assert table.dialer.dialled == transaction_driver.MOST_SILENCES + 1


async def test_a_device_that_falls_silent_at_one_request_is_not_waited_for_ten_times(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.02)
    monkeypatch.setattr(transaction, "REPLY_SECONDS", 0.02)
    table = desk()
    desk_of_device = table.device.machine._state.transactions
    answer, reached = desk_of_device.answer, []

    def fall_silent(request, by):
        if request.op == Op.STAGE or reached:
            reached.append(request.op)
            table.device.write = lambda value: None
        return answer(request, by)

    desk_of_device.answer = fall_silent
    with pytest.raises(errors.OperationTimeout):
        await table.commission()
    assert reached
    assert table.dialer.dialled <= transaction_driver.MOST_SILENCES + 2


async def test_a_device_that_is_slow_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(transaction_driver, "PROGRESS_PAUSE", 0.0)
    table = desk()
    said = []
    table.story.progress = lambda text: said.append(str(text))

    def slow(trial) -> None:
        for phase in (1, 4):
            table.device.machine.progress(phase)
            table.device.tick(6)

    table.device.trial = slow
    assert (await table.commission()).confirmed
    assert "The device is joining the network" in said
    assert "The device is connecting securely to its endpoint" in said


async def test_progress_of_something_else_is_passed_over():
    table = desk()
    said = []
    table.story.progress = lambda text: said.append(str(text))
    sent = SentRequests(table)

    def tell(kind: str) -> bool:
        session = table.device.machine._session
        if sent.last() is Op.CSR and kind == "write" and not said.count("stale"):
            said.append("stale")
            stale = session._seal(RecordType.PROGRESS, cbor.encode([999, 1]))
            table.device.do(table.device.machine._send(stale.message))
        return False

    table.spoil = tell
    assert (await table.commission()).confirmed
    assert "The device is joining the network" not in said


async def test_a_device_that_is_long_away_to_try_the_network_is_waited_for():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    table = desk(device=ListeningBench(product=product))
    seen = [True, False, False, False]
    table.within_reach = lambda: seen.pop()
    assert (await table.commission()).confirmed
    assert seen == []


async def test_a_device_that_stays_up_for_the_trial_and_goes_is_not_waited_for():
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is Op.VERIFY
    looked = []
    table.within_reach = lambda: bool(looked.append(0))
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert len(looked) == 1


async def test_a_trial_that_did_not_end_is_told_and_the_run_ends():
    table = desk()
    verify = table.device.machine._state.transactions.tried
    table.device.machine._state.transactions.tried = lambda request, *_: replace(
        verify(request, 1), status=Abort.TIMEOUT, result={}
    )
    with pytest.raises(errors.NetworkError):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_progress_that_is_none_ends_the_session_with_4(caplog):
    caplog.set_level("INFO")
    table = desk()

    def slow(trial) -> None:
        session = table.device.machine._session
        said = session._seal(RecordType.PROGRESS, b"\xa0")
        table.device.do(table.device.machine._send(said.message))

    table.device.trial = slow
    with pytest.raises(errors.ProtocolViolation):
        await table.commission()
    assert "session over: code 4, reported by the commissioner" in caplog.messages
