"""A light by matter.js, commissioned by Companion as its users do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors import NotGenuine, WrongSetupSecret
from companion.events import AttestationChecked
from companion.model import Verdict, WifiCredentials
from companion.outcome import Result
from companion.protocols.matter.attestation.report import Reason
from companion.protocols.matter.driver import report_words
from companion.protocols.matter.driver.session import commissionee
from companion.protocols.matter.onboarding import Onboarding
from companion.questions import ChooseNetwork, ReviewAttestation
from companion.secret import Secret
from companion.virtual import thread_network
from companion.virtual.access_points import HAFEN
from tests.interop.commissioning import companion_with
from tests.interop.matterjs.light import PASSWORD, LightOptions, MatterJsLight

MOST_WRITES = 19
DATASET = thread_network.dataset().secret.reveal()


@pytest.mark.parametrize("mtu", [23, 185, 247, 517])
async def test_a_light_is_commissioned_at_any_mtu(tmp_path: Path, mtu: int) -> None:
    light = MatterJsLight(LightOptions(mtu=mtu))
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        await light.program.until("commissioned")
        (counts,) = [*light.links, light.counts][:1]
        assert mtu < 247 or counts.writes <= MOST_WRITES
        told = await light.program.until("told")
        assert bytes.fromhex(told["secret"]) == PASSWORD.reveal()


async def test_a_light_that_forgets_an_acknowledgement_is_commissioned(tmp_path: Path) -> None:
    """It does so where it hears of a confirmation late; many small segments make it likely."""
    light = MatterJsLight(LightOptions(mtu=23, late=True))
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert not light.links[1:], "over one link"


async def test_a_light_joins_a_thread_network(tmp_path: Path) -> None:
    light = MatterJsLight(LightOptions(dataset=DATASET))
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(light.setup_code, thread=Secret(DATASET))
        assert outcome.result is Result.COMMISSIONED, outcome.error
        told = await light.program.until("told")
        assert bytes.fromhex(told["secret"]) == DATASET


@pytest.mark.parametrize("trait", ["mute", "one_radio"])
async def test_a_light_that_does_not_say_how_joining_went_is_found_on_the_network(
    tmp_path: Path, trait: str
) -> None:
    light = MatterJsLight(LightOptions(**{trait: True}))  # type: ignore[arg-type]  # both are flags
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error


async def test_a_wrong_passphrase_is_asked_for_again_over_the_same_link(tmp_path: Path) -> None:
    light = MatterJsLight()
    wrong = WifiCredentials(HAFEN.ssid, Secret("nine gulls at noon"))
    async with companion_with(tmp_path, light, networks=(wrong, HAFEN)) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        asked = [question for question in companion.asked if isinstance(question, ChooseNetwork)]
        assert len(asked) == 2 and asked[1].problem is not None
        assert len(light.links) <= 1


async def test_another_code_opens_nothing(tmp_path: Path) -> None:
    light = MatterJsLight()
    other = Onboarding(Secret("34567891"), light.options.discriminator)
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(other.qr)
        assert outcome.error is not None and outcome.error.code == WrongSetupSecret.code
        assert not companion.services.registry.devices()
        assert (await companion.commission(light.setup_code)).result is Result.COMMISSIONED


FAULTS = {
    "attestation-nonce": ("nonce", Reason.NONCE_DIFFERS),
    "attestation-signature": ("signature", Reason.WRONG_SIGNATURE),
    "csr-nonce": ("csr-nonce", Reason.NONCE_DIFFERS),
    "csr-signature": ("csr-signature", Reason.WRONG_SIGNATURE),
    "dac-signature": ("dac-signature", Reason.WRONG_SIGNATURE),
    "pai-of-another-key": ("dac-signature", Reason.WRONG_ISSUER),
    "declared-product": ("cd-product", Reason.PRODUCT_DIFFERS),
    "declaration-signature": ("cd-signature", Reason.WRONG_SIGNATURE),
}
"""matter.js itself lets nearly all of it pass."""


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_light_of_false_origin_is_a_risk_that_its_user_must_take(tmp_path: Path, fault: str) -> None:
    light = MatterJsLight(LightOptions(fault=fault))
    async with companion_with(tmp_path, light, accepts_risks=False) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.error is not None and outcome.error.code == NotGenuine.code
        (checked,) = companion.events(AttestationChecked)
        (failed,) = [check for check in checked.checks if check.verdict is Verdict.FAILED]
        name, reason = FAULTS[fault]
        assert (failed.name, failed.reason.template) == (name, report_words.REASONS[reason].template)
        (asked,) = companion.events(ReviewAttestation)
        assert asked.checks == checked.checks
        assert not companion.services.registry.devices()
        assert not any(each["event"] in ("told", "commissioned") for each in light.program.told)
        companion.accepts_risks = True
        again = await companion.commission(light.setup_code)
        assert again.result is Result.COMMISSIONED, "the fail-safe was disarmed, so it waits for the next"


@pytest.mark.parametrize(
    "segment",
    [
        pytest.param(2, id="the handshake's answer"),
        pytest.param(3, id="the first message"),
        pytest.param(14, id="among its certificates", marks=pytest.mark.slow),
    ],
)
async def test_a_link_that_goes_is_made_anew(
    tmp_path: Path, segment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last waits for the end of the light's fail-safe, here a short one: it answers nobody until then."""
    monkeypatch.setattr(commissionee, "FAIL_SAFE_SECONDS", 15)
    monkeypatch.setattr(commissionee, "LEAST_LEFT", 5.0)
    light = MatterJsLight(LightOptions(lose_at=segment))
    async with companion_with(tmp_path, light) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert light.links[0].segments == segment
