"""Products with a service of their own: told by their name, or by what they answer."""

from __future__ import annotations

import pytest

import companion.runs.commissioning
import companion.runs.dialer
import companion.runs.discovery.probe
from companion.model import Advertisement
from companion.protocols.espressif.driver.driver import Driver
from companion.radio import open_radio
from companion.runs.discovery.probe import probe
from companion.virtual.gatt import AdStructures, Advertising, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral
from tests.protocols.espressif.device import device
from tests.protocols.on_air import World


async def probed(monkeypatch: pytest.MonkeyPatch, *devices: Peripheral) -> list[str]:
    monkeypatch.setattr(companion.runs.discovery.probe, "drivers", lambda: (Driver(),))
    async with await open_radio("virtual", world=World(*devices)) as radio:
        return [found.address async for found in probe(radio, 1.0)]


async def test_a_product_with_a_service_of_its_own_is_told_by_what_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others of one unknown service are not written to, and those that are known are left alone."""
    written: list[bytes] = []
    own, other = "0badcafe-6b43-439b-877c-060f2d9bed07", "0badf00d-6b43-439b-877c-060f2d9bed07"
    product, known = device(name="Kettle", service=own), device()
    control = Characteristic(
        other.replace("f00d", "0001"),
        Properties.READ | Properties.WRITE,
        read=lambda central: b"",
        write=lambda central, value: written.append(value),
    )
    buds = Peripheral(
        (Service(other, (control,)),),
        Advertising.of(AdStructures(service_uuids=(other,)), AdStructures(name="Earbuds")),
        name="Earbuds",
    )
    assert await probed(monkeypatch, product, known, buds) == [product.address]
    assert written == []


@pytest.mark.parametrize(
    ("name", "services", "told"),
    [
        ("PROV_A1B2C3", ("0badcafe-6b43-439b-877c-060f2d9bed07",), True),
        ("Kettle", ("0badcafe-6b43-439b-877c-060f2d9bed07",), False),
        ("Kettle", ("1775244d-6b43-439b-877c-060f2d9bed07",), True),
        ("PROV_A1B2C3", ("0000180f-0000-1000-8000-00805f9b34fb",), False),
        ("PROV_A1B2C3", (), False),
        (None, ("0badcafe-6b43-439b-877c-060f2d9bed07",), False),
    ],
)
def test_an_advertisement_tells_an_esp32_by_its_service_or_by_the_usual_name(
    name: str | None, services: tuple[str, ...], told: bool
) -> None:
    seen = Advertisement("C0:00:00:00:00:01", name=name, service_uuids=services)
    assert (Driver().find(seen, None) is not None) == told
