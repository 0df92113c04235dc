"""Espressif codes in all variants that firmware prints and phone apps read."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.protocols import recognise
from companion.protocols.espressif.setup_code import EspressifCode
from companion.secret import Secret


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        (
            '{"ver":"v1","name":"PROV_A1B2C3","pop":"abcd1234","transport":"ble"}',
            EspressifCode("PROV_A1B2C3", Secret("abcd1234"), version="v1"),
        ),
        (
            '{"ver":"v1","name":"PROV_1","username":"wifiprov","pop":"abcd1234","transport":"ble"}',
            EspressifCode("PROV_1", Secret("abcd1234"), "wifiprov", version="v1"),
        ),
        ('{"ver":"v1","name":"PROV_1","transport":"ble"}', EspressifCode("PROV_1", version="v1")),
        ('{"name":"PROV_1","pop":12345678,"transport":"ble"}', EspressifCode("PROV_1", Secret("12345678"))),
        ('{“name”:“PROV_1”,“pop”:"abcd",“transport”:“ble”}', EspressifCode("PROV_1", Secret("abcd"))),
        ("{'name':'PROV_1','pop':'abcd','transport':'ble'}", EspressifCode("PROV_1", Secret("abcd"))),
        ('{\n "name": "PROV_1",\n "pop": "x",\n "transport": "ble"\n}', EspressifCode("PROV_1", Secret("x"))),
        ('{"name":"PROV_1","pop":"“x”","transport":"ble"}', EspressifCode("PROV_1", Secret("“x”"))),
        ('{"name":"PROV_1","pop":"","transport":"BLE"}', EspressifCode("PROV_1")),
        (
            '{"ver":"v1","name":"P","transport":"ble","network":"thread","security":2}',
            EspressifCode("P", network="thread", security=2, version="v1"),
        ),
        ('{"name":"P","transport":"ble","security":"1"}', EspressifCode("P", security=1)),
        (
            '{"name":"P","transport":"softap","password":"geheim12"}',
            EspressifCode("P", transport="softap", softap_passphrase=Secret("geheim12")),
        ),
        (' {"name":"P", "pop":"x", "more":[{}], "transport":"ble"} \n', EspressifCode("P", Secret("x"))),
    ],
)
def test_each_variant(text: str, payload: EspressifCode) -> None:
    code = recognise(text)
    assert (code.ecosystem, code.payload) == ("espressif", payload)
    assert code.commissionable == (payload.transport == "ble")


@pytest.mark.parametrize("encode", [str, quote, lambda body: body.replace('"', "%22")])
def test_the_object_inside_a_jump_start_url(encode: Any) -> None:
    body = '{"ver":"v1","name":"PROV_1","pop":"a+b&c","transport":"ble"}'
    code = recognise("https://espressif.github.io/esp-jumpstart/qrcode.html?data=" + encode(body))
    assert code.payload == EspressifCode("PROV_1", Secret("a+b&c"), version="v1")


@pytest.mark.parametrize(
    "text",
    [
        '{"ver":"v1","name":"PROV_A1B2C3","pop":"abcd1234","transport":"bl',
        '{"ver":"v1","name":"PROV_A1B2C3","pop":"abcd12',
        '{"name":"","transport":"ble"}',
        '{"name":7,"transport":"ble"}',
        '{"pop":"x","transport":"ble"}',
        '{"name":"a","transport":"ble","pop":true}',
        '{"name":"a","transport":"ble","pop":["x"]}',
        "{“name”:“PROV_A1B2C3”,“pop”:“abcd1234”,“transport”:“bl",
        '{"name":"a","name":"b","transport":"ble"}',
        '{"name":"a","transport":"ble","security":3}',
        '{"name":"a","transport":"ble","security":true}',
        '{"name":"a","transport":["ble"]}',
    ],
)
def test_a_damaged_code_is_not_guessed_at(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"name":"npm package","version":"1"}',
        "{not json",
        '{"a":' * 1000,
        "[1]",
        '{"n":' + "9" * 5000 + "}",
    ],
)
def test_other_json_is_not_taken_for_espressif(text: str) -> None:
    assert recognise(text).ecosystem == "unknown"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"pop": "abcd1234"}, "example"),
        ({}, "no secret"),
        ({"pop": "k3d9x7q1", "security": 0}, "no encryption"),
        ({"pop": "k3d9x7q1"}, None),
    ],
)
def test_weak_codes_say_so(said: dict[str, Any], word: str | None) -> None:
    findings = recognise(json.dumps({"name": "P", "transport": "ble", **said})).findings
    assert [word in str(finding.sentence) for finding in findings] == ([True] if word else [])


def test_an_access_point_device_is_sent_to_the_right_app() -> None:
    assert "SoftAP" in str(recognise('{"name":"P","transport":"softap"}').verdict)
    assert "console" in str(recognise('{"name":"P","transport":"console"}').verdict)


@given(st.text(min_size=1), st.text(), st.text())
def test_any_name_and_secret_survive(name: str, pop: str, username: str) -> None:
    text = json.dumps({"name": name, "pop": pop, "username": username, "transport": "ble"})
    assert recognise(text).payload == EspressifCode(name, Secret(pop) if pop else None, username or None)
