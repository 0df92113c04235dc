"""The commissioner's plan: what it asks for, what it repeats, and what it never accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.encoding import cbor
from companion.errors import ProtocolViolation
from companion.protocols.rp1.aborts import Abort, VerifyFailure, WifiRefusal
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction.events import (
    Checkpoint,
    Finished,
    ItemStaged,
    NeedCertificate,
    NeedChoice,
    NeedRetry,
    NeedSession,
    Reverted,
    Session,
    VerifyFailed,
    Verifying,
)
from companion.protocols.rp1.transaction.machine import REPLY_SECONDS, VERIFY_SECONDS, TransactionMachine
from companion.protocols.rp1.transaction.plan import ChosenItems, Plan
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.info import Caps
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply, RequestRefused, TxState
from companion.secret import Secret
from tests.identity.requests import NAME
from tests.protocols.rp1.support.bench import (
    CA,
    CHOSEN,
    PLAN,
    PRODUCT,
    WIFI,
    CommissionerBench,
    DeviceBench,
    LinkCut,
    with_password,
)

MASTER = Master(bytes(32), bytes([5]) * 32)


def twisted(change: Callable[[Reply], Reply]) -> Callable[[bytes], bytes]:
    return lambda plaintext: results.encode_reply(change(results.decode_reply(plaintext)))


def only(op: Op, **changes: object) -> Callable[[bytes], bytes]:
    """Changes the replies to one operation."""
    return twisted(lambda reply: replace(reply, **changes) if reply.op == op else reply)  # type: ignore[arg-type]


def asked(app: CommissionerBench) -> Counter[int]:
    """How often each operation was asked for, once `watch` has seen the run."""
    return app.device.ops  # type: ignore[attr-defined]


def watched(
    trial: Callable[..., int | None] = lambda trial: None, product: Product = PRODUCT
) -> CommissionerBench:
    device = DeviceBench(trial=trial, product=product)
    device.ops = Counter()  # type: ignore[attr-defined]
    plain = device.machine._state.transactions.answer

    def answer(request: operations.Envelope, by: object) -> object:
        device.ops[Op(request.op)] += 1  # type: ignore[attr-defined]
        return plain(request, by)  # type: ignore[arg-type]

    device.machine._state.transactions.answer = answer  # type: ignore[method-assign, assignment]
    return CommissionerBench(device)


# --- the way ----------------------------------------------------------------------------------------


def test_the_shortest_way_has_no_needless_request() -> None:
    app = watched()
    app.run()
    assert asked(app) == {Op.FACTS: 1, Op.CSR: 1, Op.STAGE: 7, Op.VERIFY: 1, Op.COMMIT: 1, Op.FINAL: 1}
    staged = [event.kind for event in app.told if isinstance(event, ItemStaged)]
    assert staged == [1, 2, 3, 5, 6, 7, 8]
    assert isinstance(app.told[-1], Finished)


@pytest.mark.parametrize(("changes", "trials"), [({}, 1), ({"endpoint": "other.example:8883"}, 2)])
@pytest.mark.parametrize("max_msg", [1024, 2048])
def test_another_claim_alone_is_not_tried_again(changes: dict[str, str], trials: int, max_msg: int) -> None:
    """Both ends agree: the device commits without a second VERIFY, and is never asked for one."""
    app = watched(product=replace(PRODUCT, max_msg=max_msg))
    cloud = items.CloudEndpoint(1, "endpoint.example:8883", PRODUCT.serial, Secret("d" * 900))

    def claims(plaintext: bytes) -> bytes:
        if results.decode_reply(plaintext).op == Op.VERIFY and asked(app)[Op.VERIFY] == 1:
            app.transaction._items._made[ItemType.CLOUD] = items.encode(replace(cloud, **changes))
        return plaintext

    app.twist = claims
    app.run()
    assert asked(app)[Op.VERIFY] == trials
    settled = app.device.machine.settings.settings[ItemType.CLOUD]
    assert isinstance(settled, items.CloudEndpoint)
    assert settled.claim is not None and settled.claim.reveal() == b"d" * 900


def test_small_messages_carry_items_in_chunks() -> None:
    device = DeviceBench(product=replace(PRODUCT, max_msg=1024))
    app = CommissionerBench(device, TransactionMachine(PLAN, CHOSEN))
    app.run()
    assert device.machine.standing is Standing.OWNED


def test_what_a_device_knows_of_a_refusal_is_passed_on() -> None:
    app = watched(lambda trial: VerifyFailure.WIFI_AUTH)
    app.twist = only(Op.VERIFY, result={0: 1, 4: 3, 9: "more"})
    with pytest.raises(AssertionError, match="stands still"):
        app.run()
    assert VerifyFailed(1, WifiRefusal.SERVER_NAME) in app.told
    assert app.transaction.need == NeedChoice(1, WifiRefusal.SERVER_NAME)


def test_a_wrong_passphrase_repeats_the_passphrase_and_verify_alone() -> None:
    outcomes = iter([VerifyFailure.WIFI_AUTH, VerifyFailure.WIFI_NOT_FOUND, None])
    app = watched(lambda trial: next(outcomes))
    app.transaction = TransactionMachine(PLAN, with_password(CHOSEN, "wrong word"))
    app.choices = [with_password(CHOSEN, "worse word"), CHOSEN]
    app.run()
    assert asked(app)[Op.STAGE] == 7 + 2
    assert asked(app)[Op.VERIFY] == 3
    assert asked(app)[Op.CSR] == 1
    assert [event.detail for event in app.told if isinstance(event, VerifyFailed)] == [1, 2]


def test_wishes_are_asked_for_when_the_device_is_known_and_has_its_key() -> None:
    app = CommissionerBench(DeviceBench(), TransactionMachine(PLAN))
    app.choices = [CHOSEN]
    app.secure(app.terms(app.device.connect()))
    while not isinstance(app.transaction.need, NeedCertificate):
        step(app)
    need = app.transaction.need
    assert app.transaction.next_request() is None
    assert need.serial == PRODUCT.serial
    app.transaction.certify(CA.issue(need.csr, serial=need.serial, name=NAME).chain)
    assert app.transaction.need == NeedChoice()
    app.hand_over()
    assert app.transaction.done and app.transaction.need is None and app.transaction.next_request() is None


def step(app: CommissionerBench) -> None:
    request = app.transaction.next_request()
    assert request is not None
    app.machine.request(request, 1e9)
    for event in app._hear():
        app.keep(app.transaction.receive(event.plaintext))  # type: ignore[attr-defined]


def test_an_endpoint_that_fails_is_tried_again_on_demand() -> None:
    outcomes = iter([VerifyFailure.TLS, None])
    app = watched(lambda trial: next(outcomes))
    with pytest.raises(AssertionError, match="stands still"):
        app.run()
    assert app.transaction.need == NeedRetry(VerifyFailure.TLS)
    app.transaction.retry()
    app.hand_over()
    assert asked(app)[Op.VERIFY] == 2
    assert asked(app)[Op.STAGE] == 7


def test_a_device_without_endpoint_gets_no_certificate() -> None:
    app = watched()
    app.transaction = TransactionMachine(
        Plan(None, PLAN.ownership), ChosenItems(label=items.Label("Lamp", "Hall"))
    )
    app.run()
    assert asked(app)[Op.CSR] == asked(app)[Op.VERIFY] == 0
    settings = app.device.machine.settings.settings
    assert set(settings) == {ItemType.OWNER, ItemType.TIME, ItemType.LABEL}
    owner = settings[ItemType.OWNER]
    assert isinstance(owner, items.Owner) and owner.offline


def test_waiting_is_longer_for_verify() -> None:
    app = CommissionerBench(DeviceBench())
    app.secure(app.terms(app.device.connect()))
    seen: dict[Op | None, tuple[float, bool]] = {
        None: (app.transaction.patience, app.transaction.may_drop_link)
    }

    def note(plaintext: bytes) -> bytes:
        seen[app.transaction.awaiting] = app.transaction.patience, app.transaction.may_drop_link
        return plaintext

    app.twist = note
    app.hand_over()
    assert seen[Op.VERIFY] == (VERIFY_SECONDS, True)
    assert {seen[op] for op in seen if op is not Op.VERIFY} == {(REPLY_SECONDS, False)}


def test_progress_of_the_verify_under_way_is_told() -> None:
    machine = begun()
    machine._pending = (Op.VERIFY, 7, None)
    assert machine.progress(cbor.encode([7, 3])) == (Verifying(3),)
    assert machine.progress(cbor.encode([6, 3])) == ()
    with pytest.raises(ProtocolViolation):
        machine.progress(b"\x80")


def begun(kind: SessionKind = SessionKind.FRESH) -> TransactionMachine:
    machine = TransactionMachine(PLAN, CHOSEN)
    machine.begin(Session(kind, MASTER))
    return machine


def reply_to(request: bytes, result: dict[int, cbor.Value], status: int = 0) -> bytes:
    envelope = operations.decode_envelope(request)
    return results.encode_reply(Reply(envelope.op, envelope.reqid, envelope.tx, status, result))


def test_replies_to_other_requests_are_dropped() -> None:
    machine = begun()
    assert machine.receive(results.encode_reply(Reply(Op.FACTS, 9, bytes(8), 0, {}))) == ()
    request = machine.next_request()
    assert request is not None and machine.next_request() is None
    assert machine.receive(results.encode_reply(Reply(Op.FACTS, 9, machine.known.tx, 0, {}))) == ()
    with pytest.raises(ProtocolViolation):
        machine.receive(results.encode_reply(Reply(Op.CSR, 1, machine.known.tx, 0, {})))
    with pytest.raises(ProtocolViolation):
        machine.receive(b"\xff")


def test_a_request_needs_a_session() -> None:
    with pytest.raises(RuntimeError):
        TransactionMachine(PLAN, CHOSEN).next_request()


def test_keeping_alive_changes_nothing() -> None:
    machine = begun()
    before = machine.known
    request = machine.keep_alive()
    assert operations.decode_envelope(request).op == Op.QUERY
    assert machine.receive(reply_to(request, {1: 0})) == ()
    assert machine.known == before
    assert operations.decode_envelope(machine.next_request() or b"").op == Op.FACTS


# --- what is mended ---------------------------------------------------------------------------------


def refused_once(op: Op, status: Abort) -> Callable[[bytes], bytes]:
    left = iter([status])

    def change(reply: Reply) -> Reply:
        code = next(left, None) if reply.op == op else None
        return reply if code is None else replace(reply, status=int(code), result={})

    return twisted(change)


@pytest.mark.parametrize(
    ("op", "status"),
    [
        (Op.VERIFY, Abort.CHAIN),
        (Op.VERIFY, Abort.STAGE_HASH),
        (Op.VERIFY, Abort.TX_UNKNOWN),
        (Op.STAGE, Abort.STAGE_HASH),
        (Op.COMMIT, Abort.NOT_AUTHORISED),
        (Op.FINAL, Abort.TX_UNKNOWN),
    ],
)
def test_a_device_that_has_something_else_is_asked_and_given_what_it_lacks(op: Op, status: Abort) -> None:
    app = watched()
    app.twist = refused_once(op, status)
    app.run()
    assert app.device.machine.standing is Standing.OWNED
    assert asked(app)[Op.CSR] == (2 if status == Abort.CHAIN else 1)


def test_it_gives_up_after_two() -> None:
    app = watched()
    app.twist = only(Op.VERIFY, status=int(Abort.STAGE_HASH), result={})
    with pytest.raises(RequestRefused) as refused:
        app.run()
    assert (refused.value.op, refused.value.status) == (Op.VERIFY, Abort.STAGE_HASH)
    assert asked(app)[Op.STAGE] == 3 * 7


def test_a_reverted_transaction_names_the_certificate_to_revoke() -> None:
    app = CommissionerBench(DeviceBench())
    app.twist = only(Op.COMMIT, status=int(Abort.INTERNAL), result={})
    with pytest.raises(RequestRefused):
        app.run()
    leaf, tx = app.transaction.known.chain[0], app.transaction.known.tx
    app.device.disconnect()
    for _ in range(3):
        app.device.boot()
    app.twist = lambda plaintext: plaintext
    app.rpsk = None
    app.carry_on()
    assert Reverted(leaf) in app.told
    assert app.transaction.known.tx != tx
    assert app.device.machine.standing is Standing.OWNED


@pytest.mark.parametrize(
    ("kind", "state"),
    [(SessionKind.RESUMED, TxState.REVERTED), (SessionKind.OWNER, TxState.UNKNOWN)],
)
def test_a_transaction_that_is_gone_needs_a_new_session(kind: SessionKind, state: TxState) -> None:
    machine = begun(kind)
    request = machine.next_request()
    assert request is not None
    assert machine.receive(reply_to(request, {1: int(state)})) == ()
    assert machine.need == NeedSession()


def test_abort_transaction_takes_everything_back() -> None:
    app = CommissionerBench(DeviceBench(trial=lambda trial: VerifyFailure.DNS))
    with pytest.raises(AssertionError):
        app.run()
    leaf = app.transaction.known.chain[0]
    app.machine.request(app.transaction.abort_transaction(), 1e9)
    for event in app._hear():
        app.keep(app.transaction.receive(event.plaintext))  # type: ignore[attr-defined]
    assert app.told[-1] == Reverted(leaf)
    assert app.transaction.need == NeedSession()
    assert app.device.machine._state.slots.staging is None


def test_a_snapshot_holds_no_passphrase() -> None:
    app = CommissionerBench(DeviceBench())
    app.run()
    assert any(isinstance(event, Checkpoint) for event in app.told)
    assert WIFI.passphrase is not None
    assert WIFI.passphrase.reveal() not in app.transaction.snapshot()
    again = TransactionMachine(PLAN, saved=app.transaction.snapshot())
    assert again.done and again.known == app.transaction.known


def test_a_snapshot_of_another_version_is_malformed() -> None:
    with pytest.raises(cbor.MalformedCbor):
        TransactionMachine(PLAN, saved=cbor.encode([99, *range(11)]))


def test_a_device_that_says_final_without_a_receipt_is_asked_for_it() -> None:
    app = CommissionerBench(DeviceBench(), cut=lambda: app.transaction.known.receipt is not None)
    with pytest.raises(LinkCut):
        app.run()
    app.cut = lambda: False
    app.transaction = TransactionMachine(PLAN, CHOSEN, saved=app.transaction.snapshot())
    app.transaction._known = replace(app.transaction.known, receipt=None)

    def keep_back(reply: Reply) -> Reply:
        return replace(reply, result={1: reply.result[1]}) if reply.op == Op.QUERY else reply

    app.twist = twisted(keep_back)
    app.resume()
    assert app.device.machine.standing is Standing.OWNED


def test_a_failure_that_was_told_by_query_goes_back_to_the_network() -> None:
    caps = PRODUCT.caps & ~Caps.BLE_DURING_VERIFY
    outcomes = iter([VerifyFailure.WIFI_AUTH, None])
    device = DeviceBench(product=replace(PRODUCT, caps=caps), trial=lambda trial: next(outcomes))
    app = CommissionerBench(device, choices=[CHOSEN])
    with pytest.raises(LinkCut):
        app.run()
    with pytest.raises(LinkCut):
        app.resume()
    app.resume()
    assert [event.detail for event in app.told if isinstance(event, VerifyFailed)] == [1]
    assert device.machine.standing is Standing.OWNED


def test_wishes_may_be_empty() -> None:
    assert transaction_plan.chosen_items(ChosenItems()) == {}
