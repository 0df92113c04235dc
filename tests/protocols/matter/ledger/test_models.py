"""Device models as the ledger answers them: what is read, what is left out, and how much is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.protocols.matter.ledger import models
from companion.protocols.matter.ledger.models import DeviceModel, as_json, merge, of_json, parse

LAMP = {
    "vid": 65521,
    "pid": 32768,
    "deviceTypeId": 257,
    "productName": "Lamp",
    "productLabel": "Lamp for the hall",
    "partNumber": "L1",
    "commissioningCustomFlow": 2,
    "commissioningCustomFlowUrl": "https://maker.example/flow?MTop=_",
    "commissioningModeInitialStepsHint": 256,
    "commissioningModeInitialStepsInstruction": "5",
    "userManualUrl": "https://maker.example/manual",
    "supportUrl": "",
    "creator": "cosmos1",
}
READ = DeviceModel(
    "Lamp", 2, 256, "5", "https://maker.example/flow?MTop=_", "https://maker.example/manual", ""
)


@pytest.mark.parametrize(
    "answer",
    [
        {"model": [LAMP], "pagination": {"next_key": None, "total": "1"}},
        {"model": LAMP},
        [{"model": [LAMP]}, {"model": []}],
    ],
)
def test_a_page_an_entry_and_several_pages_are_read(answer: Any) -> None:
    assert parse(json.dumps(answer).encode()) == {(0xFFF1, 0x8000): READ}


def test_a_long_number_may_be_a_string_and_the_label_names_what_has_no_name() -> None:
    entry = LAMP | {"productName": "", "commissioningModeInitialStepsHint": "4096"}
    (model,) = parse(json.dumps(entry).encode()).values()
    assert (model.name, model.hint) == ("Lamp for the hall", 4096)


@pytest.mark.parametrize(
    "wrong",
    [
        {"vid": 0},
        {"pid": 65536},
        {"pid": True},
        {"vid": "12345678901"},
        {"commissioningCustomFlow": 3},
        {"commissioningModeInitialStepsHint": -1},
        {"commissioningCustomFlowUrl": "https://" + "a" * 250},
        {"commissioningModeInitialStepsInstruction": "x" * 1025},
        {"productName": 7},
    ],
)
def test_what_the_ledger_would_not_take_is_left_out_alone(wrong: dict[str, Any]) -> None:
    other = LAMP | {"pid": 1}
    assert set(parse(json.dumps([LAMP | wrong, other]).encode())) == {(0xFFF1, 1)}


def test_another_list_holds_no_model() -> None:
    assert parse(b'{"vid": 1, "pid": 2, "compliance": []}') == {}
    with pytest.raises(ValueError, match="JSON"):
        parse(b"[")


def test_only_what_tells_something_is_kept_and_the_newer_one_counts() -> None:
    plain = DeviceModel("Plug", hint=1)
    button = DeviceModel("Plug", 1, 1 << 6)
    assert merge({(1, 1): button}, {(1, 1): plain, (1, 2): READ}) == {(1, 2): READ}
    assert merge({}, {(1, 1): DeviceModel(instruction="x")})


def test_what_is_kept_comes_back() -> None:
    kept = {(0xFFF1, 0x8000): READ}
    assert of_json(json.loads(json.dumps(as_json(kept)))) == kept
    assert of_json(None) == {}


@pytest.mark.parametrize(("name", "most"), [("MOST_MODELS", 1), ("MOST_CHARACTERS", 60)])
def test_too_many_are_refused(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, name, most)
    with pytest.raises(ValueError, match="device models"):
        merge({(1, 1): READ}, {(1, 2): READ})
