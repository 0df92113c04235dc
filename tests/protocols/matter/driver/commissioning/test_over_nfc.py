"""Virtual devices are set up at an NFC reader in memory; the network has only what comes after joining."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion.errors import DeviceLifted, WrongSetupSecret
from companion.events import Event, Progress, Secured, Sending
from companion.nfc import content, tag
from companion.nfc.virtual_tag import VirtualReader, VirtualTag
from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.driver import candidates
from companion.protocols.matter.driver.commissioning import session_setup
from companion.protocols.matter.virtual.factory.product import with_another_passcode
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.protocols.matter.driver.bench import LABEL, bench, light

WITH_NFC = replace(LABEL, has_nfc=True)
AGAIN = "Hold the device to the NFC reader again"
CODE = recognise(WITH_NFC.onboarding.qr)


def reader_with(device: VirtualMatter) -> VirtualReader:
    return VirtualReader(device.answer, device.on_lifted)


async def test_a_light_is_set_up_at_a_reader(tmp_path: Path) -> None:
    async with bench(tmp_path, light(product=WITH_NFC)) as table:
        reader = reader_with(table.devices[0])
        found = content.read(await reader.do(tag.read(VirtualTag.atr)))
        outcome = await table.commission(found.codes[0], reader=reader)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        record = table.services.registry.device("Lamp")
        assert [each.kind for each in record.credentials] == ["fabric", "wifi"]
        assert record.serial == LABEL.serial
        # Nothing of it went over Bluetooth.
        assert (outcome.link.writes, outcome.link.reads) == (0, 0)
        said = [str(event.text) for event in table.heard(Progress)]
        assert "Keep the device on the NFC reader" in said


async def test_a_device_that_needs_long_is_waited_for(tmp_path: Path) -> None:
    async with bench(tmp_path, light(product=WITH_NFC, slow=0.2)) as table:
        outcome = await table.commission(CODE, reader=reader_with(table.devices[0]))
        assert outcome.result is Result.COMMISSIONED and outcome.link.writes == 0


@pytest.mark.parametrize("when", [Secured, Sending])
async def test_one_that_is_taken_away_and_put_back_is_set_up(tmp_path: Path, when: type[Event]) -> None:
    async with bench(tmp_path, light(product=WITH_NFC)) as table:
        reader = reader_with(table.devices[0])
        lifted = False

        def lift(event: Event) -> None:
            nonlocal lifted
            if isinstance(event, when) and not lifted:
                lifted = True
                reader.lift()
            elif isinstance(event, Progress) and str(event.text) == AGAIN:
                reader.put_back()

        outcome = await table.commission(CODE, reader=reader, on_event=lift)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert lifted and outcome.link.writes == 0
        assert AGAIN in [str(event.text) for event in table.heard(Progress)]


async def test_one_that_is_not_put_back_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_setup, "AGAIN_SECONDS", 0.01)
    async with bench(tmp_path, light(product=WITH_NFC)) as table:
        reader = reader_with(table.devices[0])
        outcome = await table.commission(
            CODE, reader=reader, on_event=lambda event: reader.lift() if isinstance(event, Secured) else None
        )
        assert isinstance(outcome.error, DeviceLifted) and table.is_clean


async def test_another_device_on_the_reader_is_not_set_up(tmp_path: Path) -> None:
    """In place of the first, which was taken away."""
    other = replace(WITH_NFC, discriminator=WITH_NFC.discriminator ^ 1)
    async with bench(tmp_path, light(product=WITH_NFC), light(product=other)) as table:
        mine, others = table.devices
        reader = reader_with(mine)

        def swap(event: Event) -> None:
            if isinstance(event, Secured):
                reader.lift()
                reader.put_back(others.answer)

        outcome = await table.commission(CODE, reader=reader, on_event=swap)
        assert isinstance(outcome.error, DeviceLifted) and table.is_clean


async def test_a_wrong_passcode_is_tried_nowhere_else(tmp_path: Path) -> None:
    wrong = with_another_passcode(WITH_NFC)
    async with bench(tmp_path, light(product=WITH_NFC)) as table:
        code = recognise(wrong.onboarding.qr)
        outcome = await table.commission(code, reader=reader_with(table.devices[0]))
        assert isinstance(outcome.error, WrongSetupSecret) and table.is_clean
        assert outcome.link.writes == 0


@pytest.mark.parametrize("says_so", [True, False])
async def test_without_such_a_device_at_the_reader_it_is_found_over_bluetooth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says_so: bool
) -> None:
    """It is not held there, or its code says that it can't be set up there."""
    monkeypatch.setattr(candidates, "HOLD_SECONDS", 0.01)
    product = WITH_NFC if says_so else LABEL
    async with bench(tmp_path, light(product=product)) as table:
        reader = reader_with(table.devices[0])
        if says_so:
            reader.lift()
        outcome = await table.commission(recognise(product.onboarding.qr), reader=reader)
        assert outcome.result is Result.COMMISSIONED and outcome.link.writes > 0
