"""Improv's frames, strings, meanings, and the assembly of pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CompanionError, CredentialsUnusable, ProtocolViolation
from companion.model import Network, WifiCredentials, WifiSecurity
from companion.protocols.improv import codec
from companion.protocols.improv.codec import (
    Assembler,
    Capability,
    Command,
    DeviceInfo,
    Fault,
    ProvisioningState,
    Result,
)
from companion.secret import Secret

# The example of improv-wifi.com/ble, "Send Wi-Fi settings", with its checksum worked out.
EXAMPLE = bytes.fromhex("011e0c") + b"MyWirelessAP" + b"\x10" + b"mysecurepassword" + b"\xc0"


def test_the_specifications_example() -> None:
    wifi = WifiCredentials(b"MyWirelessAP", Secret("mysecurepassword"))
    assert codec.frame(codec.send_wifi(wifi)) == EXAMPLE


def test_an_open_network_has_an_empty_passphrase() -> None:
    assert codec.send_wifi(WifiCredentials(b"Guests", None, WifiSecurity.OPEN)) == b"\x01\x08\x06Guests\x00"


def test_names_are_utf_8_and_as_long_as_allowed() -> None:
    ssid, passphrase = ("é" * 16).encode(), Secret("x" * 63)
    body = codec.send_wifi(WifiCredentials(ssid, passphrase))
    assert codec.unpack_strings(body[2:]) == (ssid, passphrase.reveal())


@pytest.mark.parametrize("wifi", [WifiCredentials(b"x" * 33), WifiCredentials(b"x", Secret("f" * 64))])
def test_what_no_device_can_use_is_refused(wifi: WifiCredentials) -> None:
    with pytest.raises(CredentialsUnusable):
        codec.send_wifi(wifi)


@given(st.integers(0, 255), st.lists(st.binary(max_size=60), max_size=4))
def test_results_pass_unchanged(command: int, strings: list[bytes]) -> None:
    octets = codec.frame(codec.rpc(command, codec.pack_strings(tuple(strings))))
    assert codec.read_result(codec.unframe(octets)) == Result(command, tuple(strings))


@given(st.integers(0, 255), st.binary(max_size=255), st.data())
def test_frames_come_together_from_pieces_of_any_size(command: int, data: bytes, draw: st.DataObject) -> None:
    octets = codec.frame(codec.rpc(command, data))
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(octets)), max_size=5)))
    assembler = Assembler()
    whole = None
    for start, end in zip([0, *cuts], [*cuts, len(octets)], strict=True):
        assert whole is None or start == end
        whole = assembler.feed(octets[start:end]) or whole
    assert whole == octets
    assert not assembler.waiting


@given(st.binary(max_size=40))
def test_noise_is_an_error_of_our_tree(noise: bytes) -> None:
    for read in (
        lambda: codec.read_result(codec.unframe(noise)),
        lambda: codec.read_state(noise),
        lambda: codec.read_fault(noise),
        lambda: codec.read_capabilities(noise),
        lambda: list(codec.read_networks(Result(4, codec.unpack_strings(noise)))),
        lambda: codec.read_device_info(Result(3, codec.unpack_strings(noise))),
    ):
        try:
            read()
        except CompanionError as error:
            assert isinstance(error, ProtocolViolation)


@given(st.binary(min_size=3, max_size=60), st.integers(0, 59), st.integers(1, 255))
def test_a_changed_octet_is_noticed(data: bytes, at: int, change: int) -> None:
    octets = bytearray(codec.frame(codec.rpc(1, data)))
    octets[at % len(octets)] ^= change
    with pytest.raises(ProtocolViolation):
        codec.unframe(bytes(octets))


def test_more_data_than_a_length_octet_can_say_is_refused() -> None:
    with pytest.raises(ValueError):
        codec.rpc(1, bytes(256))


def test_values_of_one_octet() -> None:
    assert codec.read_state(b"\x02") is ProvisioningState.AUTHORIZED
    assert codec.read_fault(b"\x00") is Fault.NONE
    assert codec.read_fault(b"\x77") is Fault.UNKNOWN
    assert codec.read_capabilities(b"\x05") == Capability.IDENTIFY | Capability.SCAN
    assert codec.read_capabilities(b"\xf1\x01") == Capability.IDENTIFY
    for nonsense in (b"", b"\x09", b"\x01\x02"):
        with pytest.raises(ProtocolViolation):
            codec.read_state(nonsense)


def test_device_info_has_four_strings_or_more() -> None:
    strings = (b"Bluetooth Proxy", b"v1.0.0", b"esp32", b"My Proxy", b"ESPHome", b"2025.12.2")
    assert codec.read_device_info(Result(3, strings)) == DeviceInfo(
        "Bluetooth Proxy", "v1.0.0", "esp32", "My Proxy", "ESPHome 2025.12.2"
    )
    assert codec.read_device_info(Result(3, strings[:4])).system == ""
    with pytest.raises(ProtocolViolation):
        codec.read_device_info(Result(3, strings[:3]))


def test_a_scan_names_networks_their_loudness_and_protection() -> None:
    strings = (b"Home", b"-60", b"WPA2", "café".encode(), b"loud", b"NO", b"", b"-40", b"WPA2")
    assert list(codec.read_networks(Result(4, strings))) == [
        Network(b"Home", WifiSecurity.WPA2, -60),
        Network("café".encode(), WifiSecurity.OPEN, None),
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("NO", WifiSecurity.OPEN),
        ("WEP", WifiSecurity.WEP),
        ("WPA", WifiSecurity.WPA),
        ("WPA/WPA2", WifiSecurity.WPA2),
        ("WPA2", WifiSecurity.WPA2),
        ("WPA3", WifiSecurity.WPA3),
        ("WPA2/WPA3", WifiSecurity.WPA2_WPA3),
        ("WPA2 EAP", WifiSecurity.ENTERPRISE),
        ("YES", WifiSecurity.WPA2),
        ("yes", WifiSecurity.WPA2),
    ],
)
def test_protections_by_their_names(said: str, meant: WifiSecurity) -> None:
    assert codec.read_security(said) is meant


@pytest.mark.parametrize(
    ("strings", "link"),
    [
        ((b"http://192.168.4.42/",), "http://192.168.4.42/"),
        ((b"https://my.home-assistant.io/x", b"http://1.2.3.4"), "https://my.home-assistant.io/x"),
        ((), None),
        ((b"",), None),
        ((b"javascript:alert(1)",), None),
        ((b"http://a\nb",), None),
    ],
)
def test_only_a_web_address_is_offered_as_a_link(strings: tuple[bytes, ...], link: str | None) -> None:
    assert codec.read_redirect(Result(Command.SEND_WIFI, strings)) == link


@given(st.text(max_size=90))
def test_a_host_is_called_as_rfc_1123_allows(name: str) -> None:
    host = codec.hostname_of(name)
    assert len(host) <= 63 and host.isascii() and host == host.lower()
    assert not host.startswith("-") and not host.endswith("-")
    assert all(c.isalnum() or c == "-" for c in host)
    assert codec.hostname_of(host) == host


@given(st.integers(0, 255), st.lists(st.binary(max_size=30), max_size=4), st.binary(min_size=1, max_size=9))
def test_octets_beyond_a_results_length_are_passed_over_and_missing_ones_are_not(
    command: int, strings: list[bytes], beyond: bytes
) -> None:
    body = codec.rpc(command, codec.pack_strings(tuple(strings)))
    assert codec.read_result(body + beyond) == Result(command, tuple(strings))
    with pytest.raises(ProtocolViolation):
        codec.read_result(body[:-1])
