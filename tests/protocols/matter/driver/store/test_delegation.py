"""Administrators by their tag, and a delegate who issues for the owner's fabric."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.times import moment
from companion.protocols.matter.clusters import on_off
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.store import own_fabric, own_fabrics
from companion.protocols.matter.driver.store.delegation import accept, delegate
from companion.protocols.matter.driver.store.own_fabric import ADMINISTRATORS, OwnFabric
from companion.protocols.matter.fabric.access import subject_of_cat
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.state.settings import Member
from tests.protocols.matter.driver.bench import CommissioningBench, bench, light

SECONDS = 10.0


def delegated(owner: OwnFabric, days: float = 30.0) -> OwnFabric:
    key = KeyPair.generate()
    return accept(delegate(owner, key.public, datetime.now(UTC) + timedelta(days=days)), key)


def only_member(table: CommissioningBench) -> Member:
    (member,) = table.devices[0].state.settings.members
    return member


async def switch_on(table: CommissioningBench, fabric: OwnFabric, node: int) -> None:
    called = await operational.call(table.services.lan, fabric, node, seconds=SECONDS)
    try:
        await called.command(on_off.ON, Nothing(), endpoint=1)
    finally:
        called.close()


async def test_a_device_grants_to_the_tag_and_so_to_a_delegate_that_it_never_met(tmp_path: Path) -> None:
    product = make(Kind.LIGHT, Medium.WIFI)
    async with bench(tmp_path, light(product=product)) as table:
        assert (await table.commission(recognise(product.onboarding.qr))).result is Result.COMMISSIONED
        member = only_member(table)
        assert [entry.subjects for entry in member.acl] == [(subject_of_cat(ADMINISTRATORS),)]
        owner = own_fabrics.usual(table.services.identity.vault)
        other = delegated(owner)
        assert other.own.icac is not None and other.node != owner.node
        await switch_on(table, other, member.credentials.identity.node)
        assert table.devices[0].state.settings.on


async def test_what_a_delegate_sets_up_is_in_the_owners_fabric(tmp_path: Path) -> None:
    owner = own_fabric.found(datetime.now(UTC))
    product = make(Kind.LIGHT, Medium.WIFI)
    async with bench(tmp_path, light(product=product)) as table:
        vault = table.services.identity.vault
        vault.put(own_fabrics.FIRST, own_fabric.written(delegated(owner, days=1)))
        assert (await table.commission(recognise(product.onboarding.qr))).result is Result.COMMISSIONED
        (kept,) = table.services.registry.devices()
        (fabric,) = (each for each in kept.credentials if each.kind == "fabric")
        assert len(fabric.details["intermediate"]) == 64, "the record says through whom"
        member = only_member(table)
        assert member.credentials.icac is not None and member.credentials.fabric == owner.authority.identity
        await switch_on(table, owner, member.credentials.identity.node)
        assert table.devices[0].state.settings.on


def test_a_delegates_certificates_end_with_its_own() -> None:
    other = delegated(own_fabric.found(datetime.now(UTC)), days=30)
    issued = other.issue(KeyPair.generate().public, own_fabric.new_node())
    for end in (moment(issued.noc.not_after), moment(Certificate.of_tlv(other.own.noc).not_after)):
        assert timedelta(days=29) < end - datetime.now(UTC) <= timedelta(days=30)


def test_a_delegate_has_no_delegates_and_nobody_else_accepts_for_it() -> None:
    owner = own_fabric.found(datetime.now(UTC))
    until = datetime.now(UTC) + timedelta(days=1)
    with pytest.raises(BadCertificate) as refused:
        delegate(delegated(owner), KeyPair.generate().public, until)
    assert refused.value.fault is Fault.BASIC_CONSTRAINTS
    with pytest.raises(BadCertificate):
        accept(delegate(owner, KeyPair.generate().public, until), KeyPair.generate())


async def test_a_fabric_of_before_the_tag_keeps_its_node_and_gets_the_tag(tmp_path: Path) -> None:
    async with bench(tmp_path) as table:
        vault = table.services.identity.vault
        founded = own_fabrics.usual(vault)
        authority = founded.authority
        before = authority.admit(founded.own.key, founded.node, Validity(authority.root.not_before))
        vault.put(own_fabrics.FIRST, own_fabric.written(OwnFabric(authority, before)))
        again = own_fabrics.usual(vault)
        assert (again.node, again.own.identity.cats) == (founded.node, (ADMINISTRATORS,))
