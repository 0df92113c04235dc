"""What is wrong with a device's origin is named; matter.js itself lets nearly all of it pass."""

from __future__ import annotations

import pytest

from companion.protocols.matter.attestation.report import Check, Outcome, Reason
from tests.interop.matterjs.stage import in_session, light_on_air

FAULTS = {
    "attestation-nonce": {Check.NONCE: Reason.NONCE_DIFFERS},
    "attestation-signature": {Check.SIGNATURE: Reason.WRONG_SIGNATURE},
    "csr-nonce": {Check.CSR_NONCE: Reason.NONCE_DIFFERS},
    "csr-signature": {Check.CSR_SIGNATURE: Reason.WRONG_SIGNATURE},
    "dac-signature": {Check.DAC_SIGNATURE: Reason.WRONG_SIGNATURE},
    "pai-of-another-key": {Check.DAC_SIGNATURE: Reason.WRONG_ISSUER},
    "declared-product": {Check.CD_PRODUCT: Reason.PRODUCT_DIFFERS},
    "declaration-signature": {Check.CD_SIGNATURE: Reason.WRONG_SIGNATURE},
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_wrong_is_named(fault: str) -> None:
    async with light_on_air(fault=fault) as (light, air), in_session(light, air) as ours:
        await ours.arm()
        report, _ = await ours.examine()
    assert {line.check: line.reason for line in report.failed} == FAULTS[fault]
    assert report.outcome is Outcome.REFUSED


async def test_a_provisional_declaration_is_named_and_not_refused() -> None:
    async with light_on_air(fault="declared-provisional") as (light, air), in_session(light, air) as ours:
        await ours.arm()
        report, _ = await ours.examine()
    assert report.line(Check.CD_TYPE).reason is Reason.PROVISIONAL and not report.failed
