"""What an owner's errand takes from a device, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import es256
from companion.errors import ProtocolViolation, WrongIdentity
from companion.identity.owner import OwnerKey
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.ownership import owner_requests
from companion.protocols.rp1.ownership.owner_requests import RequestSequence
from companion.protocols.rp1.ownership.owners_list import Delivery, Entries, SavedList
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Facts, ListHeld, Reply, RequestRefused, Transaction, TxState
from tests.protocols.rp1.support.bench import TX
from tests.protocols.rp1.support.handshake_pair import IDENTITY, OWNER, POINT

OWNER_KEY = OwnerKey.generate()
MASTER = Master(bytes(32), bytes(range(32)))


def facts(**changes: object) -> Facts:
    signature = es256.sign(IDENTITY, results.facts_message(MASTER.th5))
    usual = Facts("RP1-0001", "Lamp", "1.0", 9000, 0, 1, TX, POINT, signature)
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test's shorthand


def answer(errand: RequestSequence, op: Op, result: dict, *, reqid: int, status: int = 0) -> None:
    errand.receive(results.encode_reply(Reply(op, reqid, TX, status, result)))


def begun(errand: RequestSequence) -> RequestSequence:
    errand.begin(MASTER, POINT)
    assert errand.next_request() is not None
    return errand


def test_an_inquiry_asks_for_the_last_transaction() -> None:
    errand = begun(owner_requests.inquiry())
    answer(errand, Op.FACTS, results.encode_facts(facts()), reqid=1)
    request = errand.next_request()
    assert request is not None and operations.decode_envelope(request).tx == TX
    told = Transaction(TxState.FINAL, {}, None)
    answer(errand, Op.QUERY, results.encode_transaction(told), reqid=2)
    assert errand.done and errand.next_request() is None
    assert errand.facts == facts() and errand.transaction == told


def test_a_release_ends_with_the_reply_to_reset() -> None:
    errand = begun(owner_requests.release())
    answer(errand, Op.FACTS, results.encode_facts(facts(last_tx=None)), reqid=1)
    request = errand.next_request()
    assert request is not None and operations.decode_envelope(request).op == Op.RESET
    answer(errand, Op.RESET, {}, reqid=2)
    assert errand.done


def test_an_old_reply_is_dropped() -> None:
    errand = begun(owner_requests.takeover())
    answer(errand, Op.FACTS, results.encode_facts(facts()), reqid=7)
    assert errand.awaiting and not errand.done
    answer(errand, Op.FACTS, results.encode_facts(facts()), reqid=1)
    answer(errand, Op.FACTS, {}, reqid=1)
    assert errand.done


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(Op.QUERY, 1, TX, 0, {}), ProtocolViolation),
        (Reply(Op.FACTS, 1, TX, 0, {}), ProtocolViolation),
        (Reply(Op.FACTS, 1, TX, 13, {}), RequestRefused),
    ],
)
def test_a_reply_that_is_none(reply: Reply, error: type[Exception]) -> None:
    with pytest.raises(error):
        begun(owner_requests.takeover()).receive(results.encode_reply(reply))


@pytest.mark.parametrize("stranger", [{"identity_key": es256.point(OWNER)}, {"signature": bytes(64)}])
def test_facts_of_another_device(stranger: dict[str, object]) -> None:
    with pytest.raises(WrongIdentity):
        answer(begun(owner_requests.inquiry()), Op.FACTS, results.encode_facts(facts(**stranger)), reqid=1)


def test_the_owners_list_goes_first_until_the_device_has_it() -> None:
    errand, disk = owner_requests.inquiry(), list[SavedList]()
    delivery = Delivery(
        OWNER_KEY.sign, OWNER_KEY.public, SavedList(Entries().ending(TX, 9)), 1000, disk.append
    )
    errand.begin(MASTER, POINT, delivery)
    for reqid, held in ((1, ListHeld(4000, other_list(4000))), (2, None)):
        request = errand.next_request()
        assert request is not None
        envelope = operations.decode_envelope(request)
        assert (envelope.op, envelope.tx) == (Op.REVOKE_STATE, bytes(8))
        held = held or ListHeld(4001, disk[-1].encoded)
        reply = Reply(Op.REVOKE_STATE, reqid, bytes(8), 14, results.encode_list_held(held))
        errand.receive(results.encode_reply(reply))
        assert not errand.awaiting
    assert errand.agreed == disk[-1].entries and errand.agreed.counter == 4001
    request = errand.next_request()
    assert request is not None and operations.decode_envelope(request).op == Op.FACTS
    answer(errand, Op.FACTS, results.encode_facts(facts()), reqid=3)
    assert errand.facts is not None


def other_list(counter: int) -> bytes:
    entries = RevocationList(0, frozenset(), frozenset({b"delegate"}), 1000, counter)
    return revocation_list.sign(OWNER_KEY.sign, entries)
