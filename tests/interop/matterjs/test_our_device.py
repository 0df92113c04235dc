"""Our virtual device, commissioned by matter.js."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import SAMPLE, Kind
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from companion.virtual.air_link import AirLink
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner, Verdict
from tests.interop.matterjs.light import free_port


@asynccontextmanager
async def on_air(options: MatterOptions | None = None) -> AsyncIterator[tuple[VirtualMatter, AirLink]]:
    air = AirLink()
    device = VirtualMatter(replace(options or MatterOptions(), port=free_port()))
    try:
        await device.open(air)
        yield device, air
    finally:
        await device.close()


async def commission(device: VirtualMatter, air: AirLink, **errand: object) -> Verdict:
    """Sent to the device with what its label says. errand: what differs."""
    made = device.label
    usual = {
        "passcode": made.passcode,
        "discriminator": made.discriminator,
        "place": f"::1:{device.options.port}",
        "seconds": 20.0,
    }
    return await MatterJsCommissioner(Errand(**{**usual, **errand})).run(air)  # type: ignore[arg-type]  # its fields


@pytest.mark.parametrize("mtu", [23, 185, 247, 517])
async def test_it_is_commissioned_at_any_mtu(mtu: int) -> None:
    async with on_air(MatterOptions(mtu=mtu)) as (device, air):
        verdict = await commission(device, air, mtu=mtu)
        assert verdict.commissioned, verdict.causes
        (member,) = device.state.kept.members
        assert member.acl[0].subjects
        assert device.state.kept.networks[0].credentials == HAFEN.passphrase
        assert not device.state.advertises


async def test_a_thermometer_that_shares_its_radio_is_commissioned_too() -> None:
    options = MatterOptions(product=replace(SAMPLE, kind=Kind.SENSOR), faults={Fault.SINGLE_RADIO: 0.0})
    async with on_air(options) as (device, air):
        verdict = await commission(device, air)
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
    async with on_air(MatterOptions(faults={fault: 0.0})) as (device, air):
        verdict = await commission(device, air, on_findings="refuse")
        assert not verdict.commissioned
        assert finding in verdict.findings
        assert not device.state.settings.members, "the fail-safe put everything back"


@pytest.mark.parametrize("fault", [Fault.WIFI_REFUSED, Fault.TABLE_FULL])
async def test_what_it_refuses_ends_the_commissioning(fault: Fault) -> None:
    async with on_air(MatterOptions(faults={fault: 0.0})) as (device, air):
        assert not (await commission(device, air)).commissioned
        assert not device.state.kept.members
        assert device.state.advertises, "and it waits for the next commissioner"


async def test_a_wrong_passcode_opens_nothing() -> None:
    async with on_air() as (device, air):
        verdict = await commission(device, air, passcode=Secret("24681357"), seconds=2.0)
        assert not verdict.commissioned
        assert device.state.fail_safe is None
