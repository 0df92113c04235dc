"""Grants as they travel: what is signed is what was said, and nothing in it can be changed on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from companion.encoding import cbor
from companion.errors import GrantInvalid, GrantTooWide, RevocationListInvalid, TooManyRevoked
from companion.identity import Identity, open_identity, owner_domain
from companion.protocols import EntrustedDevice, GrantDocument, GrantOrder, Memory
from companion.protocols.rp1.credentials import grant_bundle, grants, revocation_list
from companion.protocols.rp1.driver import Driver, accounts, delegation
from companion.protocols.rp1.setup_code.grant_code import GRANT, REQUEST
from companion.setup_code.digits import base45
from companion.trust.grants.terms import Bound, Delivery, GrantTerms, Hours, Places, Right
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import FakeMemory

NOW = datetime.now(UTC).replace(microsecond=0)
TERMS = GrantTerms(
    rights=frozenset({Right.ONBOARD, Right.NETWORKS, Right.DELEGATE}),
    places=Places(False, frozenset({"hall-2"}), frozenset({"rp1-0001"})),
    until=NOW + timedelta(days=14),
    since=NOW - timedelta(hours=1),
    depth=2,
    max_uses=3,
    devices=40,
    hours=Hours(360, 1080),
    deliveries=(Delivery(40, NOW.date(), "hall-2"),),
    reset_lock=True,
)
LAMP = EntrustedDevice("Lamp", "RP1-0001", PRODUCT.point, "hall-2")


@dataclass
class Person:
    identity: Identity
    memory: Memory

    def request(self, name: str) -> str:
        return Driver().request_grant(name, self.identity)

    def issue(self, request: str, terms: GrantTerms = TERMS, under: str = "") -> GrantDocument:
        asked = Driver().read_request(request)
        assert asked is not None
        order = GrantOrder(terms, () if under else (LAMP,), "endpoint.example:8883", under)
        return Driver().issue_grant(asked, order, self.identity, self.memory)

    def accept(self, text: str) -> GrantDocument:
        return Driver().accept_grant(text, self.identity, self.memory)


@pytest.fixture
def people(tmp_path: Path) -> list[Person]:
    """An owner, a delegate, and the delegate's delegate."""
    return [
        Person(open_identity(tmp_path / name, throwaway=True), FakeMemory())
        for name in ("owner", "delegate", "further")
    ]


def narrower(held: GrantTerms, **changes: object) -> GrantTerms:
    depth = held.depth - 1
    rights = held.rights if depth else held.rights - {Right.DELEGATE}
    made = replace(held, depth=depth, rights=rights, max_uses=None, deliveries=())
    return replace(made, **changes)  # type: ignore[arg-type]  # of the fields of terms


def test_what_is_signed_is_what_was_said(people: list[Person]) -> None:
    owner, delegate, _ = people
    made = owner.issue(delegate.request("Line 2"))
    taken = delegate.accept(made.text)
    assert taken == made and taken.own.terms == TERMS and taken.own.name == "Line 2"
    assert (taken.owner, taken.own.holder) == (owner.identity.owner.public, delegate.identity.owner.public)
    assert taken.devices == (LAMP,) and taken.endpoint == "endpoint.example:8883"
    (grant,) = delegation.bundle_of(made.text).grants
    assert grant.scope == grants.Scope.ONBOARD | grants.Scope.WIFI | grants.Scope.DELEGATE
    assert not grant.scope & grants.Scope.RESERVED, "transfer can't be granted"
    assert (grant.max_uses, grant.devices, grant.terms.reset_lock) == (3, 40, True)


def test_a_delegate_certifies_under_its_sites_alone_and_no_longer_than_the_grant(
    people: list[Person],
) -> None:
    owner, delegate, _ = people
    made = owner.issue(delegate.request("Line 2"), replace(TERMS, until=NOW + timedelta(days=5)))
    (own,) = map(x509.load_der_x509_certificate, delegation.bundle_of(made.text).certifiers)
    names = own.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    domain = owner_domain(owner.identity.owner.public)
    assert [each.value for each in names or ()] == [f"hall-2.{domain}", f"none.{domain}"]
    assert own.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == TERMS.depth
    assert own.not_valid_after_utc == NOW + timedelta(days=5)
    long = owner.issue(delegate.request("Line 2"), replace(TERMS, until=NOW + timedelta(days=300)))
    latest = datetime.now(UTC) + timedelta(days=30, minutes=5)
    assert long.certifies_until is not None and long.certifies_until <= latest
    reads = owner.issue(
        delegate.request("Line 2"), replace(TERMS, rights=frozenset({Right.READ}), depth=0, devices=None)
    )
    assert reads.certifies_until is None, "who sets up no devices certifies none"


def test_three_generations_each_narrower(people: list[Person]) -> None:
    owner, delegate, further = people
    first = owner.issue(delegate.request("Line 2"))
    second = delegate.issue(further.request("Jig"), narrower(TERMS), under=first.text)
    taken = further.accept(second.text)
    assert [link.name for link in taken.links] == ["Line 2", "Jig"]
    assert taken.own.terms.depth == 1
    chain = delegation.bundle_of(second.text).certifiers
    assert len(chain) == 2, "the delegate's certificate goes with its delegate's"
    third = further.issue(delegate.request("Me again"), narrower(taken.own.terms), under=second.text)
    assert len(third.links) == 3 and len(delegation.bundle_of(third.text).certifiers) == 3


@pytest.mark.parametrize(
    "wider",
    [
        {"rights": frozenset({Right.ONBOARD, Right.RESET, Right.DELEGATE})},
        {"places": Places(True)},
        {"until": TERMS.until + timedelta(seconds=1)},
        {"since": None},
        {"depth": 2},
        {"devices": 41},
        {"hours": None},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_wider_grant_comes_out_whatever_is_put_in(people: list[Person], wider: dict) -> None:
    owner, delegate, further = people
    first = owner.issue(delegate.request("Line 2"))
    with pytest.raises(GrantTooWide):
        delegate.issue(further.request("Jig"), narrower(TERMS, **wider), under=first.text)


def test_a_grant_is_for_its_holder_alone(people: list[Person]) -> None:
    owner, delegate, further = people
    made = owner.issue(delegate.request("Line 2"))
    for other in (further, owner):
        with pytest.raises(GrantInvalid):
            other.accept(made.text)
    with pytest.raises(GrantInvalid):
        further.issue(further.request("Jig"), narrower(TERMS), under=made.text)


def test_an_owner_takes_no_grant_of_its_own(people: list[Person]) -> None:
    owner, *_ = people
    with pytest.raises(GrantInvalid):
        owner.accept(owner.issue(owner.request("Me")).text)


def test_a_request_whose_key_to_certify_with_is_none_gets_no_grant(people: list[Person]) -> None:
    owner, delegate, _ = people
    asked = Driver().read_request(delegate.request("Line 2"))
    assert asked is not None
    with pytest.raises(GrantInvalid):
        Driver().issue_grant(
            replace(asked, certifier=b"\x30\x00"), GrantOrder(TERMS), owner.identity, owner.memory
        )


def test_every_octet_of_a_grant_and_of_a_request_is_signed(people: list[Person]) -> None:
    owner, delegate, _ = people
    asked = delegate.request("Line 2")
    for prefix, text, read in (
        (REQUEST, asked, Driver().read_request),
        (GRANT, owner.issue(asked).text, Driver().read_grant),
    ):
        octets = base45.decode(text.removeprefix(prefix))
        for place in range(0, len(octets), 7):
            twisted = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]
            with pytest.raises(GrantInvalid):
                read(prefix + base45.encode(twisted))


@pytest.mark.parametrize("field", ["endpoint", "anchors", "devices", "certifiers"])
def test_who_carries_a_grant_puts_nothing_of_his_own_into_it(people: list[Person], field: str) -> None:
    owner, delegate, thief = people
    bundle = delegation.bundle_of(owner.issue(delegate.request("Line 2")).text)
    theirs = {
        "endpoint": "thief.example:1",
        "anchors": thief.identity.ca.anchors,
        "devices": (),
        "certifiers": thief.identity.ca.anchors,
    }
    forged = grant_bundle.make(thief.identity.owner.sign, replace(bundle, **{field: theirs[field]}))
    with pytest.raises(GrantInvalid):
        Driver().read_grant(forged)


def test_a_grant_whose_inside_does_not_hold_together_is_refused(people: list[Person]) -> None:
    """Signed by who may sign it, and still wrong: a foreign list, certificates that lead nowhere."""
    owner, delegate, other = people
    bundle = delegation.bundle_of(owner.issue(delegate.request("Line 2")).text)
    Driver().revoke_holder(other.identity.owner.public, other.identity, other.memory)
    foreign = Driver().export_list(other.identity, other.memory)
    assert foreign is not None
    for changed in (
        replace(bundle, revoked=foreign),
        replace(bundle, certifiers=other.identity.ca.anchors),
        replace(bundle, anchors=other.identity.ca.anchors),
    ):
        with pytest.raises(GrantInvalid):
            Driver().read_grant(grant_bundle.make(owner.identity.owner.sign, changed))


@pytest.mark.parametrize("text", ["", "RP1G:", "RP1G:ABC", "RP1G:é", "RP1Q:", "RP1Q:0", "nonsense"])
def test_what_is_no_grant_is_refused_or_left_to_others(text: str) -> None:
    for read in (Driver().read_grant, Driver().read_request):
        try:
            assert read(text) is None
        except GrantInvalid as refused:
            assert refused.code == "A-152"


def test_a_report_is_told_from_other_files_by_its_beginning() -> None:
    report = accounts.export("no grant", FakeMemory())
    assert Driver().is_account(report)
    assert not any(Driver().is_account(other) for other in (b"", report[1:], b"RP1G:ABC"))


def test_a_holder_with_a_key_of_another_curve_point_is_no_holder(people: list[Person]) -> None:
    _, delegate, _ = people
    octets = base45.decode(delegate.request("x").removeprefix(REQUEST))
    protected, unprotected, payload, signature = cbor.decode(octets)  # type: ignore[misc]
    fields = cbor.decode(payload)  # type: ignore[arg-type]
    fields[2] = b"\x04" + bytes(64)  # type: ignore[call-overload, index]
    bad = cbor.encode([protected, unprotected, cbor.encode(fields), signature])
    with pytest.raises(GrantInvalid):
        Driver().read_request(REQUEST + base45.encode(bad))


def test_a_grant_written_again_has_todays_list_and_the_same_rights(people: list[Person]) -> None:
    owner, delegate, further = people
    made = owner.issue(delegate.request("Line 2"))
    owner_key = owner.identity.owner.public
    before = revocation_list.read(delegation.bundle_of(made.text).revoked, owner_key)
    Driver().revoke_holder(further.identity.owner.public, owner.identity, owner.memory)
    again = Driver().renew_grant(made.text, GrantOrder(TERMS, (), "other:1"), owner.identity, owner.memory)
    assert again.own == made.own and again.endpoint == "other:1" and again.devices == ()
    after = revocation_list.read(delegation.bundle_of(again.text).revoked, owner_key)
    assert before.counter == 0 and after.names(holder=further.identity.owner.public)
    with pytest.raises(GrantInvalid):
        Driver().renew_grant(made.text, GrantOrder(TERMS), delegate.identity, delegate.memory)


def test_a_grant_without_the_right_to_certify_is_written_again_without_a_certificate(
    people: list[Person],
) -> None:
    owner, delegate, _ = people
    reads = replace(TERMS, rights=frozenset({Right.READ}), depth=0, devices=None)
    made = owner.issue(delegate.request("Line 2"), reads)
    again = Driver().renew_grant(made.text, GrantOrder(reads), owner.identity, owner.memory)
    assert again.certifies_until is None and again.own.terms == made.own.terms


def test_a_grant_whose_end_no_calendar_has_is_refused() -> None:
    grant = grants.Grant(b"", grants.Scope.READ, 2**60, 0, b"cti-0001")
    with pytest.raises(GrantInvalid):
        delegation.terms_of(grant, grant_bundle.Remarks())


# --- lists -------------------------------------------------------------------------------------------------


def test_revoking_names_the_grant_then_the_holder_and_the_floor_frees_the_entries(
    people: list[Person],
) -> None:
    owner, delegate, _ = people
    made = owner.issue(delegate.request("Line 2"))
    standing = Driver().list_standing(owner.identity, owner.memory)
    assert (standing.counter, standing.entries) == (0, 0), "nothing was ever revoked, nobody has to know"
    Driver().revoke_grant(made.own, owner.identity, owner.memory)
    first = Driver().list_standing(owner.identity, owner.memory)
    assert first.entries == 1 and first.counter > 0
    Driver().revoke_grant(made.own, owner.identity, owner.memory)
    assert Driver().list_standing(owner.identity, owner.memory) == first, "said once is enough"
    for _ in range(2):
        Driver().revoke_holder(made.own.holder, owner.identity, owner.memory)
    assert Driver().list_standing(owner.identity, owner.memory).entries == 2
    assert Driver().raise_floor(owner.identity, owner.memory) == 1
    last = Driver().list_standing(owner.identity, owner.memory)
    assert (last.floor, last.entries) == (1, 1), "the holder's key stays named"
    assert last.counter > first.counter
    again = owner.issue(delegate.request("Line 2"))
    assert delegation.bundle_of(again.text).grants[0].epoch == 1, "new grants count again"


def test_a_full_list_says_what_frees_it(people: list[Person]) -> None:
    owner, delegate, _ = people
    link = owner.issue(delegate.request("Line 2")).own
    for number in range(32):
        Driver().revoke_grant(replace(link, id=f"{number:016x}"), owner.identity, owner.memory)
    with pytest.raises(TooManyRevoked):
        Driver().revoke_grant(replace(link, id="ff" * 8), owner.identity, owner.memory)
    Driver().raise_floor(owner.identity, owner.memory)
    Driver().revoke_grant(replace(link, id="ff" * 8), owner.identity, owner.memory)


def test_a_list_is_carried_by_file_and_an_older_or_foreign_one_changes_nothing(
    people: list[Person],
) -> None:
    owner, delegate, stranger = people
    delegate.accept(owner.issue(delegate.request("Line 2")).text)
    key = owner.identity.owner.public
    lists = []
    for number in range(2):
        Driver().revoke_holder(bytes([4, number]) * 32 + b"x", owner.identity, owner.memory)
        lists.append(Driver().export_list(owner.identity, owner.memory))
    older, newer = lists
    assert older is not None and newer is not None
    assert Driver().import_list(newer, delegate.identity, delegate.memory)
    assert not Driver().import_list(older, delegate.identity, delegate.memory)
    assert Driver().export_list(delegate.identity, delegate.memory, key) == newer
    Driver().revoke_holder(key, stranger.identity, stranger.memory)
    foreign = Driver().export_list(stranger.identity, stranger.memory)
    assert foreign is not None
    for bad in (foreign, newer[:-1] + bytes([newer[-1] ^ 1]), b"", b"\xff"):
        with pytest.raises(RevocationListInvalid):
            Driver().import_list(bad, delegate.identity, delegate.memory)
    assert Driver().export_list(delegate.identity, delegate.memory, key) == newer


def test_a_second_copy_of_the_owners_records_takes_a_list_over(people: list[Person]) -> None:
    owner, _, _ = people
    Driver().revoke_holder(b"\x04" + bytes(64), owner.identity, owner.memory)
    signed = Driver().export_list(owner.identity, owner.memory)
    assert signed is not None
    copy = FakeMemory()
    assert Driver().import_list(signed, owner.identity, copy)
    assert Driver().export_list(owner.identity, copy) == signed
    assert not Driver().import_list(signed, owner.identity, copy)


def test_two_copies_whose_lists_do_not_fit_into_one_say_so(people: list[Person]) -> None:
    owner, _, _ = people
    copy = FakeMemory()
    for memory, first in ((owner.memory, 0), (copy, 100)):
        for number in range(first, first + 20):
            Driver().revoke_holder(bytes([4, number]) * 32 + b"x", owner.identity, memory)
    signed = Driver().export_list(owner.identity, owner.memory)
    assert signed is not None
    with pytest.raises(TooManyRevoked):
        Driver().import_list(signed, owner.identity, copy)
    assert Driver().list_standing(owner.identity, copy).entries == 20


def test_every_bound_has_its_enforcer() -> None:
    assert set(Driver().enforcement) == set(Bound)


def test_a_certificate_that_names_no_device_says_no_site() -> None:
    """No service lets in who holds one that names no device, so it says nothing of a place."""
    assert accounts._certified_site(b"no certificate") == ""
