"""A revocation reaches a thousand devices through three commissioners, in the order in which they meet.

The owner meets some of the devices, two delegates the others. Nobody tells the delegates: they learn of the
list from the first device that has it, and carry it on.
"""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass, field, replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import grants, revocation_list
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import NO_TX
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.ownership.carried_list import AnyDelivery, CarriedDelivery
from companion.protocols.rp1.ownership.owners_list import Delivery, Entries, SavedList, nothing_listed
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.operations import Op, RevokeState
from companion.protocols.rp1.wire.results import ListHeld
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, DeviceBench
from tests.protocols.rp1.support.owner_lists import LATER, a_list, hand_in, owned, owner_session

DEVICES = 1_000
THIEF, FIRST, SECOND = OwnerKey.generate(), OwnerKey.generate(), OwnerKey.generate()


def held_by(holder: OwnerKey, cti: bytes) -> OwnerAuthority:
    grant = Grant(holder.public, Scope.READ, LATER, 0, cti)
    return OwnerAuthority(OWNER.public, holder.sign, grants=(grants.sign(OWNER.sign, grant),))


REVOKED = held_by(THIEF, b"cti-thie")


@dataclass
class Commissioner:
    """Somebody with a list, who meets devices. authority None: the owner."""

    authority: OwnerAuthority | None = None
    kept: SavedList = field(default_factory=SavedList)
    carried: bytes = field(default_factory=lambda: nothing_listed(OWNER.sign, NOW))

    @property
    def knows(self) -> bool:
        if self.authority is None:
            return self.kept.entries.exists
        return revocation_list.read(self.carried, OWNER.public).counter > 0

    def meet(self, device: DeviceBench) -> None:
        """What every run does first."""
        session = owner_session(device, authority=self.authority)
        delivery = self._delivery()
        while (newest := delivery.next()) is not None:
            reply = session.ask(Op.REVOKE_STATE, RevokeState(newest), NO_TX)
            delivery.take(results.decode_list_reply(reply))
        device.disconnect()

    def _delivery(self) -> AnyDelivery:
        if self.authority is None:
            return Delivery(OWNER.sign, OWNER.public, self.kept, NOW, self._keep)
        return CarriedDelivery(OWNER.public, self.carried, self._carry)

    def _keep(self, kept: SavedList) -> None:
        self.kept = kept

    def _carry(self, signed: bytes) -> None:
        self.carried = signed


def refuses(device: DeviceBench) -> bool:
    """The revoked delegate comes by."""
    try:
        owner_session(device, authority=REVOKED)
    except PeerAbort as refused:
        assert refused.code == Abort.GRANT
        return True
    finally:
        device.disconnect()
    return False


def holds(device: DeviceBench) -> ListHeld:
    return device.machine._state.owner_terms.held


@pytest.fixture(scope="module")
def template() -> DeviceBench:
    return owned(depth=1)


def a_fleet(template: DeviceBench, count: int) -> list[DeviceBench]:
    return [
        DeviceBench(flash=deepcopy(template.flash), product=replace(PRODUCT, serial=f"RP1-{number:04}"))
        for number in range(count)
    ]


def revoking_owner() -> Commissioner:
    entries = Entries().ending_key(revocation_list.key_id(THIEF.public))
    return Commissioner(kept=SavedList(entries))


@pytest.mark.beside_the_gate
def test_a_revocation_reaches_every_device_whoever_meets_it(template: DeviceBench) -> None:
    meetings = random.Random(28)
    fleet = a_fleet(template, DEVICES)
    owner = revoking_owner()
    delegates = [Commissioner(held_by(FIRST, b"cti-frst")), Commissioner(held_by(SECOND, b"cti-scnd"))]
    ignorant = set(range(DEVICES))
    assert not refuses(fleet[0]), "nobody has told it"
    rounds = 0
    while ignorant:
        rounds += 1
        assert rounds < 10
        for number in meetings.sample(sorted(ignorant), len(ignorant)):
            someone = meetings.choice([owner, *delegates])
            knew = someone.knows
            someone.meet(fleet[number])
            assert refuses(fleet[number]) is knew, "after each meeting with one who knows, and not before"
            if knew:
                ignorant.discard(number)
            # Delegates learn from a device that knows, as they come by it again.
            if not knew and meetings.random() < 0.1 and len(ignorant) < DEVICES:
                someone.meet(fleet[meetings.choice(sorted(set(range(DEVICES)) - ignorant))])
                assert someone.knows
    assert all(each.knows for each in delegates)
    counters = {holds(each).counter for each in fleet}
    assert counters == {owner.kept.entries.counter}, "one list, the owner's, everywhere"


def test_an_unsigned_or_older_list_changes_nothing(template: DeviceBench) -> None:
    (device,) = a_fleet(template, 1)
    owner = revoking_owner()
    owner.meet(device)
    before = holds(device)
    newest = owner.kept.encoded
    assert newest is not None and before.entries == newest
    for bad, status in (
        (a_list(before.counter - 1), Abort.GRANT),
        (a_list(before.counter), Abort.GRANT),
        (a_list(before.counter + 1, key=FIRST), Abort.NOT_AUTHENTIC),
        (newest[:-1] + bytes([newest[-1] ^ 1]), Abort.NOT_AUTHENTIC),
    ):
        session = owner_session(device, authority=held_by(FIRST, b"cti-frst"))
        assert hand_in(session, bad)[0] == status
        device.disconnect()
        assert holds(device) == before and refuses(device)


def test_a_delegate_that_carries_an_older_list_learns_and_takes_nothing_away(template: DeviceBench) -> None:
    (device,) = a_fleet(template, 1)
    owner = revoking_owner()
    owner.meet(device)
    behind = Commissioner(held_by(FIRST, b"cti-frst"), carried=a_list(1))
    behind.meet(device)
    assert behind.carried == owner.kept.encoded == holds(device).entries


def test_what_a_lying_device_says_is_not_carried_on() -> None:
    """A device that claims to hold a stranger's list, or an older one of the owner's, teaches nothing."""
    newest = a_list(5, holders=(THIEF,))
    kept: list[bytes] = []
    for said in (a_list(9, key=FIRST), a_list(4), b"nonsense"):
        delivery = CarriedDelivery(OWNER.public, newest, kept.append)
        assert delivery.next() == newest
        delivery.take(ListHeld(9, said))
        assert delivery.next() is None and delivery.agreed is None
    delivery = CarriedDelivery(OWNER.public, newest, kept.append)
    delivery.take(None)
    assert delivery.agreed is None and kept == []
    delivery.renew()
    assert delivery.next() == newest
