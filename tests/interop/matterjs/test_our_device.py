"""Our virtual device, commissioned by matter.js."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import SAMPLE, Kind
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from tests.interop.matterjs.stage import device_commissioned_by_matterjs, device_on_air


@pytest.mark.parametrize("mtu", [23, 185, 247, 517])
async def test_it_is_commissioned_at_any_mtu(mtu: int) -> None:
    async with device_on_air(MatterOptions(mtu=mtu)) as (device, air):
        verdict = await device_commissioned_by_matterjs(device, air, mtu=mtu)
        assert verdict.commissioned, verdict.causes
        (member,) = device.state.kept.members
        assert member.acl[0].subjects
        assert device.state.kept.networks[0].credentials == HAFEN.passphrase
        assert not device.state.advertises


async def test_a_thermometer_that_shares_its_radio_is_commissioned_too() -> None:
    options = MatterOptions(product=replace(SAMPLE, kind=Kind.SENSOR), faults={Fault.SINGLE_RADIO: 0.0})
    async with device_on_air(options) as (device, air):
        verdict = await device_commissioned_by_matterjs(device, air)
        assert verdict.commissioned, verdict.causes
        assert device.state.kept.members


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        (Fault.WRONG_NONCE, "AttestationNonceMismatch"),
        (Fault.WRONG_SIGNATURE, "AttestationSignatureInvalid"),
        (Fault.OTHER_CD, "CertificationDeclarationFieldMismatch"),
    ],
)
async def test_its_wrong_attestation_is_what_it_claims_to_be(fault: Fault, finding: str) -> None:
    async with device_on_air(MatterOptions(faults={fault: 0.0})) as (device, air):
        verdict = await device_commissioned_by_matterjs(device, air, on_findings="refuse")
        assert not verdict.commissioned
        assert finding in verdict.findings
        assert not device.state.settings.members, "the fail-safe put everything back"


@pytest.mark.parametrize("fault", [Fault.WIFI_REFUSED, Fault.TABLE_FULL])
async def test_what_it_refuses_ends_the_commissioning(fault: Fault) -> None:
    async with device_on_air(MatterOptions(faults={fault: 0.0})) as (device, air):
        assert not (await device_commissioned_by_matterjs(device, air)).commissioned
        assert not device.state.kept.members
        assert device.state.advertises, "and it waits for the next commissioner"


async def test_a_wrong_passcode_opens_nothing() -> None:
    async with device_on_air() as (device, air):
        verdict = await device_commissioned_by_matterjs(device, air, passcode=Secret("24681357"), seconds=2.0)
        assert not verdict.commissioned
        assert device.state.fail_safe is None
