"""A list of device models tells of a code, of a device in range and of a run how a device is made ready."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.api import import_trust
from companion.errors import TrustUnusable
from companion.model import Advertisement, FoundDevice
from companion.protocols import TrustLists, recognise
from companion.runs.discovery.guidance import guide_to, guided
from companion.services import Services
from tests.protocols.matter.ledger.test_models import LAMP
from tests.protocols.matter.setup_code.test_setup_code import Said

HOMEKIT = "X-HM://0023ISYWY8H2B"
URL = "https://maker.example/flow?MTop=_"


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
    maker = code.maker
    assert maker is not None and (maker.product, maker.host, maker.link) == ("Lamp", "maker.example", URL)
    assert maker.instruction == "5" and "app or website" in str(code.prepare)
    assert maker.link_with_code is not None
    assert maker.link_with_code.reveal_text() == URL[:-1] + text.replace(":", "%3A").replace("*", "%2A")
    assert text[3:] not in repr(code)
    close(services)


def test_long_digits_get_the_flow_that_the_list_has(tmp_path: Path) -> None:
    services = with_list(tmp_path)
    digits = label(2).manual(long=True)
    code = guided(services.registry, recognise(f"{digits[:4]}-{digits[4:]}"))
    assert code.maker is not None and code.maker.link_with_code is not None
    assert code.maker.link_with_code.reveal_text() == URL[:-1] + digits
    assert "once the manufacturer's app" in str(code.verdict)
    close(services)


def test_user_intent_says_what_to_press_and_gives_no_page_the_code(tmp_path: Path) -> None:
    services = with_list(tmp_path, commissioningCustomFlow=1)
    code = guided(services.registry, recognise(label(1).qr()))
    assert str(code.prepare) == "Hold the device's reset button for 5 seconds."
    assert code.maker is not None and code.maker.link == "https://maker.example/manual"
    assert code.maker.link_with_code is None
    close(services)


def test_a_list_that_says_nothing_to_press_leaves_the_words_of_every_device(tmp_path: Path) -> None:
    services = with_list(tmp_path, commissioningModeInitialStepsHint=1 << 30)
    before = recognise(label(1).qr())
    code = guided(services.registry, before)
    assert code.prepare == before.prepare and code.maker is not None
    close(services)


@pytest.mark.parametrize(
    "text",
    [
        label(0).qr(),
        label(2, product=1).qr(),
        label(2).manual(long=False),
        label(2).qr() + "*" + label(2).qr()[3:],
        HOMEKIT,
        "hello",
    ],
)
def test_other_codes_stay_as_they_are(text: str, tmp_path: Path) -> None:
    services = with_list(tmp_path)
    code = recognise(text)
    assert guided(services.registry, code) is code
    assert guided(services.registry, replace(code, protocol="missing")).maker is None
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
    assert guided(services.registry, recognise(label(2).qr())).maker is not None
    close(services)
