"""matter.js's commissioner with matter.js's light: what the bench itself does to them is nothing."""

from __future__ import annotations

import pytest

from companion.secret import Secret
from tests.interop.matterjs.stage import commissioned_by_matterjs, light_on_air

# What matter.js makes of the names of all other tests on the loopback network is its own affair.
pytestmark = pytest.mark.alone

MOST_WRITES, FEWEST_WRITES = 32, 20


@pytest.mark.parametrize("mtu", [23, 247])
async def test_they_commission_each_other_and_find_each_other_by_multicast_dns(mtu: int) -> None:
    async with light_on_air(mtu=mtu) as (light, air):
        verdict = await commissioned_by_matterjs(light, air)
        assert verdict.commissioned, verdict.causes
        assert verdict.counts.writes == light.counts.writes
        await light.program.until("commissioned")
        told = await light.program.until("told")
        assert bytes.fromhex(told["secret"]) == light.options.password.reveal()
        assert (FEWEST_WRITES <= verdict.counts.writes <= MOST_WRITES) is (mtu == 247)


async def test_what_the_light_refuses_reaches_the_commissioner() -> None:
    async with light_on_air() as (light, air):
        verdict = await commissioned_by_matterjs(light, air, password=Secret("not this one"))
        assert "AuthFailure" in " ".join(verdict.causes)
        assert (await light.program.until("joining"))["status"] == "AuthFailure"
