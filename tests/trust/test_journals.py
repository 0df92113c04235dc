"""Delegates' logs come home: what was set up, whether it was allowed, and who signed two histories."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.encoding import cbor
from companion.errors import JournalForked, JournalInvalid
from companion.identity import OwnerKey
from companion.protocols import ReceiptReader, delegation_drivers
from companion.protocols.discovery import receipt_reader
from companion.registry.database.connection import connect
from companion.registry.transparency.nodes import grow
from companion.trust.anomalies.alarms import Rule
from companion.trust.grants.actions import Grants
from companion.trust.grants.names import key_id
from companion.trust.grants.record import GrantState
from companion.trust.grants.terms import GrantTerms, Places, Right, TermsRequest
from companion.trust.journals import Merged, export_journal, merge_journal
from companion.trust.transparency import split
from companion.trust.transparency.entries import LogHead, sign_head
from companion.trust.transparency.journal import decode, encode
from tests.trust.proof.samples import commission, open_both

UNTIL = datetime(2026, 12, 20, tzinfo=UTC)


def reader_of_rp1() -> ReceiptReader:
    reader = receipt_reader("rp1")
    assert reader is not None
    return reader


class Team:
    """An owner, and a delegate who may set up devices until `UNTIL`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry, self.identity = open_both(folder / "owner")
        self.theirs, self.delegate = open_both(folder / "delegate")
        rights = frozenset({Right.ONBOARD, Right.DELEGATE})
        terms = GrantTerms(rights, Places(everywhere=True), UNTIL, depth=1)
        issued = Grants(self.identity, self.registry).issue(
            Grants(self.delegate, self.theirs).ask("Line 2"), terms
        )
        self.grant = Grants(self.delegate, self.theirs).take(issued.text)
        self.digest = reader_of_rp1().digest(reader_of_rp1().chain_of(issued.text))
        self.ended: list[bytes] = []

    def onboard(
        self, serial: str, at: datetime | None = UNTIL - timedelta(days=1), *, granted: bool = True
    ) -> None:
        time = None if at is None else int(at.timestamp())
        digest = self.digest if granted else None
        owner = self.identity.owner.public
        commission(self.theirs, self.delegate, serial, grants=digest, time=time, owner=owner)

    def export(self, begin: int = 0) -> bytes:
        return encode(export_journal(self.theirs, self.delegate, self.identity.owner.public, begin))

    def merge(self, content: bytes) -> Merged:
        return merge_journal(
            content, self.registry, self.identity, self.folder / "owner", forked=self.ended.append
        )

    def alter(self, statement: str) -> None:
        with closing(sqlite3.connect(self.folder / "delegate" / "registry.db")) as database:
            database.executescript(statement)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.registry.close()
    made.theirs.close()


def test_the_owner_hears_what_was_set_up_and_what_was_too_late(team: Team) -> None:
    for number in range(12):
        team.onboard(f"SN-{number}")
    team.onboard("SN-late", UNTIL)
    team.onboard("SN-later", UNTIL + timedelta(days=1))
    team.onboard("SN-when", None)
    team.onboard("SN-own", granted=False)
    commission(team.theirs, team.delegate, "SN-private")
    told = team.merge(team.export())
    assert (told.size, told.new, len(told.onboarded), told.others) == (17, 17, 16, 1)
    assert (told.late, told.undated, told.uncovered) == (
        ("SN-late", "SN-later"),
        ("SN-when",),
        ("SN-own",),
    )
    assert b"SN-private" not in team.export() and b"SN-later" in team.export()
    # Its head is in the owner's log, for witnesses of the owner.
    assert team.registry.log.head().size == 1


def test_only_what_is_new_is_told_and_the_tree_goes_on(team: Team) -> None:
    team.onboard("SN-1")
    assert team.merge(team.export()).new == 1
    team.onboard("SN-2")
    team.onboard("SN-3")
    assert team.merge(team.export(begin=1)).onboarded == ("SN-2", "SN-3")
    assert team.merge(team.export()).new == 0
    assert team.registry.log.head().size >= 2 and not team.ended


def test_an_entry_that_was_taken_out_is_evidence_and_ends_the_delegate(team: Team) -> None:
    for number in range(3):
        team.onboard(f"SN-{number}")
    team.merge(team.export())
    team.alter(
        "DELETE FROM log WHERE number = 1; UPDATE log SET number = 1 WHERE number = 2; DELETE FROM log_nodes"
    )
    engine = connect(team.folder / "delegate")
    with engine.begin() as connection:
        grow(connection)
    engine.dispose()
    with pytest.raises(JournalInvalid, match="older"):
        team.merge(team.export())  # as long as it is shorter it might be an old one
    team.onboard("SN-9")
    with pytest.raises(JournalForked):
        team.merge(team.export())
    assert team.ended == [team.delegate.owner.public]
    (kept,) = (team.folder / "owner" / "evidence").iterdir()
    evidence = split.decode(kept.read_bytes())
    assert evidence is not None and split.check_evidence(evidence)[1]


def test_what_nobody_reported_is_looked_at(team: Team) -> None:
    team.onboard("SN-1")
    team.onboard("SN-2", granted=False)
    team.merge(team.export())
    (found,) = team.registry.alerts.check()
    assert found.rule is Rule.NO_GRANT and "SN-2" in str(found.sentence) and found.can_stop
    team.merge(team.export())
    assert team.registry.alerts.overview().onboardings == 2


def test_what_a_carrier_changed_ends_nobody(team: Team) -> None:
    for number in range(3):
        team.onboard(f"SN-{number}")
    first = team.export()
    team.merge(first)
    team.onboard("SN-3")
    content = team.export()
    journal = decode(content)
    wrong = [
        b"",
        content[:-1],
        first[:200] + bytes((first[200] ^ 1,)) + first[201:],
        encode(replace(journal, entries=journal.entries[:-1])),
        encode(replace(journal, entries=tuple(reversed(journal.entries)))),
        encode(replace(journal, begin=1, entries=journal.entries[1:])),
        encode(replace(journal, holder=OwnerKey.generate().public)),
        encode(replace(journal, head=decode(first).head)),
    ]
    for each in wrong:
        with pytest.raises(JournalInvalid):
            team.merge(each)
    assert not team.ended and not (team.folder / "owner" / "evidence").exists()
    assert team.merge(content).onboarded == ("SN-3",)
    with pytest.raises(JournalInvalid, match="older"):
        team.merge(first)


def test_two_heads_of_one_size_end_the_delegate(team: Team) -> None:
    team.onboard("SN-1")
    team.merge(team.export())
    journal = decode(team.export())
    head = team.theirs.log.head()
    other = LogHead(head.size, bytes(32), head.time, head.origin)
    with pytest.raises(JournalForked):
        team.merge(encode(replace(journal, head=sign_head(other, team.delegate.owner.sign))))
    assert team.ended == [team.delegate.owner.public]


def test_a_stranger_has_nothing_to_bring(team: Team, tmp_path: Path) -> None:
    registry, stranger = open_both(tmp_path / "stranger")
    commission(registry, stranger, "SN-1", owner=team.identity.owner.public)
    content = encode(export_journal(registry, stranger, team.identity.owner.public))
    registry.close()
    with pytest.raises(JournalInvalid, match="never had a grant"):
        team.merge(content)
    assert team.registry.log.head().size == 0


def test_bounds_hold_before_anything_is_read() -> None:
    with pytest.raises(ValueError):
        decode(cbor.encode({1: 2}))
    with pytest.raises(ValueError):
        decode(b"\xa6\x01\x01\x05\x9a\x7f\xff\xff\xff")


def test_a_log_of_somebody_to_whom_a_grant_was_passed_on_names_by_whom(team: Team) -> None:
    further, key = open_both(team.folder / "further"), team.delegate.owner.public
    request = Grants(further[1], further[0]).ask("Night shift")
    passed_on = Grants(team.delegate, team.theirs).issue_under(team.grant, request, TermsRequest())
    Grants(further[1], further[0]).take(passed_on.text)
    owner = team.identity.owner.public
    digest = reader_of_rp1().digest(reader_of_rp1().chain_of(passed_on.text))
    commission(further[0], further[1], "SN-1", grants=digest, owner=owner)
    content = encode(export_journal(further[0], further[1], owner))
    merged = team.merge(content)
    assert (merged.onboarded, merged.uncovered, merged.under) == (("SN-1",), (), (key,))
    team.onboard("SN-2")
    assert team.merge(team.export()).under == ()
    further[0].close()


def test_who_got_a_grant_from_a_delegate_can_be_stopped_too(team: Team) -> None:
    """The owner has no record of that grant, only the key."""
    further, driver = open_both(team.folder / "further"), delegation_drivers()["rp1"]
    theirs = Grants(further[1], further[0])
    held = theirs.take(
        Grants(team.delegate, team.theirs)
        .issue_under(team.grant, theirs.ask("Night shift"), TermsRequest())
        .text
    )
    grants = Grants(team.identity, team.registry)
    grants.revoke_key(key_id(further[1].owner.public))
    told = driver.export_list(team.identity, grants.memory("rp1"))
    assert told is not None and driver.import_list(told, further[1], theirs.memory("rp1"))
    assert driver.is_ended(held.text, theirs.memory("rp1"))
    assert not driver.is_ended(team.grant.text, theirs.memory("rp1")), "the one above it still counts"
    further[0].close()


def test_revoking_a_holder_is_what_the_command_does(team: Team) -> None:
    grants = Grants(team.identity, team.registry)
    grants.revoke_holder(team.registry.grants.of_holder(team.delegate.owner.public))
    (record,) = team.registry.grants.all(held=False)
    assert record.state(datetime.now(UTC)) is GrantState.REVOKED
