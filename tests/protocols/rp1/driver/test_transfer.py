"""Transfer tokens, run by the driver: made, used once, cancelled, and thought used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import es256
from companion.events import TokenEnded, TokenOffered
from companion.model import Possession
from companion.protocols import Order, OwnedDevice, OwnershipOperation
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.admission.admission import Admission
from companion.protocols.rp1.driver import Driver, ownership
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.handshake import DeviceHandshake
from companion.protocols.rp1.ownership import transfer_offer
from companion.protocols.rp1.ownership.owners_list import Entries, SavedList
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.owner_store import OwnerStore
from companion.protocols.rp1.wire.operations import Op
from tests.protocols.rp1.driver.test_ownership import FOREVER, WORK, held, lost_after, owned, stranger, token
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeIdentity, FakeMemory, with_code


@pytest.mark.parametrize("bearer", [False, True], ids=["by key", "by bearer"])
@pytest.mark.parametrize("wipe", [False, True], ids=["with its items", "wiped"])
async def test_a_token_makes_the_device_the_new_owners(bearer, wipe):
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, None if bearer else buyer, wipe=wipe)
    done = await buyer.operate(OwnershipOperation.ACCEPT, offered)
    assert (done.device.serial, done.possession) == ("RP1-0001", Possession.COMMISSIONED)
    rest = set() if wipe else set(ItemType) - {ItemType.THREAD, ItemType.TIME}
    assert set(held(bench)) == {ItemType.OWNER} | rest
    with pytest.raises(errors.WrongOwnerKey):
        await bench.operate(OwnershipOperation.QUERY)
    buyer.order = Order(wifi=WORK, name="Lamp 2")
    assert (await buyer.operate(OwnershipOperation.REPROVISION)).confirmed, "the new owner goes on from here"


@pytest.mark.parametrize("bearer", [False, True], ids=["by key", "by bearer"])
async def test_a_token_works_once(bearer):
    bench = await owned()
    buyer, thief = stranger(bench), stranger(bench)
    offered = token(bench, None if bearer else buyer)
    await buyer.operate(OwnershipOperation.ACCEPT, offered)
    with pytest.raises(errors.TokenRefused):
        await thief.operate(OwnershipOperation.ACCEPT, offered)
    assert (await buyer.operate(OwnershipOperation.ACCEPT, offered)).confirmed, (
        "to its owner, again is no harm"
    )


@pytest.mark.parametrize("bearer", [False, True], ids=["by key", "by bearer"])
async def test_an_acceptance_whose_end_got_lost_is_repeated(bearer):
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, None if bearer else buyer)
    lost_after(bench, Op.FACTS)
    buyer.spoil = bench.spoil
    assert (await buyer.operate(OwnershipOperation.ACCEPT, offered)).confirmed
    assert (await buyer.operate(OwnershipOperation.QUERY)).confirmed


async def test_a_token_for_somebody_else_or_out_of_date_is_refused():
    bench = await owned()
    buyer, other = stranger(bench), stranger(bench)
    for refused in (token(bench, other), token(bench, buyer, expires=1), token(other_owner(bench), buyer)):
        with pytest.raises(errors.TokenRefused):
            await buyer.operate(OwnershipOperation.ACCEPT, refused)
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed


# --- tokens that are taken back, and tokens that were used ----------------------------------------------


def cancelled(bench: DriverBench, offered: OwnedDevice) -> str:
    """The owner takes a token back; its id."""
    one = revocation_list.token_id(transfer_offer.parse(offered.token.reveal_text()).token).hex()
    Driver().cancel_token(one, bench.identity, bench.memory)
    return one


def ends(bench: DriverBench) -> list[tuple[str, str]]:
    return [(event.token, event.end.value) for event in bench.reporter.told if isinstance(event, TokenEnded)]


@pytest.mark.parametrize(
    "operation", [OwnershipOperation.QUERY, OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION]
)
@pytest.mark.parametrize("bearer", [False, True], ids=["by key", "by bearer"])
async def test_a_cancelled_token_is_refused_from_the_owners_next_session_on(bearer, operation):
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, None if bearer else buyer)
    one = cancelled(bench, offered)
    assert (await bench.operate(operation)).confirmed
    assert ends(bench) == [(one, "cancelled")]
    with pytest.raises(errors.TokenRefused):
        await buyer.operate(OwnershipOperation.ACCEPT, offered)
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed and len(ends(bench)) == 1, "told once"


async def test_until_the_device_was_told_a_cancelled_token_still_works():
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, buyer)
    one = cancelled(bench, offered)
    assert (await buyer.operate(OwnershipOperation.ACCEPT, offered)).confirmed
    with pytest.raises(errors.WrongOwnerKey):
        await bench.operate(OwnershipOperation.QUERY)
    assert ends(bench) == [(one, "used")]


@pytest.mark.parametrize("code", [Abort.NOT_AUTHENTIC, Abort.NOT_AUTHORISED])
async def test_a_used_token_is_told_whatever_code_a_device_has_for_a_former_owner(code, monkeypatch):
    """Devices in the field say 13 to an owner key that they do not know."""
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, buyer)
    one = revocation_list.token_id(transfer_offer.parse(offered.token.reveal_text()).token).hex()
    assert (await buyer.operate(OwnershipOperation.ACCEPT, offered)).confirmed

    def says(*given):
        raise LocalAbort(code, "not the owner's key")

    monkeypatch.setattr(Admission, "_grants", says)
    with pytest.raises(errors.WrongOwnerKey):
        await bench.operate(OwnershipOperation.QUERY)
    assert ends(bench) == [(one, "used")]


async def test_a_session_that_is_illegal_from_its_first_message_ends_no_token(monkeypatch):
    """13 before our key was shown says nothing of whose the device is."""
    bench = await owned()
    token(bench, stranger(bench))

    def says(*given):
        raise LocalAbort(Abort.NOT_AUTHORISED, "not in this state")

    monkeypatch.setattr(DeviceHandshake, "receive_m1", says)
    with pytest.raises(errors.NotAuthorised) as refused:
        await bench.operate(OwnershipOperation.QUERY)
    assert not isinstance(refused.value, errors.WrongOwnerKey) and ends(bench) == []


async def test_a_list_whose_answer_got_lost_is_delivered_by_the_next_session():
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, buyer)
    one = cancelled(bench, offered)
    lost_after(bench, Op.REVOKE_STATE)
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed
    assert ends(bench) == [(one, "cancelled")]


@pytest.mark.parametrize("write", ["told", "kept"])
async def test_an_app_that_dies_while_it_hears_of_the_list_tells_it_next_time(write):
    """Before the registry has the end of the token, or before the memory has."""
    bench = await owned()
    one = cancelled(bench, token(bench, stranger(bench)))

    class Killed(BaseException):
        pass

    def die(*given):
        raise Killed

    with pytest.MonkeyPatch.context() as dying, pytest.raises(Killed):
        if write == "told":
            dying.setattr(
                bench.reporter, "report", lambda event: die() if isinstance(event, TokenEnded) else None
            )
        else:
            dying.setattr(OwnerStore, "keep_token", die)
        await bench.operate(OwnershipOperation.QUERY)
    bench.reporter.told.clear()
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed
    assert ends(bench) == [(one, "cancelled")]


async def test_a_cancelled_token_that_was_thought_used_is_told_as_cancelled_in_the_end(monkeypatch):
    bench = await owned()
    one = cancelled(bench, token(bench, stranger(bench)))

    async def refused(*given):
        raise errors.WrongOwnerKey

    with monkeypatch.context() as jammed, pytest.raises(errors.WrongOwnerKey):
        jammed.setattr(ownership, "_operate", refused)
        await bench.operate(OwnershipOperation.QUERY)
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed
    told = [event for event in bench.reporter.told if isinstance(event, TokenEnded | TokenOffered)]
    assert [type(event) for event in told] == [TokenEnded, TokenOffered, TokenEnded]
    assert ends(bench) == [(one, "used"), (one, "cancelled")]


async def test_a_token_that_was_not_used_after_all_is_out_again(monkeypatch):
    """Anybody can say on the air that our key is not the owner's; only the device can say that it is."""
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, buyer)
    one = revocation_list.token_id(transfer_offer.parse(offered.token.reveal_text()).token).hex()

    async def refused(*given):
        raise errors.WrongOwnerKey

    with monkeypatch.context() as jammed, pytest.raises(errors.WrongOwnerKey):
        jammed.setattr(ownership, "_operate", refused)
        await bench.operate(OwnershipOperation.QUERY)
    assert ends(bench) == [(one, "used")]
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed
    out = [event.token.id for event in bench.reporter.told if isinstance(event, TokenOffered)]
    assert out == [one] and ends(bench) == [(one, "used")]
    assert (await buyer.operate(OwnershipOperation.ACCEPT, offered)).confirmed


async def test_a_token_that_was_cancelled_is_not_said_to_be_used(monkeypatch):
    bench = await owned()
    one = cancelled(bench, token(bench, stranger(bench)))
    await bench.operate(OwnershipOperation.QUERY)

    async def refused(*given):
        raise errors.WrongOwnerKey

    monkeypatch.setattr(ownership, "_operate", refused)
    with pytest.raises(errors.WrongOwnerKey):
        await bench.operate(OwnershipOperation.QUERY)
    assert ends(bench) == [(one, "cancelled")]


async def test_a_reprovisioning_does_not_end_an_open_sale_and_one_that_shall_does():
    """Item 6 rises by one; where the token was cancelled it rises past it, and the list needs it no more."""
    bench = await owned()
    buyer = stranger(bench)
    offered = token(bench, buyer)
    bench.order = Order(wifi=WORK, name="Lamp", extra={"reset_lock": "off"})
    assert (await bench.operate(OwnershipOperation.REPROVISION)).confirmed
    assert CommissionerStore(bench.memory).epoch(PRODUCT.point) == 2
    assert ends(bench) == []
    one = cancelled(bench, offered)
    assert (await bench.operate(OwnershipOperation.REPROVISION)).confirmed
    assert CommissionerStore(bench.memory).epoch(PRODUCT.point) == 65
    assert ends(bench) == [(one, "cancelled")]
    owners = CommissionerStore(bench.memory).owners
    assert (
        owners.tokens(PRODUCT.fp) == () and not owners.owners_list(bench.identity.owner.public).entries.grants
    )
    with pytest.raises(errors.TokenRefused):
        await buyer.operate(OwnershipOperation.ACCEPT, offered)


async def test_a_token_that_the_device_has_counted_past_leads_nowhere():
    bench = await owned()
    first, second = token(bench, stranger(bench)), stranger(bench)
    away = token(bench, second)
    await second.operate(OwnershipOperation.ACCEPT, away)
    back = token(second, bench)
    await bench.operate(OwnershipOperation.ACCEPT, back)
    assert sorted(end for _, end in ends(bench)) == ["outdated", "outdated"]
    for old in (first, away, back):
        with pytest.raises(errors.TokenRefused):
            await stranger(bench).operate(OwnershipOperation.ACCEPT, old)


def other_owner(bench: DriverBench) -> DriverBench:
    """Somebody who never owned the device, with the same memory."""
    return DriverBench(device=bench.device, identity=FakeIdentity(), memory=bench.memory)


async def test_a_device_that_was_never_heard_can_not_be_given_away():
    bench = await owned()
    bench.memory = FakeMemory()
    with pytest.raises(errors.QueryFirst):
        token(bench, None)
    await bench.operate(OwnershipOperation.QUERY)
    assert token(bench, None).token is not None


@pytest.mark.parametrize("text", ["RP1T:", "RP1T:%%%", "RP1T:00", "RP1T:" + "A" * 300], ids=repr)
def test_a_damaged_token_is_named_as_one(text):
    with pytest.raises(errors.CodeMalformed):
        Driver().read_token(text)


@pytest.mark.parametrize("text", ["", "RP1:NOTATOKEN", "https://example.org"])
def test_a_text_of_another_kind_is_no_token(text):
    assert Driver().read_token(text) is None


def test_a_bearers_token_hides_its_key():
    made = transfer_offer.parse(
        transfer_offer.make(
            FakeIdentity().owner.sign,
            "S",
            PRODUCT.point,
            "Lamp",
            epoch=2,
            expires=FOREVER,
            new_owner=None,
            wipe=True,
        )
    )
    assert made.scalar is not None and made.scalar.reveal().hex() not in repr(made)


def test_a_damaged_signature_shape_is_no_offer():
    made = transfer_offer.parse(
        transfer_offer.make(
            FakeIdentity().owner.sign,
            "S",
            PRODUCT.point,
            "Lamp",
            epoch=2,
            expires=FOREVER,
            new_owner=PRODUCT.point,
            wipe=True,
        )
    )
    assert made.scalar is None and transfer_offer.one_time_key(made) is None
    assert replace(made, name="x").identity_key == PRODUCT.point


async def test_facts_of_another_key_than_the_owners_device_end_the_act_with_9(monkeypatch):
    bench = with_code()
    await bench.commission()
    told: list[Abort] = []
    abort = Connection.abort

    async def noted(self, code):
        told.append(code)
        return await abort(self, code)

    monkeypatch.setattr(Connection, "abort", noted)
    forger = es256.generate()
    product = bench.device.machine._state.transactions._product
    lying = replace(product, identity=forger)
    monkeypatch.setattr(bench.device.machine._state.transactions, "_product", lying)
    with pytest.raises(errors.WrongIdentity):
        await bench.operate(OwnershipOperation.QUERY)
    assert told == [Abort.NOT_AUTHENTIC]


async def test_a_new_device_gets_the_owners_list_with_its_owner_and_no_end_is_told_before():
    """What a delegate may not do any more holds for the next device too, from its first FINAL on."""
    bench = with_code()
    owners = CommissionerStore(bench.memory).owners
    owners.keep_list(SavedList(Entries().ending(b"grant-01", None)))
    await bench.commission()
    kept = owners.owners_list(bench.identity.owner.public)
    word = bench.device.machine._state.owner_terms
    assert word.held.entries == kept.encoded is not None
    assert ends(bench) == []


async def test_thirty_two_cancelled_tokens_are_the_most():
    bench = await owned()
    for _ in range(32):
        cancelled(bench, token(bench, None))
    with pytest.raises(errors.TooManyCancelled):
        cancelled(bench, token(bench, None))
    assert (await bench.operate(OwnershipOperation.QUERY)).confirmed
    assert len(ends(bench)) == 32
