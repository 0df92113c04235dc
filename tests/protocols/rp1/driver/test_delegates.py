"""Work under a grant, with the shipped driver and device: what is allowed, and what the device refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509

from companion import errors
from companion.events import ListHeard
from companion.identity.names import NO_SITE, DeviceName
from companion.model import Possession
from companion.protocols import EntrustedDevice, GrantOrder, Order, OwnershipOperation
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.credentials import item_signatures
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import Driver, delegation
from companion.protocols.rp1.driver.ownership import OwnershipOperations
from companion.protocols.rp1.driver.principal import Principal
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import receipt
from companion.trust.grants.terms import GrantTerms, Places, Right
from tests.protocols.rp1.driver.test_ownership import token
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.delegation import ENDPOINT, WORK, Play, terms
from tests.protocols.rp1.support.driver_bench import HOME, DriverBench, FakeReporter


@pytest.fixture
def play(tmp_path: Path) -> Play:
    return Play(tmp_path)


def held(table: DriverBench) -> dict:
    return dict(table.device.machine.settings.settings)


async def given(play: Play, allowed: GrantTerms, **order: object) -> DriverBench:
    """A delegate of the device's owner."""
    await play.owner.commission()
    worker = play.delegate()
    play.give(play.owner, worker, allowed)
    worker.order = Order(**order)  # type: ignore[arg-type]
    return worker


# --- what is allowed ---------------------------------------------------------------------------------------


async def test_a_delegate_changes_the_network_and_nothing_else(play: Play) -> None:
    worker = await given(play, terms(Right.NETWORKS), wifi=WORK)
    before = held(worker)
    done = await worker.operate(OwnershipOperation.REPROVISION)
    after = held(worker)
    assert after.pop(ItemType.WIFI).ssid == b"Work 5"
    del before[ItemType.WIFI]
    assert after == before
    assert [each.kind for each in done.credentials] == ["wifi"]
    assert done.possession is Possession.ENTRUSTED
    assert done.receipt is not None
    said = receipt.read(done.receipt.signed, PRODUCT.point)
    chain = delegation.bundle_of(worker.grant).chain
    assert said.grants_sha256 == item_signatures.grants_digest(chain), "the device signed by whose grant"
    assert said.owner_sha256 == crypto.sha256(play.owner.identity.owner.public)


@pytest.mark.parametrize("rights", [{Right.ROTATE}, {Right.ROTATE, Right.ONBOARD}])
async def test_a_delegate_renews_the_certificate_under_the_owners_root(
    play: Play, rights: set[Right]
) -> None:
    worker = await given(play, terms(*rights))
    before = held(worker)
    done = await worker.operate(OwnershipOperation.ROTATE)
    after = held(worker)
    assert [each.kind for each in done.credentials] == ["ldevid"]
    assert after[ItemType.LDEVID] != before[ItemType.LDEVID] and len(after[ItemType.LDEVID].chain) == 2
    for kept in (ItemType.ANCHORS, ItemType.CLOUD, ItemType.WIFI, ItemType.OWNER):
        assert after[kept] == before[kept]


async def test_the_right_to_renew_brings_a_ca_for_the_named_devices_alone(play: Play) -> None:
    """At whatever site they stand: the site's other devices are not the delegate's."""
    await play.owner.commission()
    to = play.delegate()
    request = Driver().read_request(Driver().request_grant("Line 2", to.identity))
    assert request is not None
    for site in ("", "hall-2"):
        device = EntrustedDevice("Lamp", PRODUCT.serial, PRODUCT.point, site)
        order = GrantOrder(terms(Right.ROTATE), (device,), ENDPOINT)
        made = Driver().issue_grant(request, order, play.owner.identity, play.owner.memory)
        name = DeviceName.under(play.owner.identity.owner.public, PRODUCT.fp, site or NO_SITE)
        assert permitted(made.certificate) == [str(name)]
    order = GrantOrder(terms(Right.READ, Right.NETWORKS), (), ENDPOINT)
    made = Driver().issue_grant(request, order, play.owner.identity, play.owner.memory)
    assert not made.certificate


def permitted(certificate: bytes) -> list[str]:
    read = x509.load_der_x509_certificate(certificate)
    constraints = read.extensions.get_extension_for_class(x509.NameConstraints).value
    return [each.value for each in constraints.permitted_subtrees or ()]


async def test_where_there_may_be_no_endpoint_the_delegate_reads_whose_it_is(play: Play) -> None:
    """RP1 has one detail for both (section 9.1), and a delegate changes no endpoint."""
    worker = await given(play, terms(Right.ROTATE))
    before = held(worker)
    worker.device.trial = lambda trial: VerifyFailure.DNS
    with pytest.raises(errors.DeviceEndpointUnknown) as failed:
        await worker.operate(OwnershipOperation.ROTATE)
    assert "companion devices reprovision" in failed.value.advice_text
    assert held(worker) == before


async def test_a_delegate_asks_how_a_device_is(play: Play) -> None:
    worker = await given(play, terms(Right.READ))
    done = await worker.operate(OwnershipOperation.QUERY)
    assert done.possession is Possession.ENTRUSTED and done.device.serial == PRODUCT.serial


async def test_a_delegates_reset_is_the_buttons(play: Play) -> None:
    play.owner.order = Order(extra={"reset_lock": "on"})
    worker = await given(play, terms(Right.RESET))
    done = await worker.operate(OwnershipOperation.RESET)
    assert worker.device.machine.standing is Standing.OWNED, "a lock holds against delegates"
    assert done.possession is Possession.ENTRUSTED, "and the record says so"
    assert "still belongs to its owner" in worker.reporter.summaries[-1]
    assert "releases" not in worker.memory.values
    assert set(held(worker)) == {ItemType.OWNER}
    play.owner.order = Order(wifi=WORK)
    assert (await play.owner.operate(OwnershipOperation.REPROVISION)).confirmed


async def test_without_a_lock_a_delegates_reset_frees_the_device(play: Play) -> None:
    worker = await given(play, terms(Right.RESET))
    assert (await worker.operate(OwnershipOperation.RESET)).possession is Possession.RELEASED
    assert "reports that it has no owner" in worker.reporter.summaries[-1]
    assert worker.device.machine.standing is Standing.UNOWNED


async def test_a_delegate_of_a_delegate_works_three_generations_deep(play: Play) -> None:
    first = await given(play, terms(Right.NETWORKS, depth=2))
    second, third = play.delegate("second"), play.delegate("third")
    play.give(first, second, terms(Right.NETWORKS, depth=1), first.grant)
    play.give(second, third, terms(Right.NETWORKS), second.grant)
    third.order = Order(wifi=WORK)
    await third.operate(OwnershipOperation.REPROVISION)
    assert held(third)[ItemType.WIFI].ssid == b"Work 5"


@pytest.mark.parametrize("spoken", ["accept", "query", "rotate", "reprovision"])
async def test_a_grant_of_a_new_owner_counts_from_the_owners_next_session_on(
    play: Play, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a transfer no grant counts before a list or an item 6 (section 10.1)."""
    await play.owner.commission()
    buyer, worker = play.delegate("buyer"), play.delegate()
    buyer.endpoint = play.owner.endpoint
    offered = token(play.owner, buyer, wipe=False)
    if spoken != "accept":
        monkeypatch.setattr(OwnershipOperations, "_delivery", lambda self, opened: None)
    await buyer.operate(OwnershipOperation.ACCEPT, offered)
    monkeypatch.undo()
    play.give(buyer, worker, terms(Right.READ))
    if spoken != "accept":
        with pytest.raises(errors.GrantRefused):
            await worker.operate(OwnershipOperation.QUERY)
        await buyer.operate(OwnershipOperation(spoken))
    done = await worker.operate(OwnershipOperation.QUERY)
    assert (done.device.serial, done.possession) == (PRODUCT.serial, Possession.ENTRUSTED)


# --- what the device refuses, whatever the app says --------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "operation"),
    [
        (Right.READ, OwnershipOperation.ROTATE),
        (Right.READ, OwnershipOperation.RESET),
        (Right.ROTATE, OwnershipOperation.RESET),
        (Right.NETWORKS, OwnershipOperation.ROTATE),
        (Right.ROTATE, OwnershipOperation.REPROVISION),
    ],
)
async def test_a_device_refuses_what_its_grant_lacks(
    play: Play, right: Right, operation: OwnershipOperation
) -> None:
    worker = await given(play, terms(right, Right.ONBOARD), wifi=WORK)
    before = held(worker)
    with pytest.raises((errors.GrantRefused, errors.GrantStepRefused)) as refused:
        await worker.operate(operation)
    assert refused.value.bound == "reach" and "does not cover" in refused.value.advice_text
    assert held(worker) == before and worker.device.machine.standing is Standing.OWNED


async def test_under_a_grant_there_is_only_a_network_to_change(play: Play) -> None:
    worker = await given(play, terms(Right.NETWORKS))
    before = held(worker)
    with pytest.raises(errors.NetworkMissing):
        await worker.operate(OwnershipOperation.REPROVISION)
    assert held(worker) == before


async def test_a_delegate_whose_certificate_has_ended_certifies_nothing(play: Play) -> None:
    worker = await given(play, terms(Right.ROTATE, Right.ONBOARD))
    bundle = delegation.bundle_of(worker.grant)
    elsewhere = Principal(play.identity("another computer"), bundle)
    with pytest.raises(errors.OutsideGrant) as refused:
        elsewhere.certify(b"", serial=PRODUCT.serial, name=elsewhere.name(PRODUCT.fp, ""))
    assert refused.value.bound == "certificate"


async def test_a_revoked_delegate_is_refused_once_the_device_has_heard(play: Play) -> None:
    worker = await given(play, terms(Right.NETWORKS), wifi=WORK)
    document = Driver().read_grant(worker.grant)
    assert document is not None
    Driver().revoke_grant(document.own, play.owner.identity, play.owner.memory)
    assert (await worker.operate(OwnershipOperation.QUERY)).confirmed, "nobody has told the device"
    await play.owner.operate(OwnershipOperation.QUERY)
    (heard,) = [each for each in play.owner.reporter.told if isinstance(each, ListHeard)]
    standing = Driver().list_standing(play.owner.identity, play.owner.memory)
    assert (heard.identity_key, heard.counter) == (PRODUCT.point, standing.counter)
    with pytest.raises(errors.GrantRefused) as refused:
        await worker.operate(OwnershipOperation.REPROVISION)
    assert refused.value.code == "A-155" and "revoked, has expired" in refused.value.advice_text


async def test_an_honest_delegate_carries_the_list_that_ends_another(play: Play) -> None:
    """The owner meets one delegate, and that one the device."""
    thief = await given(play, terms(Right.NETWORKS), wifi=WORK)
    honest = play.delegate("honest")
    play.give(play.owner, honest, terms(Right.READ))
    stolen = Driver().read_grant(thief.grant)
    assert stolen is not None
    Driver().revoke_holder(stolen.own.holder, play.owner.identity, play.owner.memory)
    carried = Driver().export_list(play.owner.identity, play.owner.memory)
    assert carried is not None
    assert Driver().import_list(carried, honest.identity, honest.memory)
    await honest.operate(OwnershipOperation.QUERY)
    with pytest.raises(errors.GrantRefused):
        await thief.operate(OwnershipOperation.REPROVISION)
    assert not Driver().is_ended(thief.grant, thief.memory), "who is cut off has not heard it"
    assert not Driver().is_ended(honest.grant, honest.memory)


async def test_a_delegate_learns_from_the_device_that_a_grant_ended(play: Play) -> None:
    worker = await given(play, terms(Right.NETWORKS), wifi=WORK)
    other = play.delegate("other")
    play.give(play.owner, other, terms(Right.READ))
    document = Driver().read_grant(worker.grant)
    assert document is not None
    Driver().revoke_grant(document.own, play.owner.identity, play.owner.memory)
    await play.owner.operate(OwnershipOperation.QUERY)
    await other.operate(OwnershipOperation.QUERY)
    carried = Driver().export_list(other.identity, other.memory, play.owner.identity.owner.public)
    assert carried == Driver().export_list(play.owner.identity, play.owner.memory)
    assert carried is not None and Driver().import_list(carried, worker.identity, worker.memory)
    assert Driver().is_ended(worker.grant, worker.memory)


# --- delegated onboarding ----------------------------------------------------------------------------------

HALL = Places(False, frozenset({"hall-2"}))


async def onboarded(play: Play, allowed: GrantTerms, **order: object) -> DriverBench:
    worker = play.delegate()
    play.give(play.owner, worker, allowed)
    worker.order = Order(**order)  # type: ignore[arg-type]
    worker.reporter = FakeReporter([HOME])
    await worker.commission()
    return worker


async def test_a_device_is_its_owners_from_the_first_moment_with_no_owner_near(play: Play) -> None:
    worker = await onboarded(play, terms(Right.ONBOARD, places=HALL, reset_lock=True), site="hall-2")
    items = held(worker)
    owner = play.owner.identity.owner.public
    assert items[ItemType.OWNER].key == owner and items[ItemType.OWNER].reset_lock
    assert items[ItemType.ANCHORS].anchors == play.owner.identity.ca.anchors
    assert items[ItemType.CLOUD].endpoint == ENDPOINT and items[ItemType.LABEL].site == "hall-2"
    assert len(items[ItemType.LDEVID].chain) == 2, "certified by the delegate, under the owner's root"
    with pytest.raises(errors.CompanionError):
        await worker.operate(OwnershipOperation.RESET)
    assert worker.device.machine.standing is Standing.OWNED
    assert (await play.owner.operate(OwnershipOperation.QUERY)).confirmed
    play.owner.order = Order(wifi=WORK)
    assert (await play.owner.operate(OwnershipOperation.REPROVISION)).confirmed, "the owner just owns it"


async def test_without_an_endpoint_in_the_grant_a_device_gets_none(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.protocols.rp1.support.delegation.ENDPOINT", "")
    worker = await onboarded(play, terms(Right.ONBOARD))
    assert ItemType.CLOUD not in held(worker)
    assert held(worker)[ItemType.OWNER].key == play.owner.identity.owner.public


async def test_onboarding_goes_on_with_the_delegates_other_rights(play: Play) -> None:
    """The owner's list that came with the grant lets grants count (section 9.2, "session or list")."""
    worker = await onboarded(play, terms(Right.ONBOARD, Right.NETWORKS))
    worker.order = Order(wifi=WORK)
    await worker.operate(OwnershipOperation.REPROVISION)
    assert held(worker)[ItemType.WIFI].ssid == b"Work 5"


async def test_a_sub_delegate_takes_a_device_for_the_owner_two_grants_above(play: Play) -> None:
    first, second = play.delegate(), play.delegate("second")
    play.give(play.owner, first, terms(Right.ONBOARD, depth=1))
    play.give(first, second, terms(Right.ONBOARD), first.grant)
    second.reporter = FakeReporter([HOME])
    await second.commission()
    items = held(second)
    assert items[ItemType.OWNER].key == play.owner.identity.owner.public
    assert len(items[ItemType.LDEVID].chain) == 3


@pytest.mark.parametrize(
    ("places", "site"),
    [
        (Places(False, serials=frozenset({"other-1"})), ""),
        (HALL, "hall-3"),
        (HALL, ""),
    ],
)
async def test_a_device_outside_is_not_taken_and_keeps_nothing(play: Play, places: Places, site: str) -> None:
    with pytest.raises(errors.OutsideGrant) as refused:
        await onboarded(play, terms(Right.ONBOARD, places=places), site=site)
    assert refused.value.bound == "place"
    assert f"not the device {PRODUCT.serial}" in refused.value.advice_text
    assert play.owner.device.machine.standing is Standing.UNOWNED


async def test_a_lost_link_is_resumed_by_the_delegate(play: Play) -> None:
    play.owner.spoil = lambda kind: False
    worker = play.delegate()
    play.give(play.owner, worker, terms(Right.ONBOARD))
    left = iter([False] * 25 + [True] + [False] * 10_000)
    worker.spoil = lambda kind: next(left)
    worker.reporter = FakeReporter([HOME])
    assert (await worker.commission()).confirmed
    assert worker.dialer.dialled > 1
    assert held(worker)[ItemType.OWNER].key == play.owner.identity.owner.public
