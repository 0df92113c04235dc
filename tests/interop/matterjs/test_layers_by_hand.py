"""Each of Matter's layers with a light of others and each network; `test_our_commissioner.py` has MTUs."""

from __future__ import annotations

import pytest

from companion.lan import Lan
from companion.protocols.matter.attestation.report import Check, Outcome
from companion.protocols.matter.attestation.report import Reason as Finding
from companion.protocols.matter.clusters.network_commissioning import NetworkStatus
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.secret import Secret
from tests.interop.matterjs.stage import in_session, light_on_air

DATASET = bytes.fromhex("000300000f0208dead00beef00cafe0d030954687265616473")


async def test_a_light_becomes_a_node_of_our_fabric() -> None:
    lan = Lan.loopback()
    try:
        async with light_on_air() as (light, air), in_session(light, air) as ours:
            await ours.arm()
            report, key = await ours.examine()
            assert report.outcome is Outcome.TEST and not report.failed
            await ours.admit(key)
            assert await ours.join() is NetworkStatus.SUCCESS
            assert await ours.complete(lan) == "Others"
            await light.program.until("commissioned")
            assert (
                bytes.fromhex((await light.program.until("told"))["secret"])
                == light.options.password.reveal()
            )
    finally:
        await lan.close()


async def test_a_light_joins_a_thread_network() -> None:
    lan = Lan.loopback()
    try:
        async with light_on_air(dataset=DATASET) as (light, air), in_session(light, air) as ours:
            await ours.arm()
            _, key = await ours.examine()
            await ours.admit(key)
            assert await ours.join() is NetworkStatus.SUCCESS
            assert await ours.complete(lan) == "Others"
    finally:
        await lan.close()


async def test_a_wrong_passcode_shows_before_the_light_can_count_it() -> None:
    async with light_on_air() as (light, air):
        with pytest.raises(EstablishmentFailed) as caught:
            async with in_session(light, air, passcode=Secret("34567891")):
                pass
        assert caught.value.reason is Reason.PASSCODE


async def test_a_provisional_declaration_is_named_and_not_refused() -> None:
    async with light_on_air(fault="declared-provisional") as (light, air), in_session(light, air) as ours:
        await ours.arm()
        report, _ = await ours.examine()
    assert report.line(Check.CD_TYPE).reason is Finding.PROVISIONAL and not report.failed
