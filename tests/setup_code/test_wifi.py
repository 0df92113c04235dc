"""`WIFI:` codes become the network to hand over, with every character of the passphrase intact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.model import WifiCredentials, WifiSecurity
from companion.protocols import recognise
from companion.secret import Secret
from companion.setup_code.ecosystems.wifi import EnterpriseNetwork


def escaped(text: str) -> str:
    return "".join("\\" + character if character in '\\;,:"' else character for character in text)


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("WIFI:T:WPA;S:mynetwork;P:mypass12;;", WifiCredentials(b"mynetwork", Secret("mypass12"))),
        ("WIFI:S:mynetwork;P:mypass12;T:WPA2;;", WifiCredentials(b"mynetwork", Secret("mypass12"))),
        ("WIFI:S:mynetwork;P:mypass12;;", WifiCredentials(b"mynetwork", Secret("mypass12"))),
        ("WIFI:T:SAE;S:n;P:short;;", WifiCredentials(b"n", Secret("short"), WifiSecurity.WPA3)),
        ("WIFI:T:WPA;R:1;S:n;P:mypass12;;", WifiCredentials(b"n", Secret("mypass12"), WifiSecurity.WPA3)),
        ("WIFI:T:nopass;S:guests;;", WifiCredentials(b"guests", None, WifiSecurity.OPEN)),
        ("WIFI:S:guests;;", WifiCredentials(b"guests", None, WifiSecurity.OPEN)),
        ("WIFI:T:WEP;S:old;P:abcde;;", WifiCredentials(b"old", Secret("abcde"), WifiSecurity.WEP)),
        ("WIFI:T:WPA;S:n;P:mypass12;H:true;;", WifiCredentials(b"n", Secret("mypass12"), hidden=True)),
        ('WIFI:T:WPA;S:"ABCD";P:"12345678";;', WifiCredentials(b"ABCD", Secret("12345678"))),
        (
            'WIFI:T:WPA;S:\\"foo\\;bar\\\\baz\\";P:12345678;;',
            WifiCredentials(b'"foo;bar\\baz"', Secret("12345678")),
        ),
        ("WIFI:T:WPA;S:caf\u00e9;P:12345678;", WifiCredentials("café".encode(), Secret("12345678"))),
        ("wifi:t:wpa;s:n;p:12345678;;", WifiCredentials(b"n", Secret("12345678"))),
        ("WIFI:T:OWE;S:cafe;;", WifiCredentials(b"cafe", None, WifiSecurity.OPEN)),
    ],
)
def test_public_examples_and_variants(text: str, credentials: WifiCredentials) -> None:
    code = recognise(text)
    assert (code.ecosystem, code.payload) == ("wifi", credentials)


@pytest.mark.parametrize(
    "text",
    [
        "WIFI:",
        "WIFI:T:WPA;P:12345678;;",
        "WIFI:T:WPA;S:" + "x" * 33 + ";P:12345678;;",
        "WIFI:T:WPA2-EAP;I:me;P:geheim;;",
        "WIFI:T:WPA;S:n;P:12345678",
        "WIFI:T:WPA;S:n;P:12345678\\;;"[:-1],
        "WIFI:T:WPA;S:n;S:m;P:12345678;;",
        "WIFI:T:WPA;R:x;S:n;P:12345678;;",
    ],
)
def test_a_damaged_network_is_not_handed_over(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


@pytest.mark.parametrize("password", ["P:1234567;", "", "P:" + "x" * 64 + ";"])
def test_a_network_with_an_impossible_password_is_named_and_not_handed_over(password: str) -> None:
    code = recognise(f"WIFI:T:WPA;S:n;{password};")
    assert (code.ecosystem, code.payload) == ("wifi", None)
    assert "enter the password by hand" in str(code.verdict)


@pytest.mark.parametrize("kind", ["T:WPA2-EAP;", "T:WPA2-EAP;R:1;", ""])
def test_a_network_with_login_keeps_its_user_and_is_not_handed_over(kind: str) -> None:
    code = recognise(f"WIFI:{kind}S:work;E:PEAP;PH2:MSCHAPV2;I:me\\@work;A:anon;P:geheim;;")
    assert code.payload == EnterpriseNetwork(b"work", "me@work", "anon", "PEAP", "MSCHAPV2", Secret("geheim"))
    assert "can't be handed over" in str(code.verdict)
    assert "geheim" not in repr(code)


def test_enhanced_open_is_told_from_open() -> None:
    code = recognise("WIFI:T:OWE;S:cafe;;")
    assert {field.name: field.value for field in code.fields}["security"] == "owe"
    assert not code.findings


def test_a_raw_key_of_64_hex_digits_is_a_passphrase() -> None:
    assert recognise("WIFI:T:WPA;S:n;P:" + "0f" * 32 + ";;").payload.passphrase == Secret("0f" * 32)


@pytest.mark.parametrize(("kind", "count"), [("nopass", 1), ("WEP", 1), ("WPA", 0)])
def test_a_network_that_protects_nobody_says_so(kind: str, count: int) -> None:
    assert len(recognise(f"WIFI:T:{kind};S:n;P:1234567890;;").findings) == count


@given(
    st.text(min_size=1, max_size=8).filter(lambda text: text == text.strip('"')),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=63),
)
def test_every_name_and_passphrase_survives(ssid: str, passphrase: str) -> None:
    text = f"WIFI:T:WPA;S:{escaped(ssid)};P:{escaped(passphrase)};;"
    assert recognise(text).payload == WifiCredentials(ssid.encode(), Secret(passphrase))
