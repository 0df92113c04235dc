"""What a delegate did under a grant for a site: a receipt names the site only where the label was given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from companion.protocols import Order, OwnershipOperation
from companion.protocols.rp1.driver import Driver
from companion.trust.grants.accounts import bring_home, flaw
from companion.trust.grants.terms import Places, Right
from tests.protocols.rp1.support.bench import NOW
from tests.protocols.rp1.support.delegation import ENDPOINT, WORK, terms
from tests.trust.grants.test_accounts import Home

Work = Callable[[Home], Awaitable[None]]
HALL = Places(False, frozenset({"hall-2"}))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.registry.close()


async def _onboard(home: Home) -> None:
    """The delegate sets the device up at the hall, and may work there on. The device has a clock."""
    device, seconds = home.play.owner.device, count(NOW)
    device.wall = lambda: float(next(seconds))
    device.boot()
    allowed = terms(Right.ONBOARD, Right.NETWORKS, Right.ROTATE, places=HALL)
    request = Driver().request_grant("Line 2", home.worker.identity)
    home.worker.grant = home.grants.issue(request, allowed, endpoint=ENDPOINT).text
    home.worker.order = Order(site="hall-2")
    await home.worker.commission()


async def _rotate(home: Home) -> None:
    await home.worker.operate(OwnershipOperation.ROTATE)


async def _change_network(home: Home) -> None:
    home.worker.order = Order(wifi=WORK)
    await home.worker.operate(OwnershipOperation.REPROVISION)


@pytest.mark.parametrize("work", [_rotate, _change_network])
async def test_later_work_at_the_grants_site_is_covered(home: Home, work: Work) -> None:
    await _onboard(home)
    assert home.bring().refused is None
    await work(home)
    again, later = bring_home(home.grants, home.report)
    assert again.known and not later.account.onboards and not later.account.site
    assert later.refused is None
    if later.account.certificate:
        assert later.account.certified_site == "hall-2" and home.is_admitted(later)


async def test_each_site_that_a_certificate_or_label_names_has_to_be_covered(home: Home) -> None:
    """A certificate that names no site leaves it with the record."""
    await _onboard(home)
    (made,) = Driver().read_accounts(home.report, home.grants.identity) or ()
    assert (made.site, made.certified_site) == ("hall-2", "hall-2")
    grant = home.grants.registry.grants.all()[0]
    told = {
        ("hall-2", "hall-9"): "place",
        ("hall-9", "hall-2"): "place",
        ("", "hall-9"): "place",
        ("", "hall-2"): None,
        ("", ""): "place",
    }
    for (label, certified), refused in told.items():
        account = replace(made, site=label, certified_site=certified)
        assert flaw(home.registry, account, grant, late=False) == refused
    assert home.bring().refused is None
    rotated = replace(made, onboards=False, site="", certified_site="")
    assert flaw(home.registry, rotated, grant, late=False) is None
    assert flaw(home.registry, replace(rotated, certified_site="hall-9"), grant, late=False) == "place"
