"""A virtual RP1 device whose certificate grows old renews it by itself, and shows the new one."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from companion.endpoint import EmbeddedEndpoint
from companion.identity import issuer
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from tests.virtual.stage import on_stage


async def test_an_old_certificate_is_renewed_and_survives_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flash, data = tmp_path / "device" / "flash.bin", tmp_path / "data"
    flash.parent.mkdir()
    device = VirtualRp1(Rp1Options(flash=flash))
    async with on_stage(device, data) as stage:
        with monkeypatch.context() as patch:
            # As if it had been valid for forty of seventy days.
            patch.setattr(issuer, "CLOCK_SLACK", timedelta(days=40))
            outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED
        committed = _shown(device)

    again = VirtualRp1(Rp1Options(flash=flash))
    assert _shown(again) == committed
    async with on_stage(again, data) as stage:
        await asyncio.wait_for(again.renewed.wait(), 60)
        renewed = _shown(again)
        assert renewed != committed
        record = stage.services.registry.device(outcome.record or "")
        current = next(each for each in record.credentials if each.kind == "ldevid" and each.replaced is None)
        assert current.details["fingerprint"] == renewed
        # The rest of the device is as it was: its next session finds what was committed.
        assert (await stage.commission()).error is not None  # it is owned

    third = VirtualRp1(Rp1Options(flash=flash))
    async with on_stage(third, data) as stage:
        endpoint = stage.services.endpoint
        assert isinstance(endpoint, EmbeddedEndpoint)
        await third.wait_for_report()
        assert [visit.fingerprint for visit in endpoint.visits] == [renewed]


def _shown(device: VirtualRp1) -> str:
    """The fingerprint of the certificate that the device shows now."""
    chain = device.settings.settings[ItemType.LDEVID]
    assert isinstance(chain, LdevidChain)
    return hashlib.sha256(chain.chain[0]).hexdigest()
