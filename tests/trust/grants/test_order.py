"""A delegate chooses which report comes home first. What the device signed says which one is newer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.encoding import cbor
from companion.protocols import OwnershipOperation
from companion.protocols.discovery import receipt_reader
from companion.protocols.receipts import Acknowledged
from companion.protocols.rp1.driver import Driver
from companion.trust.anomalies.alarms import Rule
from companion.trust.grants.accounts import bring_home
from companion.trust.grants.order import Place, place
from companion.trust.grants.terms import Right
from companion.trust.proof.checks import check_proof
from companion.trust.proof.document import encode
from companion.trust.proof.export import make_proof
from tests.protocols.rp1.support.bench import NOW
from tests.protocols.rp1.support.delegation import ENDPOINT, terms
from tests.trust.grants.test_accounts import PREFIX, Home

EARLY = datetime(2026, 12, 1, tzinfo=UTC)
LATER = EARLY + timedelta(seconds=1)
SAID = Acknowledged("X", bytes(32), None, None, epoch=2, list_counter=5)


async def _rotations(home: Home, *, clock: bool) -> tuple[bytes, bytes]:
    """Two reports, each of one rotation."""
    device, now = home.play.owner.device, [NOW]
    if clock:
        device.wall = lambda: float(now[0])
        device.boot()
    await home.play.owner.commission()
    request = Driver().request_grant("Line 2", home.worker.identity)
    home.worker.grant = home.grants.issue(request, terms(Right.ROTATE, Right.ONBOARD), endpoint=ENDPOINT).text
    await home.worker.operate(OwnershipOperation.ROTATE)
    first = cbor.decode(home.report.removeprefix(PREFIX))[1]  # type: ignore[index]
    now[0] += 60
    await home.worker.operate(OwnershipOperation.ROTATE)
    both = cbor.decode(home.report.removeprefix(PREFIX))[1]  # type: ignore[index]
    second = [each for each in both if each not in first]  # type: ignore[union-attr, operator]
    return PREFIX + cbor.encode([1, first]), PREFIX + cbor.encode([1, second])


@pytest.mark.parametrize("clock", [True, False])
async def test_a_report_that_was_held_back_replaces_nothing(tmp_path: Path, clock: bool) -> None:
    home = Home(tmp_path)
    first, second = await _rotations(home, clock=clock)
    (new,) = bring_home(home.grants, second)
    before = home.registry.device(new.device)
    (old,) = bring_home(home.grants, first)
    # Without a clock, certificates of one second have no order.
    assert new.refused is None and old.refused in (["older"] if clock else ["older", "order"])
    assert home.is_admitted(new) and not home.is_admitted(old)
    after = home.registry.device(new.device)
    current = [each.details for each in after.credentials if each.kind == "ldevid" and not each.replaced]
    assert [each["fingerprint"] for each in current] == [new.account.certificate]
    assert (after.updated, after.state) == (before.updated, before.state)
    assert old.account.receipt.signed in [each.signed for each in after.receipts], "kept as evidence"
    home.registry.alerts.check()
    (alert,) = [each for each in home.registry.alerts.all() if each.rule is Rule.HELD_BACK]
    assert "after a newer one" in str(alert.sentence) or "Nothing that is signed" in str(alert.sentence)
    assert alert.can_stop and alert.years is None
    (again,) = bring_home(home.grants, first)
    assert again.known
    proof = make_proof(home.registry, home.grants.identity, home.registry.device(new.device))
    assert proof.chain == new.account.certificates, "what a proof shows is the newest, too"
    assert check_proof(encode(proof), receipt_reader).holds
    home.registry.close()


async def test_reports_in_their_order_replace_each_other(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first, second = await _rotations(home, clock=True)
    for report in (first, second):
        (told,) = bring_home(home.grants, report)
        assert told.refused is None and home.is_admitted(told)
    home.registry.alerts.check()
    assert not [each for each in home.registry.alerts.all() if each.rule is Rule.HELD_BACK]
    home.registry.close()


def test_what_the_device_signed_goes_before_what_its_issuer_wrote() -> None:
    told = {"begins": EARLY, "current": LATER}
    assert place(SAID, [replace(SAID, epoch=1)], **told) is Place.NEWEST
    assert place(SAID, [replace(SAID, epoch=3)]) is Place.OLDER
    assert place(replace(SAID, at=LATER), [replace(SAID, at=EARLY)], **told) is Place.NEWEST
    assert place(replace(SAID, at=EARLY), [replace(SAID, at=LATER)]) is Place.OLDER
    assert place(SAID, [replace(SAID, list_counter=4)], **told) is Place.NEWEST
    assert place(SAID, [replace(SAID, list_counter=6), replace(SAID, epoch=1)]) is Place.OLDER


def test_without_an_order_the_certificates_beginnings_count() -> None:
    assert place(SAID, [SAID], begins=EARLY, current=LATER) is Place.OLDER
    assert place(SAID, [SAID], begins=LATER, current=EARLY) is Place.NEWEST
    assert place(SAID, [SAID], begins=EARLY, current=EARLY) is Place.UNKNOWN
    assert place(SAID, [SAID], begins=None, current=EARLY) is Place.NEWEST
    assert place(SAID, [], begins=EARLY, current=EARLY) is Place.NEWEST
