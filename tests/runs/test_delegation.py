"""A step outside of a grant is refused before the air is touched, and the bound is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.errors import CompanionError, GrantMissing, GrantRefused, OutsideGrant
from companion.identity import Identity, open_identity
from companion.model import Advertisement, Commissioned, DeviceIdentity, FoundDevice, Possession
from companion.protocols import Context, EntrustedDevice, Order, OwnershipOperation
from companion.registry import DeviceRecord, Registry, open_registry
from companion.runs import ownership
from companion.runs.commissioning import CommissioningRun
from companion.runs.delegation import Delegation, only_site
from companion.runs.ownership import OwnershipRun, owned_device
from companion.trust.grants.actions import Grants
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Bound, GrantTerms, Hours, Places, Right

NOW = datetime.now(UTC).replace(microsecond=0)
KEY = b"\x04" + b"d" * 64
TERMS = GrantTerms(
    frozenset({Right.NETWORKS, Right.ONBOARD}), Places(False, frozenset({"hall-2"})), NOW + timedelta(days=1)
)


class NoAir:
    """A radio that must not be touched."""

    spec, is_virtual, captured = "virtual", True, None

    async def check(self) -> None:
        raise AssertionError("the air was touched")


class Delegate:
    """Somebody who holds a grant for one device, and its owner."""

    def __init__(self, folder: Path) -> None:
        self.identity, self.owner = (
            open_identity(folder / name, throwaway=True) for name in ("delegate", "owner")
        )
        self.registry = open_registry(folder / "delegate")
        self.owners = open_registry(folder / "owner")

    def take(self, terms: GrantTerms) -> GrantRecord:
        issued = self._grants(self.owner, self.owners).issue(self._ours.ask("Line 2"), terms)
        held = self._ours.take(issued.text)
        device = EntrustedDevice("Lamp", "RP1-0001", KEY, "hall-2")
        self.registry.grants.entrust(held.protocol, held.owner, [device])
        return held

    def revoke(self, held: GrantRecord) -> None:
        """The delegate's app hears of it."""
        owner = self._grants(self.owner, self.owners)
        owner.revoke(owner.registry.grants.one(held.id))
        driver = _driver(held.protocol)
        signed = driver.export_list(self.owner, owner.memory(held.protocol))
        assert signed is not None
        assert driver.import_list(signed, self.identity, self._ours.memory(held.protocol))

    @property
    def device(self) -> DeviceRecord:
        return self.registry.device("RP1-0001")

    def choose(self, operation: OwnershipOperation) -> GrantRecord:
        return Delegation(self.identity, self.registry).for_device(self.device, operation)[0]

    @property
    def _ours(self) -> Grants:
        return self._grants(self.identity, self.registry)

    @staticmethod
    def _grants(identity: Identity, registry: Registry) -> Grants:
        return Grants(identity, registry)


def _driver(protocol: str):
    from companion.trust.grants.actions import driver_of

    return driver_of(protocol)


@pytest.fixture
def delegate(tmp_path: Path) -> Iterator[Delegate]:
    made = Delegate(tmp_path)
    yield made
    made.registry.close()
    made.owners.close()


async def ended(delegate: Delegate, operation: OwnershipOperation) -> CompanionError | None:
    """The error of a run that never comes to its radio."""
    return (await run_of(delegate, operation).run()).error


def run_of(delegate: Delegate, operation: OwnershipOperation) -> OwnershipRun:
    record = delegate.device
    return OwnershipRun(
        operation,
        owned_device(record),
        protocol=record.protocol,
        radio=NoAir(),  # type: ignore[arg-type]  # of which nothing is used
        order=Order(),
        identity=delegate.identity,
        registry=delegate.registry,
        endpoint=None,
        on_event=lambda event: None,
    )


@pytest.mark.parametrize(
    ("changes", "operation", "bound"),
    [
        ({}, OwnershipOperation.ROTATE, Bound.RIGHT),
        ({}, OwnershipOperation.RESET, Bound.RIGHT),
        (
            {"places": Places(False, frozenset({"hall-3"}))},
            OwnershipOperation.REPROVISION,
            Bound.PLACE,
        ),
        (
            {"since": NOW + timedelta(hours=2)},
            OwnershipOperation.REPROVISION,
            Bound.SINCE,
        ),
        (
            {"hours": Hours((NOW.hour + 3) % 24 * 60, (NOW.hour + 4) % 24 * 60)},
            OwnershipOperation.REPROVISION,
            Bound.HOURS,
        ),
    ],
    ids=["right", "reset", "place", "since", "hours"],
)
async def test_a_run_outside_of_its_grant_names_the_bound_and_touches_nothing(
    delegate: Delegate, changes: dict, operation: OwnershipOperation, bound: Bound
) -> None:
    delegate.take(replace(TERMS, **changes))
    error = await ended(delegate, operation)
    assert isinstance(error, OutsideGrant) and error.bound == bound.value
    assert delegate.owner.name in error.title_text and "{" not in error.advice_text
    if bound is Bound.PLACE:
        serial = str(error.facts["serial"])
        assert serial and f"not the device {serial}" in error.advice_text
        assert f"It covers {error.facts['limit']}, but" in error.advice_text


async def test_without_a_grant_somebody_elses_device_is_not_touched(delegate: Delegate) -> None:
    held = delegate.take(TERMS)
    delegate.registry.grants.keep(replace(held, owner=b"\x04" + b"x" * 64))
    assert isinstance(await ended(delegate, OwnershipOperation.REPROVISION), GrantMissing)


async def test_a_revoked_grant_is_not_tried_once_the_app_has_heard(delegate: Delegate) -> None:
    held = delegate.take(TERMS)
    assert delegate.choose(OwnershipOperation.REPROVISION).id == held.id
    delegate.revoke(held)
    error = await ended(delegate, OwnershipOperation.REPROVISION)
    assert isinstance(error, OutsideGrant) and error.bound == Bound.REVOKED.value


def test_of_several_grants_the_one_that_allows_it_is_used(delegate: Delegate) -> None:
    delegate.take(TERMS)
    rotates = delegate.take(replace(TERMS, rights=frozenset({Right.ROTATE})))
    assert delegate.choose(OwnershipOperation.ROTATE).id == rotates.id
    with pytest.raises(OutsideGrant):
        delegate.choose(OwnershipOperation.RESET)


async def test_a_new_device_outside_is_refused_before_it_is_looked_for(delegate: Delegate) -> None:
    held = delegate.take(TERMS)
    run = CommissioningRun(
        radio=NoAir(),  # type: ignore[arg-type]  # of which nothing is used
        code=None,
        order=Order(grant=held.id, site="hall-3"),
        identity=delegate.identity,
        registry=delegate.registry,
        endpoint=None,
        on_event=lambda event: None,
    )
    error = (await run.run()).error
    assert isinstance(error, OutsideGrant) and error.bound == Bound.PLACE.value


def test_the_only_site_of_a_grant_goes_without_saying() -> None:
    assert only_site(TERMS) == "hall-2"
    assert only_site(replace(TERMS, places=Places(True))) == ""
    assert only_site(replace(TERMS, places=Places(False, frozenset({"a", "b"})))) == ""


@pytest.mark.parametrize("refused", [0, 1, 2])
async def test_of_several_grants_the_device_may_take_an_older_one(
    delegate: Delegate, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    """It knows what its owner ended, and the holder of the newest grant need not have heard."""
    older, newer = delegate.take(TERMS), delegate.take(TERMS)
    order = [each.id for each in (newer, older)]
    tried: list[str] = []

    class Device:
        name = older.protocol

        def recognise(self, advertisement: object, device: object) -> None:
            return None

        async def operate(self, context: Context, operation: object, device: object) -> Commissioned:
            tried.append(context.grant_id)
            if context.grant_id in order[:refused]:
                raise GrantRefused
            return Commissioned(DeviceIdentity("rp1-1", "Lamp"), "owner", possession=Possession.ENTRUSTED)

    async def at_once(*given: object) -> Any:
        return FoundDevice(older.protocol, Advertisement("C0:00:00:00:00:01"), "Lamp")

    monkeypatch.setattr(ownership, "ownership_driver", lambda name: Device())
    monkeypatch.setattr(ownership, "search", at_once)
    monkeypatch.setattr(ownership.RadioDialer, "rediscover", at_once)
    monkeypatch.setattr(NoAir, "check", at_once)
    monkeypatch.setattr(OwnershipRun, "_confirm", at_once)
    outcome = await run_of(delegate, OwnershipOperation.REPROVISION).run()
    assert tried == order[: refused + 1]
    assert isinstance(outcome.error, GrantRefused) if refused == 2 else outcome.grant.id == order[refused]
