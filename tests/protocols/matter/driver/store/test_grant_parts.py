"""A delegate of the trust chain sets up Matter devices for their owner, from the request to the report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.administration import AdministrationOperation, Request
from companion.api import administer
from companion.encoding import cbor, cose
from companion.errors import (
    AccountInvalid,
    FabricMissing,
    GrantInvalid,
    GrantMissing,
    KeysElsewhere,
    MethodUnavailable,
    OutsideGrant,
)
from companion.events import Connected, CredentialDelivered, Event, Sending
from companion.identity import Identity, open_identity
from companion.link_counts import LinkCounts
from companion.model import Commissioned, Credential, DeviceIdentity, FoundDevice, Step
from companion.outcome import Outcome, Result
from companion.protocols import EntryFlaw, InvalidEntry, Surroundings, driver, recognise
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver import candidates
from companion.protocols.matter.driver.store import (
    grant_parts,
    held_fabrics,
    own_fabric,
    own_fabrics,
    pending_nodes,
    statements,
)
from companion.protocols.matter.driver.store.pending_nodes import Pending
from companion.protocols.matter.virtual.factory.product import Kind, Medium, Product, make
from companion.registry.lookup import by_id
from companion.runs.delegation import Delegation
from companion.runs.own_fabrics import OwnFabrics
from companion.services import Services
from companion.trust.grants import accounts
from companion.trust.grants.actions import Grants, grants_of_fabric, read_grant
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.statements import OTHERWISE_OURS
from companion.trust.grants.terms import GrantTerms, Places, Right, TermsRequest
from tests.protocols.matter.driver.bench import CommissioningBench, bench, light

NOW = datetime.now(UTC).replace(microsecond=0)
ONBOARD = GrantTerms(frozenset({Right.ONBOARD}), Places(True), NOW + timedelta(days=14))


def grants_of(services: Services) -> Grants:
    return Grants(services.open_identity(), services.registry)


@dataclass
class Pair:
    """anna owns a fabric and is not near; bert holds a grant, and has the air with one device."""

    anna: CommissioningBench
    bert: CommissioningBench
    product: Product

    def give(self, terms: GrantTerms = ONBOARD, fabrics: tuple[str, ...] = ("matter",)) -> GrantRecord:
        request = grants_of(self.bert.services).ask("Bert", fabrics=["matter"])
        issued = grants_of(self.anna.services).issue(request, terms, fabrics=fabrics)
        return grants_of(self.bert.services).take(issued.text)

    async def set_up(self, grant: GrantRecord, **order: str) -> Outcome:
        return await self.bert.commission(recognise(self.product.onboarding.qr), grant=grant.id, **order)

    def bring_home(self, grant: GrantRecord) -> tuple[accounts.BroughtHome, ...]:
        report = accounts.report(grants_of(self.bert.services), grant)
        return accounts.bring_home(grants_of(self.anna.services), report)


@asynccontextmanager
async def pair(folder: Path) -> AsyncIterator[Pair]:
    product = make(Kind.LIGHT, Medium.WIFI)
    async with bench(folder / "anna") as anna, bench(folder / "bert", light(product=product)) as bert:
        yield Pair(anna, bert, product)


async def test_a_delegate_sets_a_device_up_and_its_owner_controls_it_afterwards(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        anna, bert = both.anna.services, both.bert.services
        grant = both.give()
        outcome = await both.set_up(grant, site="hall-2")
        assert outcome.result is Result.COMMISSIONED and outcome.grant == grant
        (member,) = both.bert.devices[0].state.settings.members
        owner = own_fabrics.usual(anna.identity.vault)
        assert member.credentials.fabric == owner.authority.identity and member.credentials.icac is not None
        assert not own_fabrics.known(bert.identity.vault), "the delegate has no fabric of its own"
        (theirs,) = bert.registry.devices()
        assert theirs.state == "entrusted" and theirs.owner_key == anna.identity.owner.public
        own_fabrics.usual(bert.identity.vault)
        refused = await administer(bert, theirs, Request(AdministrationOperation.STATUS))
        assert isinstance(refused.error, KeysElsewhere), "it does not call it in another fabric"

        assert not anna.registry.devices()
        (home,) = both.bring_home(grant)
        assert (home.refused, home.known) == (None, False) and home.as_json()["onboarded"] is True
        (ours,) = anna.registry.devices()
        assert (ours.name, ours.site, ours.state, ours.owner_key) == ("Lamp", "hall-2", "commissioned", None)
        switched = await administer(anna, ours, Request(AdministrationOperation.SWITCH, on=True))
        assert switched.error is None and both.bert.devices[0].state.settings.on
        assert [each.known for each in both.bring_home(grant)] == [True]

        renewed = await administer(anna, ours, Request(AdministrationOperation.RENEW))
        assert renewed.error is None
        (member,) = both.bert.devices[0].state.settings.members
        assert member.credentials.icac is None, "from here on it does not end with the grant"
        assert [each.known for each in both.bring_home(grant)] == [True], "that changes nothing any more"


async def test_what_a_grant_does_not_allow_is_refused_before_the_air(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        bert = both.bert
        without = both.give(fabrics=())
        elsewhere = both.give(replace(ONBOARD, places=Places(False, frozenset({"hall-1"}))))
        later = both.give(replace(ONBOARD, since=NOW + timedelta(days=1)))
        for grant, order, bound in (
            (without, {}, "certificate"),
            (elsewhere, {"site": "hall-2"}, "place"),
            (later, {}, "since"),
        ):
            error = (await both.set_up(grant, **order)).error
            assert isinstance(error, OutsideGrant) and error.bound == bound
        assert not bert.heard(Connected)

        serials = Places(False, frozenset(), frozenset({"another"}))
        refused = await both.set_up(both.give(replace(ONBOARD, places=serials)))
        assert isinstance(refused.error, OutsideGrant) and refused.error.bound == "place"
        assert refused.failed_step is Step.CONFIRM and not bert.heard(CredentialDelivered)

        one = both.give(replace(ONBOARD, devices=1))
        assert (await both.set_up(one)).result is Result.COMMISSIONED
        identity, registry = bert.services.identity, bert.services.registry
        with pytest.raises(OutsideGrant) as full:
            Delegation(identity, registry).for_new_device(one.id, "")
        assert full.value.bound == "devices"
        with pytest.raises(MethodUnavailable):
            Delegation(identity, registry).check_protocol(one, "improv")


async def test_a_killed_run_is_gone_on_with_under_its_grant_alone(tmp_path: Path) -> None:
    """As after a kill between the device's last answer and the record."""
    async with pair(tmp_path) as both:
        grant, bert = both.give(), grants_of(both.bert.services)
        memory, left = bert.memory("matter"), list[Pending]()

        def look(event: Event) -> None:
            if isinstance(event, Sending) and event.kind == "fabric":
                left.extend(pending_nodes.kept(memory))

        code = recognise(both.product.onboarding.qr)
        first = await both.bert.run(code, on_event=look, grant=grant.id)
        assert first.result is Result.COMMISSIONED and left[0].grant == grant.id
        memory.put("statements", None)
        pending_nodes.keep(memory, left[0])
        own_fabrics.usual(bert.identity.vault)
        for under, count in (("", 0), (grant.id, 1)):
            found: asyncio.Queue[FoundDevice] = asyncio.Queue()
            around = Surroundings(both.bert.services.lan, memory, bert.identity, under)
            await candidates._left_whole(around, code, found)
            assert found.qsize() == count, "it is not ours, so a run for us leaves it alone"
        again = await both.bert.commission(code, grant=grant.id)
        assert again.result is Result.COMMISSIONED and again.link.writes == 0 and again.record == first.record
        (home,) = both.bring_home(grant)
        assert home.refused is None
        (kept,) = statements.read(statements.export(memory, grant.id) or b"") or ()
        said = cbor.decode(cose.payload_of(kept[1]))
        assert isinstance(said, dict)
        draft = {key: said[key] for key in range(1, 8)}
        for each in (draft, {**draft, 7: 1}):
            statements.keep(memory, grant.id, cbor.encode(each), bert.identity.owner.sign)
        assert len(statements.read(statements.export(memory, grant.id) or b"") or ()) == 2, "what is new"
        assert statements.count(memory, grant.id) == 1, "a device counts once"


async def test_a_grant_is_for_one_fabric_and_what_comes_home_is_held_against_that_one(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        anna, bert = both.anna.services, both.bert.services
        own = OwnFabrics(anna.open_identity(), anna.registry)
        home, office = own.add("Home"), own.add("Office")
        request = grants_of(bert).ask("Bert", fabrics=["matter"])
        with pytest.raises(FabricMissing):
            grants_of(anna).issue(request, ONBOARD, fabrics=["matter"], fabric="Shop")
        issued = grants_of(anna).issue(request, ONBOARD, fabrics=["matter"], fabric="office")
        assert grants_of_fabric(anna.registry, home.id) == []
        assert [each.id for each in grants_of_fabric(anna.registry, office.id)] == [issued.id]
        grant = grants_of(bert).take(issued.text)
        assert (await both.set_up(grant, fabric="whatever")).result is Result.COMMISSIONED
        (member,) = both.bert.devices[0].state.settings.members
        assert member.credentials.fabric.id == office.id
        (theirs,) = bert.registry.devices()
        assert not any("fabric_name" in each.details for each in theirs.credentials), "that is anna's affair"

        (home_again,) = both.bring_home(grant)
        assert home_again.refused is None
        (ours,) = anna.registry.devices()
        assert [each.details["fabric_name"] for each in ours.credentials] == ["Office"]
        assert (await administer(anna, ours, Request(AdministrationOperation.STATUS))).error is None
        own.remove("Office")
        (entry,) = both.bring_home(grant)
        assert isinstance(entry, InvalidEntry) and entry.flaw is EntryFlaw.STATEMENT


def test_the_secret_is_in_no_file_and_only_its_holder_opens_it(tmp_path: Path) -> None:
    owner, holder, other = (
        open_identity(tmp_path / name, throwaway=True) for name in ("owner", "holder", "other")
    )
    asked = grant_parts.ask(holder)
    part = grant_parts.issue(asked, holder.owner.public, ONBOARD, owner)
    fabric = own_fabrics.usual(owner.vault)
    secrets = [fabric.authority.ipk, fabric.authority.issuer.key.scalar, fabric.own.key.scalar]
    assert all(each.reveal() not in part for each in secrets)
    grant_parts.take(part, "ab", holder)
    held = held_fabrics.held_fabric(holder.vault, "ab")
    assert held.authority.ipk.reveal() == fabric.authority.ipk.reveal() and held.id == fabric.id
    assert all(
        each.reveal() not in path.read_bytes()
        for each in secrets
        for path in (tmp_path / "holder").rglob("*")
        if path.is_file()
    )
    grant_parts.take(part, "ab", holder)
    assert held_fabrics.held_fabric(holder.vault, "ab").node == held.node, "taken again, it is the same node"
    assert not held_fabrics.has(other.vault, "ab")
    with pytest.raises(GrantMissing):
        held_fabrics.held_fabric(other.vault, "ab")


def refused(part: bytes, holder: Identity) -> bool:
    with pytest.raises(GrantInvalid):
        grant_parts.take(part, "cd", holder)
    return not held_fabrics.has(holder.vault, "cd")


def test_a_wrong_expired_or_foreign_certificate_is_refused(tmp_path: Path) -> None:
    owner, holder, other = (
        open_identity(tmp_path / name, throwaway=True) for name in ("owner", "holder", "other")
    )
    asked = grant_parts.ask(holder)
    part = grant_parts.issue(asked, holder.owner.public, ONBOARD, owner)
    assert refused(part, other), "another's"
    assert refused(grant_parts.issue(grant_parts.ask(holder), other.owner.public, ONBOARD, owner), holder)
    fields = cbor.decode(part)
    assert isinstance(fields, dict)
    foreign = cbor.decode(grant_parts.issue(asked, holder.owner.public, ONBOARD, other))
    assert isinstance(foreign, dict)
    for key in (2, 3, 4, 5):
        assert refused(cbor.encode({**fields, key: foreign[key]}), holder), f"{key} of another owner"
    sealed = fields[5]
    assert isinstance(sealed, bytes)
    assert refused(cbor.encode({**fields, 5: sealed[:-1] + bytes([sealed[-1] ^ 1])}), holder)
    assert refused(b"\xa0", holder)
    ended = replace(ONBOARD, until=NOW - timedelta(hours=1))
    assert refused(grant_parts.issue(asked, holder.owner.public, ended, owner), holder)
    for wrong in (b"\xa0", cbor.encode({1: 1, 2: b"no request", 3: holder.owner.public})):
        with pytest.raises(GrantInvalid):
            grant_parts.issue(wrong, holder.owner.public, ONBOARD, owner)


async def test_an_owner_believes_of_a_statement_what_its_own_certificate_says(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        anna, bert = grants_of(both.anna.services), grants_of(both.bert.services)
        grant, plain = both.give(), both.give(fabrics=())
        assert (await both.set_up(grant)).result is Result.COMMISSIONED
        memory = bert.memory("matter")
        [(_, signed)] = statements.read(statements.export(memory, grant.id) or b"") or []
        fields = cbor.decode(cose.payload_of(signed))
        assert isinstance(fields, dict)

        def home(by: Identity = bert.identity, **changed: object) -> tuple[Any, ...]:
            payload = cbor.encode({**fields, **{int(key[1:]): each for key, each in changed.items()}})  # type: ignore[dict-item]
            forged = cose.sign(by.owner.sign, payload, "matter node statement")
            return accounts.bring_home(anna, b"Matter statements\n" + cbor.encode([1, [forged]]))

        held = held_fabrics.held_fabric(bert.identity.vault, grant.id)
        key, validity = KeyPair.generate().public, Validity(matter_time(NOW), matter_time(NOW) + 3600)
        tagged = held.authority.issue(key, 7, validity, (own_fabric.ADMINISTRATORS,)).noc.as_tlv()
        own = own_fabrics.usual(anna.identity.vault).issue(key, 8).noc.as_tlv()
        stranger = own_fabric.found(NOW).issue(key, 9).noc.as_tlv()
        for wrong in ({"_3": tagged}, {"_3": own}, {"_3": stranger}, {"_2": plain.id}, {"_2": "ffff"}):
            (told,) = home(**wrong)
            assert told.flaw is (EntryFlaw.GRANTS if wrong == {"_2": "ffff"} else EntryFlaw.STATEMENT)
        (told,) = home(by=anna.identity)
        assert told.flaw is EntryFlaw.STATEMENT
        (told,) = accounts.bring_home(anna, b"Matter statements\n" + cbor.encode([1, [b"x"]]))
        assert told.flaw is EntryFlaw.SHAPE
        for content in (b"Matter statements\nx", b"Companion delegate report\nx"):
            with pytest.raises(AccountInvalid):
                accounts.bring_home(anna, content)
        told = accounts.bring_home(bert, accounts.report(bert, grant))
        assert [each.flaw for each in told] == [EntryFlaw.GRANTS], "he holds it, and did not issue it"
        assert not anna.registry.devices()

        ours = own_fabrics.usual(anna.identity.vault)
        key = KeyPair.generate().public
        there = DeviceIdentity("matter-0000000000000007", "Mine")
        run = anna.registry.begin_run(ecosystem="matter", radio="none")
        certificate = Credential("fabric", {"fabric": ours.name, "fingerprint": "00"})
        mine = Commissioned(there, "pase", (certificate,), identity_key=key)
        outcome = Outcome(Result.COMMISSIONED, run, "matter", (), LinkCounts(), commissioned=mine)
        device = anna.registry.finish_run(run, outcome)
        (claimed,) = home(_4=key)
        assert (claimed.refused, claimed.device) == (OTHERWISE_OURS, device), "whatever a delegate says"
        assert [each.name for each in anna.registry.devices()] == ["Mine"]

        after = int((ONBOARD.until + timedelta(days=1)).timestamp())
        (late,) = home(_7=after)
        assert late.refused == "until" and anna.registry.device(by_id(late.device)).state == "commissioned"
        newer = held.issue(KeyPair.generate().public, 11).noc.as_tlv()
        (again,) = home(_3=newer, _8=2, _9=late.account.digest)
        assert (again.device, again.refused, again.known) == (late.device, None, False), "set up once more"


async def test_revoking_reaches_the_owners_app_and_no_device(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        anna = grants_of(both.anna.services)
        grant = both.give()
        anna.revoke(anna.registry.grants.one(f"id:{grant.id}"))
        assert (await both.set_up(grant)).result is Result.COMMISSIONED, "nobody told the delegate"
        (home,) = both.bring_home(grant)
        assert home.refused == "revoked"


async def test_a_part_is_the_owners_to_give_and_is_not_passed_on(tmp_path: Path) -> None:
    async with pair(tmp_path) as both:
        owner, holder = grants_of(both.anna.services), grants_of(both.bert.services)
        request = holder.ask("Bert", fabrics=["matter"])
        with pytest.raises(GrantInvalid):
            owner.issue(holder.ask("Bert"), ONBOARD, fabrics=["matter"])
        with pytest.raises(GrantInvalid):
            owner.issue(request, replace(ONBOARD, rights=frozenset({Right.READ})), fabrics=["matter"])
        wide = replace(ONBOARD, rights=frozenset({Right.ONBOARD, Right.DELEGATE}), depth=1)
        issued = owner.issue(request, wide, fabrics=["matter"])
        held = holder.take(issued.text)
        assert (
            read_grant(issued.text).parts.keys()
            == {"matter"}
            == read_grant(owner.renew(issued).text).parts.keys()
        )
        under = holder.issue_under(held, owner.ask("Anna", fabrics=["matter"]), TermsRequest())
        assert not read_grant(under.text).parts
        assert driver("matter").issues_under(held.id, holder.identity)  # type: ignore[attr-defined]
