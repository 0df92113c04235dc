"""A list of device models tells of a code, of a device in range and of a run how a device is made ready."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.api import import_trust
from companion.errors import TrustUnusable
from companion.lan import Service
from companion.model import Advertisement, FoundDevice
from companion.protocols import TrustLists, recognise
from companion.protocols.matter.driver.discovery import COMMISSIONABLE, over_network
from companion.runs.discovery.guidance import guide_to, guided
from companion.services import Services
from tests.protocols.matter.ledger.test_models import LAMP
from tests.protocols.matter.setup_code.test_setup_code import Said

HOMEKIT = "X-HM://0023ISYWY8H2B"
URL = "https://maker.example/flow"


def label(flow: int, product: int = 0x8000) -> Said:
    return Said(0xFFF1, product, flow, 2, 3840, 20202021)


def listed(folder: Path, **changed: Any) -> Path:
    path = folder / "models.json"
    path.write_text(json.dumps({"model": [LAMP | changed], "pagination": {"total": "1"}}))
    return path


def with_list(folder: Path, **changed: Any) -> Services:
    services = Services(("virtual",), data_dir=folder)
    services.open_identity()
    services.open_registry()
    assert import_trust(services, "matter", listed(folder, **changed)) == TrustLists(models=1)
    return services


def close(services: Services) -> None:
    services.close_identity()
    services.close_registry()


def test_a_custom_flow_leads_to_the_manufacturer_and_takes_the_code_only_if_it_may(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    text = label(2).qr()
    code = guided(services.registry, recognise(text))
    (maker,) = code.guides
    assert (maker.product, maker.host, maker.link) == ("Lamp", "maker.example", URL)
    assert maker.instruction == "5" and "app or website" in str(code.prepare)
    assert maker.link_with_code is not None
    assert maker.link_with_code.reveal_text() == f"{URL}?MTop={text.replace(':', '%3A')}"
    assert text[3:] not in repr(code)
    close(services)


def test_long_digits_get_the_flow_that_the_list_has(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    digits = label(2).manual(long=True)
    code = guided(services.registry, recognise(f"{digits[:4]}-{digits[4:]}"))
    (maker,) = code.guides
    assert maker.link_with_code is not None
    assert maker.link_with_code.reveal_text() == f"{URL}?MTop={digits}"
    assert "once the manufacturer's app" in str(code.verdict)
    close(services)


def test_user_intent_says_what_to_press_and_gives_no_page_the_code(tmp_path: Path) -> None:
    services = with_list(tmp_path, commissioningCustomFlow=1)
    code = guided(services.registry, recognise(label(1).qr()))
    assert str(code.prepare) == "Hold the device's reset button for 5 seconds."
    (maker,) = code.guides
    assert (maker.link, maker.link_with_code) == ("https://maker.example/manual", None)
    close(services)


def test_a_list_that_says_nothing_to_press_leaves_the_words_of_every_device(tmp_path: Path) -> None:
    services = with_list(tmp_path, commissioningModeInitialStepsHint=1 << 30)
    before = recognise(label(1).qr())
    code = guided(services.registry, before)
    assert code.prepare == before.prepare and code.guides
    close(services)


def test_a_label_without_a_passcode_leads_to_the_page_that_hands_one_out(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    code = guided(services.registry, recognise(replace(label(2), passcode=0).qr()))
    (maker,) = code.guides
    assert maker.link == URL and maker.link_with_code is not None
    assert code.lacks_secret and "Get a setup code" in str(code.prepare) == str(maker.steps)
    close(services)


def test_each_device_of_a_code_is_told_of_that_needs_more_than_power(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    parts = [label(2), label(0), label(1, product=1), label(1, product=2), replace(label(2), passcode=0)]
    code = guided(
        services.registry, recognise("*".join([parts[0].qr(), *(each.qr()[3:] for each in parts[1:])]))
    )
    lamp, other, locked = code.guides
    assert (lamp.product, other.product, locked.product) == ("Lamp", "", "Lamp")
    assert "button" in str(other.steps) and "Get a setup code" in str(locked.steps)
    assert lamp.link_with_code is not None
    assert lamp.link_with_code.reveal_text() == f"{URL}?MTop={parts[0].qr().replace(':', '%3A')}"
    close(services)


def test_a_device_on_the_network_says_itself_what_to_press(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    texts = {"D": b"5", "VP": b"65521+1", "PH": b"256", "PI": b"7"}
    found = over_network(Service(COMMISSIONABLE, "lamp", 5540, ("::1",), texts=texts), None)
    assert found is not None
    maker = guide_to(services.registry, found)
    assert maker is not None and str(maker.steps) == "Hold the device's reset button for 7 seconds."
    for said in (b"1", b"0", b"-1", b"4294967296", b"x"):
        found = over_network(
            Service(COMMISSIONABLE, "lamp", 5540, ("::1",), texts={**texts, "PH": said}), None
        )
        assert found is not None and guide_to(services.registry, found) is None
    close(services)


@pytest.mark.parametrize(
    "text",
    [
        label(0).qr(),
        label(2, product=1).qr(),
        label(2).manual(long=False),
        label(0).qr() + "*" + label(0, product=1).qr()[3:],
        HOMEKIT,
        "hello",
    ],
)
def test_other_codes_stay_as_they_are(text: str, tmp_path: Path) -> None:
    services = with_list(tmp_path)
    code = recognise(text)
    assert guided(services.registry, code) is code
    assert guided(services.registry, replace(code, protocol="missing")).guides == ()
    close(services)


def test_a_device_in_range_is_known_by_what_it_announces(tmp_path: Path) -> None:
    services = with_list(tmp_path, userManualUrl="http://maker.example", commissioningCustomFlowUrl="x:y")
    found = FoundDevice("matter", Advertisement("1"), "Lamp", facts={"vendor": "FFF1", "product": "8000"})
    maker = guide_to(services.registry, found)
    assert maker is not None and (maker.link, maker.host, maker.link_with_code) == ("", "", None)
    assert guide_to(services.registry, replace(found, facts={})) is None
    assert guide_to(services.registry, replace(found, facts={"vendor": "FFF1", "product": "0001"})) is None
    assert guide_to(services.registry, replace(found, protocol="improv")) is None
    close(services)


def test_a_list_of_nothing_known_is_refused_and_the_one_before_stays(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    for content in ("{}", "[", "7"):
        (tmp_path / "other.json").write_text(content)
        with pytest.raises(TrustUnusable):
            import_trust(services, "matter", tmp_path / "other.json")
    assert guided(services.registry, recognise(label(2).qr())).guides
    close(services)
