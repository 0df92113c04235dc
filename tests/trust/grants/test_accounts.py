"""What delegates bring home: recorded as evidence, and let in by services only where our grant covers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.encoding import cbor
from companion.errors import AccountInvalid
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity, Receipt, Verdict
from companion.outcome import Outcome, Result
from companion.protocols import EntryFlaw, InvalidEntry, Order, OwnershipOperation
from companion.protocols.discovery import receipt_reader
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.transaction import account as accounts
from companion.registry import Registry, open_registry
from companion.registry.lookup import by_id
from companion.registry.store.grants import DelegateEvidence
from companion.trust.grants.accounts import BroughtHome, bring_home
from companion.trust.grants.actions import Grants
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Places, Right
from companion.trust.proof.checks import check_proof
from companion.trust.proof.document import encode
from companion.trust.proof.export import make_proof
from tests.protocols.rp1.support.delegation import ENDPOINT, WORK, Play, terms
from tests.protocols.rp1.support.driver_bench import DriverBench
from tests.trust.proof.samples import passes

PREFIX = b"RP1 accounts\n"
EVERYWHERE = Places(True)


class Home:
    """An owner with a registry, and one delegate who sets up one device."""

    def __init__(self, folder: Path) -> None:
        self.play = Play(folder)
        self.registry: Registry = open_registry(folder / "owner")
        self.grants = Grants(self.play.owner.identity, self.registry)
        self.worker: DriverBench = self.play.delegate()

    async def work(self, **changes: object) -> GrantRecord:
        """The delegate sets the device up under a grant that the owner recorded."""
        allowed = terms(Right.ONBOARD, Right.NETWORKS, places=EVERYWHERE, **changes)  # type: ignore[arg-type]
        request = Driver().request_grant("Line 2", self.worker.identity)
        record = self.grants.issue(request, allowed, endpoint=ENDPOINT)
        self.worker.grant = record.text
        await self.worker.commission()
        return record

    @property
    def report(self) -> bytes:
        document = Driver().read_grant(self.worker.grant)
        assert document is not None
        return Driver().export_accounts(document.own.id, self.worker.memory)

    def bring(self, *, late: bool = False) -> BroughtHome:
        (told,) = bring_home(self.grants, self.report, late=late)
        return told

    def is_admitted(self, told: BroughtHome) -> bool:
        return self.registry.grants.is_admitted(told.account.certificate)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.registry.close()


async def test_a_receipt_under_a_grant_lets_its_certificate_in(home: Home) -> None:
    await home.work(devices=1)
    told = home.bring()
    assert told.refused is None and told.account.onboards and home.is_admitted(told)
    (record,) = home.registry.devices()
    assert (record.state, record.owner_key) == ("commissioned", None)
    (heard,) = home.registry.heard("rp1")
    assert heard.device == record.id
    assert home.bring().known


async def test_one_device_more_than_the_grant_allows_is_kept_and_not_let_in(home: Home) -> None:
    record = await home.work(devices=1)
    other = home.registry.begin_run(ecosystem="rp1", radio="none")
    done = Commissioned(DeviceIdentity("d-1", "Other", serial="X"), "grant", identity_key=b"\x04" + b"x" * 64)
    device = home.registry.finish_run(
        other, Outcome(Result.DONE, other, "rp1", (), LinkCounts(), commissioned=done)
    )
    home.registry.grants.admit("ab" * 32, record.id, device)
    told = home.bring()
    assert told.refused == "devices" and not home.is_admitted(told)
    assert len(home.registry.devices()) == 2, "as evidence, it is recorded"


@pytest.mark.parametrize(("allowed", "refused"), [(1, "devices"), (2, None)])
async def test_a_grant_that_was_passed_on_lets_in_no_more_devices_than_it_allows(
    home: Home, allowed: int, refused: str | None
) -> None:
    """The owner's own grant allows 40; devices count neither."""
    wide = terms(Right.ONBOARD, Right.NETWORKS, depth=1, places=EVERYWHERE, devices=40)
    request = Driver().request_grant("Line 2", home.worker.identity)
    record = home.grants.issue(request, wide, endpoint=ENDPOINT)
    home.worker.grant = Driver().accept_grant(record.text, home.worker.identity, home.worker.memory).text
    jig = home.play.delegate("jig")
    narrower = terms(Right.ONBOARD, places=EVERYWHERE, devices=allowed)
    home.play.give(home.worker, jig, replace(narrower, until=wide.until), under=home.worker.grant)
    await jig.commission()
    document = Driver().read_grant(jig.grant)
    assert document is not None
    report = Driver().export_accounts(document.own.id, jig.memory)
    (account,) = Driver().read_accounts(report, home.grants.identity) or ()
    run = home.registry.begin_run(ecosystem="rp1", radio="none")
    other = DeviceIdentity("d-1", "Other", serial="X")
    done = Commissioned(other, "grant", identity_key=b"\x04" + b"x" * 64, receipt=Receipt(b"r", b"f"))
    outcome = Outcome(Result.DONE, run, "rp1", (), LinkCounts(), commissioned=done)
    home.registry.grants.admit("ab" * 32, record.id, home.registry.finish_run(run, outcome))
    home.registry.grants.keep_evidence(run, DelegateEvidence(account.chain))
    (told,) = bring_home(home.grants, report)
    assert told.refused == refused and home.is_admitted(told) is (refused is None)


async def test_what_was_done_under_a_revoked_grant_stays_outside_unless_its_owner_says_so(
    home: Home,
) -> None:
    record = await home.work()
    home.grants.revoke(record)
    assert home.bring().refused == "revoked"
    again = Home(home.play.folder / "again")
    record = await again.work()
    again.grants.revoke(record)
    told = again.bring(late=True)
    assert told.refused is None and again.is_admitted(told)
    again.registry.close()


async def test_a_grant_that_is_over_covers_nothing_that_no_clock_dates(home: Home) -> None:
    record = await home.work()
    over = replace(record.terms, until=datetime.now(UTC) - timedelta(days=1))
    home.registry.grants.keep(replace(record, terms=over))
    assert home.bring().refused == "until"


@pytest.mark.parametrize("changed", ["place", "right"])
async def test_what_the_record_of_the_grant_does_not_cover_stays_outside(home: Home, changed: str) -> None:
    record = await home.work()
    narrower = {
        "place": replace(record.terms, places=Places(False, frozenset({"hall-9"}))),
        "right": replace(record.terms, rights=frozenset({Right.NETWORKS})),
    }
    home.registry.grants.keep(replace(record, terms=narrower[changed]))
    assert home.bring().refused == changed


async def test_a_grant_that_nobody_recorded_covers_nothing(home: Home) -> None:
    home.play.give(home.play.owner, home.worker, terms(Right.ONBOARD, places=EVERYWHERE))
    await home.worker.commission()
    assert home.bring().refused == "grant"


async def test_another_endpoint_than_the_grants_is_not_let_in(home: Home) -> None:
    record = await home.work()
    home.grants.renew(record, endpoint="elsewhere.example:8883")
    assert home.bring().refused == "endpoint"


async def test_work_on_the_owners_devices_comes_home_too(home: Home) -> None:
    await home.play.owner.commission()
    request = Driver().request_grant("Line 2", home.worker.identity)
    record = home.grants.issue(request, terms(Right.ROTATE, Right.ONBOARD), endpoint=ENDPOINT)
    home.worker.grant = record.text
    await home.worker.operate(OwnershipOperation.ROTATE)
    told = home.bring()
    assert not told.account.onboards and told.refused is None and home.is_admitted(told)
    (entry,) = cbor.decode(home.report.removeprefix(PREFIX))[1]  # type: ignore[index, misc]
    by_nobody = replace(accounts.decode(entry), chain=())  # type: ignore[arg-type]
    (invalid,) = bring_home(home.grants, PREFIX + cbor.encode([1, [accounts.encode(by_nobody)]]))
    assert isinstance(invalid, InvalidEntry)


async def test_a_network_that_a_delegate_changed_comes_home_without_a_certificate(home: Home) -> None:
    await home.play.owner.commission()
    request = Driver().request_grant("Line 2", home.worker.identity)
    record = home.grants.issue(request, terms(Right.NETWORKS, Right.READ), endpoint=ENDPOINT)
    home.worker.grant, home.worker.order = record.text, Order(wifi=WORK)
    await home.worker.operate(OwnershipOperation.REPROVISION)
    told = home.bring()
    assert not told.account.onboards and not told.account.certificate and told.refused is None


async def test_a_report_that_was_changed_anywhere_is_refused(home: Home) -> None:
    await home.work()
    report = home.report
    (entry,) = cbor.decode(report.removeprefix(PREFIX))[1]  # type: ignore[index, misc]
    kept = accounts.decode(entry)  # type: ignore[arg-type]
    changes = [
        replace(kept, identity_key=home.play.owner.identity.owner.public),
        replace(kept, identity_key=b"\x04" + bytes(64)),
        replace(kept, given={**kept.given, 5: kept.given[2]}),
        replace(kept, digests={**kept.digests, 3: bytes(32)}),
        replace(kept, digests={1: kept.digests[1]}),
        replace(kept, final=kept.receipt),
        replace(kept, receipt=kept.final),
        replace(kept, given={}, chain=()),
    ]
    for each in changes:
        (told,) = bring_home(home.grants, PREFIX + cbor.encode([1, [accounts.encode(each)]]))
        assert isinstance(told, InvalidEntry)
    fields = cbor.decode(entry)  # type: ignore[arg-type]
    no_items = cbor.encode({**fields, 4: []})  # type: ignore[dict-item]
    (told,) = bring_home(home.grants, PREFIX + cbor.encode([1, [no_items]]))
    assert isinstance(told, InvalidEntry)
    for bad in (b"", b"nonsense", PREFIX, report[:-1], report + b"\0"):
        with pytest.raises(AccountInvalid):
            bring_home(home.grants, bad)
    assert home.registry.devices() == []


async def test_another_owners_devices_are_no_business_of_ours(home: Home, tmp_path: Path) -> None:
    await home.work()
    stranger = Home(tmp_path / "stranger")
    (told,) = bring_home(stranger.grants, home.report)
    assert isinstance(told, InvalidEntry) and told.flaw is EntryFlaw.OWNER
    assert stranger.registry.devices() == []
    stranger.registry.close()


def test_a_held_grant_that_the_owners_list_ends_is_listed_as_revoked(home: Home, tmp_path: Path) -> None:
    theirs = open_registry(tmp_path / "theirs")
    held = Grants(home.worker.identity, theirs)
    request = Driver().request_grant("Line 2", held.identity)
    first, second = (home.grants.issue(request, terms(right)) for right in (Right.READ, Right.NETWORKS))
    for each in (first, second):
        held.take(each.text)
    held.note_ended()
    assert [each.revoked for each in theirs.grants.all()] == [None, None]
    home.grants.revoke(first)
    content = Driver().export_list(home.grants.identity, home.grants.memory("rp1"), b"")
    assert content is not None and Driver().import_list(content, held.identity, held.memory("rp1"))
    held.note_ended()
    assert theirs.grants.one(first.id).revoked is not None and theirs.grants.one(second.id).revoked is None
    theirs.close()


async def test_a_later_change_of_network_leaves_the_certificate_in_the_proof(home: Home) -> None:
    """Its receipt is the newest, and came without a certificate."""
    await home.work()
    home.worker.order = Order(wifi=WORK)
    await home.worker.operate(OwnershipOperation.REPROVISION)
    first, second = bring_home(home.grants, home.report)
    assert first.account.certificates and not second.account.certificates
    device = home.registry.device(first.device)
    proof = make_proof(home.registry, home.grants.identity, device)
    assert proof.chain == first.account.certificates
    checked = check_proof(encode(proof), receipt_reader, owner=proof.owner)
    assert {each.name: each.verdict for each in checked.checks}["certificate-name"] is Verdict.PASSED
    assert checked.holds and passes(encode(proof))


async def test_a_place_that_only_the_receipt_says_is_not_taken_for_a_site(home: Home) -> None:
    """Where the receipt does not hold, nobody knows the serial number that the grant is for."""
    await home.play.owner.commission()
    request = Driver().request_grant("Line 2", home.worker.identity)
    allowed = terms(Right.NETWORKS, Right.READ)
    home.worker.grant, home.worker.order = home.grants.issue(request, allowed).text, Order(wifi=WORK)
    await home.worker.operate(OwnershipOperation.REPROVISION)
    device = home.registry.device(by_id(home.bring().device))
    proof = make_proof(home.registry, home.grants.identity, device)
    wrong = replace(proof, entry=proof.entry[:-1] + bytes((proof.entry[-1] ^ 1,)))
    checked = {each.name: each for each in check_proof(encode(wrong), receipt_reader).checks}
    assert not wrong.chain and checked["receipt"].verdict is Verdict.FAILED
    assert checked["place"].verdict is Verdict.FAILED and "depends on" in str(checked["place"].reason)
