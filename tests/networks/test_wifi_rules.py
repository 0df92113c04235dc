"""One set of rules for Wi-Fi details: who takes them in agrees, and a protocol says what it can not carry."""

from __future__ import annotations

import json
import string
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.commands.arguments.options import wifi_from_file
from companion.errors import (
    CompanionError,
    CompanyNetworkUnsupported,
    CredentialsUnusable,
    NetworkUnsupported,
)
from companion.model import WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.networks.wifi_rules import WifiSupport
from companion.protocols import recognise
from companion.protocols.espressif.dialogues import config
from companion.protocols.improv import codec
from companion.protocols.matter.driver.commissioning import network as matter
from companion.protocols.rp1.driver.transaction import network_prompt
from companion.secret import Secret
from tests.networks.company.werk import network

KEY = "0f" * 32
WPA = (WifiSecurity.WPA, WifiSecurity.WPA2, WifiSecurity.WPA2_WPA3)
SUPPORTS = (config.WIFI, codec.WIFI, network_prompt.WIFI)

printable = st.characters(min_codepoint=32, max_codepoint=126)
ssids = st.binary(min_size=1, max_size=32)


def wifi(passphrase: str | None, security: WifiSecurity = WifiSecurity.WPA2, ssid: bytes = b"n"):
    return WifiCredentials(ssid, None if passphrase is None else Secret(passphrase), security)


@given(ssids, st.text(printable, min_size=8, max_size=63), st.sampled_from(WPA))
def test_every_passphrase_of_the_standard_is_one(
    ssid: bytes, passphrase: str, security: WifiSecurity
) -> None:
    assert wifi_rules.flaw(wifi(passphrase, security, ssid)) is None


@given(st.binary(max_size=64).filter(lambda name: not 1 <= len(name) <= 32))
def test_a_name_has_1_to_32_octets(ssid: bytes) -> None:
    assert wifi_rules.flaw(wifi("long enough", ssid=ssid))


@given(
    st.text(printable, max_size=7)
    | st.text(printable.filter(lambda c: c not in string.hexdigits), min_size=64)
)
def test_no_other_length_is_a_wpa_passphrase(passphrase: str) -> None:
    assert wifi_rules.flaw(wifi(passphrase))


@given(st.text(string.hexdigits, min_size=64, max_size=64), st.sampled_from(WPA))
def test_64_hexadecimal_digits_are_a_wpa_key(key: str, security: WifiSecurity) -> None:
    assert wifi_rules.flaw(wifi(key, security)) is None
    assert wifi_rules.is_raw_key(wifi(key, security))


@given(st.text(printable, min_size=1, max_size=128))
def test_sae_takes_a_password_of_any_usual_length_and_knows_no_key(password: str) -> None:
    given_network = wifi(password, WifiSecurity.WPA3)
    assert wifi_rules.flaw(given_network) is None
    assert not wifi_rules.is_raw_key(given_network)


@pytest.mark.parametrize(
    ("key", "is_one"),
    [
        ("abcde", True),
        ("z" * 13, True),
        ("0f" * 5, True),
        ("0f" * 29, True),
        ("z" * 10, False),
        ("abcdef", False),
    ],
)
def test_wep_keys_are_characters_or_digits_of_a_whole_key(key: str, is_one: bool) -> None:
    assert (wifi_rules.flaw(wifi(key, WifiSecurity.WEP)) is None) is is_one


@given(st.sampled_from([each for each in WifiSecurity if each.value not in ("open", "enterprise")]))
def test_a_protected_network_has_a_passphrase_without_control_characters(security: WifiSecurity) -> None:
    assert wifi_rules.flaw(wifi(None, security))
    assert wifi_rules.flaw(wifi("typed\nwith a break"[:13], security))
    assert wifi_rules.flaw(wifi(None, WifiSecurity.OPEN)) is None


@given(ssids, st.text(max_size=140), st.sampled_from(WifiSecurity))
def test_what_is_wrong_is_said_without_the_passphrase(ssid: bytes, text: str, security: WifiSecurity) -> None:
    for support in SUPPORTS:
        problem = support.problem(wifi(f"<<{text}>>", security, ssid))
        assert problem is None or f"<<{text}>>" not in str(problem)


@given(ssids, st.text(max_size=140), st.sampled_from(WifiSecurity))
def test_a_protocol_carries_nothing_that_can_not_be_a_network(
    ssid: bytes, text: str, security: WifiSecurity
) -> None:
    given_network = wifi(text, security, ssid)
    if wifi_rules.flaw(given_network) is not None:
        assert all(support.problem(given_network) for support in SUPPORTS)


@pytest.mark.parametrize("support", [config.WIFI, codec.WIFI], ids=lambda each: each.name)
def test_what_the_passphrase_buffers_of_63_octets_can_not_hold(support: WifiSupport) -> None:
    for given_network in (
        wifi(KEY),
        wifi("x" * 64, WifiSecurity.WPA3),
        wifi("password", WifiSecurity.ENTERPRISE),
    ):
        with pytest.raises(NetworkUnsupported) as refused:
            support.check(given_network)
        assert refused.value.detail.startswith(support.name)
    support.check(wifi("x" * 63, WifiSecurity.WPA3))
    support.check(wifi("abcde", WifiSecurity.WEP))


@pytest.mark.parametrize("support", [config.WIFI, codec.WIFI, matter.WIFI], ids=lambda each: each.name)
def test_who_has_no_certificate_login_refuses_a_company_network(support: WifiSupport) -> None:
    """Before anything is sent, and by name."""
    problem = support.problem(network())
    assert type(problem) is CompanyNetworkUnsupported
    assert problem.advice_text.startswith(support.name)
    assert network_prompt.WIFI.problem(network()) is None


def test_rp1_carries_a_key_and_short_sae_passwords_but_nothing_outdated() -> None:
    rp1 = network_prompt.WIFI
    for carried in (wifi(KEY), wifi("short", WifiSecurity.WPA3), wifi("x" * 64, WifiSecurity.WPA3)):
        assert rp1.problem(carried) is None
    for left in (
        wifi("abcde", WifiSecurity.WEP),
        wifi("x" * 65, WifiSecurity.WPA3),
        wifi("password", WifiSecurity.WPA),
    ):
        assert str(rp1.limit(left)).startswith("RP1 carries no")


def accepted_from_file(ssid: str, passphrase: str, security: WifiSecurity) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "wifi.json"
        path.write_text(json.dumps({"ssid": ssid, "passphrase": passphrase, "security": security.value}))
        try:
            wifi_from_file(path)
        except CredentialsUnusable:
            return False
        return True


def accepted_from_code(ssid: str, passphrase: str, security: WifiSecurity) -> bool:
    kind = {WifiSecurity.WPA3: "SAE", WifiSecurity.WEP: "WEP"}.get(security, "WPA")
    try:
        code = recognise(f"WIFI:T:{kind};S:{ssid};P:{passphrase};;")
    except CompanionError:
        return False
    return code.payload == wifi(passphrase, security, ssid.encode())


@given(
    st.text(string.ascii_letters, min_size=1, max_size=40),
    st.text(string.ascii_letters + string.digits, min_size=1, max_size=70)
    | st.text(string.hexdigits, min_size=64, max_size=64),
    st.sampled_from((WifiSecurity.WPA2, WifiSecurity.WPA3, WifiSecurity.WEP)),
)
def test_file_code_and_rules_agree(ssid: str, passphrase: str, security: WifiSecurity) -> None:
    fits = wifi_rules.flaw(wifi(passphrase, security, ssid.encode())) is None
    assert accepted_from_file(ssid, passphrase, security) is fits
    assert accepted_from_code(ssid, passphrase, security) is fits
