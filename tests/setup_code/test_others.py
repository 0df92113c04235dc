"""Codes of ecosystems that Companion names and explains but does not commission."""

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.protocols import recognise
from companion.secret import Secret
from companion.setup_code.ecosystems.amazon import AmazonCode
from companion.setup_code.ecosystems.dpp import DppCode
from companion.setup_code.ecosystems.homekit import HomeKitCode
from companion.setup_code.ecosystems.thread import ThreadJoinerCode

DPP_KEY = "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADM2206avxHJaHXgLMkq/24e0rsrfMP9K1Tm8gx+ovP0I="
ZWAVE = "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578"
DSK = "51525-35455-41424-34445-31323-33435-21222-32425"


# --- HomeKit


@pytest.mark.parametrize(
    ("text", "setup_code", "setup_id", "category", "flags"),
    [
        ("X-HM://0023ISYWY8H2B", "031-45-154", "8H2B", 2, 2),
        ("X-HM://0023ISYWYACMN", "031-45-154", "ACMN", 2, 2),
        ("X-HM://0023OA51DACMN", "123-44-321", "ACMN", 2, 2),
        ("X-HM://0081YCYEP3QYT", "841-31-633", "3QYT", 8, 2),
        ("X-HM://007JNU5AE7OSX", "518-08-582", "7OSX", 7, 10),
        ("031-45-154", "031-45-154", None, None, None),
        ("8413-1633", "841-31-633", None, None, None),
        ("8413 1633", "841-31-633", None, None, None),
        ("x-hm://0023isywy8h2b", "031-45-154", "8H2B", 2, 2),
    ],
)
def test_homekit_codes(
    text: str, setup_code: str, setup_id: str | None, category: int | None, flags: int | None
) -> None:
    code = recognise(text)
    assert code.payload == HomeKitCode(Secret(setup_code), setup_id, category, flags)
    assert "Apple Home" in str(code.verdict)


@pytest.mark.parametrize(
    "text", ["X-HM://", "X-HM://0023ISYWY8H2", "X-HM://ZZZZZZZZZABCD", "x-hm://0023isywy8h2"]
)
def test_damaged_homekit_codes(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


def test_eight_digits_in_one_piece_are_not_decided() -> None:
    code = recognise("84131633")
    assert (code.ecosystem, code.payload) == ("digits", None)
    assert "HomeKit" in code.title
    assert "Matter" in code.title


def test_the_passcode_of_matters_examples_is_not_homekits() -> None:
    code = recognise("20202021")
    assert (code.ecosystem, code.title) == ("matter", "Matter test passcode")


def test_a_homekit_code_that_apple_forbids_is_flagged() -> None:
    assert recognise("111-11-111").findings
    assert not recognise("031-45-154").findings


# --- Wi-Fi Easy Connect: the accepted and refused URIs of hostap's own tests


@pytest.mark.parametrize(
    ("text", "mac", "channels", "information"),
    [
        (f"DPP:C:81/1,115/36;K:{DPP_KEY};;", None, "81/1,115/36", None),
        (f"DPP:C:81/1,2,3,82/14,115/36;K:{DPP_KEY};;", None, "81/1,2,3,82/14,115/36", None),
        (f"DPP:I:SN=4774LH2b4044;M:010203040506;K:{DPP_KEY};;", "010203040506", None, "SN=4774LH2b4044"),
        (f"dpp:M:010203040506;K:{DPP_KEY};;", "010203040506", None, None),
        (f"DPP:I:;M:010203040506;K:{DPP_KEY};;", "010203040506", None, None),
        (f"DPP:M:6a:00:02:d2:e8:50;K:{DPP_KEY};X:new;;", "6a0002d2e850", None, None),
    ],
)
def test_easy_connect(text: str, mac: str | None, channels: str | None, information: str | None) -> None:
    payload = recognise(text).payload
    assert isinstance(payload, DppCode)
    assert (payload.mac, payload.channels, payload.information) == (mac, channels, information)
    assert payload.curve == "secp256r1"


@pytest.mark.parametrize(
    "text",
    [
        "DPP:",
        "DPP:;;",
        "DPP:C:1/2;M:;K;;",
        f"DPP:I:;M:01020304050;K:{DPP_KEY};;",
        "DPP:K:aGVsbG8=;;",
        "DPP:K:MEkwEwYHKoZIzj0CAQYIKoZIzj0DAQEDMgAEXiJuIWt1Q/CPCkuULechh37UsXPmbUANOeN5U9sOQROE4o/NEFeFEejROHYwwehF;;",
        f"DPP:K:{DPP_KEY};",
        f"DPP:K:{DPP_KEY[:-8]};;",
        f"DPP:C:81;K:{DPP_KEY};;",
        f"DPP:K:{DPP_KEY};K:{DPP_KEY};;",
    ],
)
def test_damaged_easy_connect(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


# --- Z-Wave


def test_smart_start() -> None:
    payload = recognise(ZWAVE).payload
    assert (payload.version, payload.keys, payload.dsk) == (1, 3, Secret(DSK))
    assert (payload.manufacturer_id, payload.product_type, payload.product_id) == (0xFFF0, 0x64, 3)


def test_s2_without_smart_start() -> None:
    code = recognise(ZWAVE[:2] + "00" + ZWAVE[4:])
    assert (code.payload.version, code.title) == (0, "Z-Wave device (S2)")


def test_a_code_with_a_uuid() -> None:
    text = (
        "9001346230075152535455414243444531323334352122232425001016387007680220655210100000017002880642002122232425"
        "414243444511121314153132333435"
    )
    assert recognise(text).payload.manufacturer_id == 0xFFF1


@given(st.integers(4, len(ZWAVE) - 1), st.sampled_from("0123456789"))
def test_a_wrong_digit_of_smart_start_is_found(place: int, digit: str) -> None:
    assume(digit != ZWAVE[place])
    mutated = ZWAVE[:place] + digit + ZWAVE[place + 1 :]
    if hashlib.sha1(mutated[9:].encode()).digest()[:2] == hashlib.sha1(ZWAVE[9:].encode()).digest()[:2]:
        assume(place < 9)
    with pytest.raises(CodeMalformed):
        recognise(mutated)


@given(st.integers(52, len(ZWAVE) - 1))
def test_a_cut_smart_start_code_is_found(length: int) -> None:
    with pytest.raises(CodeMalformed):
        recognise(ZWAVE[:length])


@pytest.mark.parametrize("tail", ["0", "000", "0020", "002012", "0205" + "0" * 5])
def test_smart_start_with_a_broken_block(tail: str) -> None:
    rest = "003" + DSK.replace("-", "") + tail
    checksum = int.from_bytes(hashlib.sha1(rest.encode()).digest()[:2], "big")
    with pytest.raises(CodeMalformed):
        recognise(f"9001{checksum:05}{rest}")


@pytest.mark.parametrize("prefix", ["", "zws2dsk:"])
def test_a_device_specific_key(prefix: str) -> None:
    assert recognise(prefix + DSK).payload.dsk == Secret(DSK)


@pytest.mark.parametrize(
    "text", ["zws2dsk:", "zws2dsk:" + DSK[:-1], "zws2dsk:65536" + DSK[5:], "99999" + DSK[5:]]
)
def test_a_damaged_device_specific_key(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


# --- Thread


def test_a_thread_joiner() -> None:
    payload = recognise("v=1&&eui=9019ec5d617d7aab&&cc=J01NU5").payload
    assert payload == ThreadJoinerCode("9019ec5d617d7aab", Secret("J01NU5"))


@pytest.mark.parametrize(
    "text",
    [
        "v=1&&eui=9019ec5d617d7aa&&cc=J01NU5",
        "v=1&&eui=9019ec5d617d7aab&&cc=J01NI5",
        "v=1&&eui=9019ec5d617d7aab&&cc=J01NU",
        "v=1&&eui=9019ec5d617d7aab",
        "v=2&&eui=9019ec5d617d7aab&&cc=J01NU5",
    ],
)
def test_a_damaged_thread_joiner(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


# --- Amazon


def test_amazon_shows_the_serial_number_and_hides_the_pin() -> None:
    code = recognise("ABV:IB01;SERNUM:G3A0PA01802300PE;PID:ebK3;PUK:MDkw;PIN:957AD9640;")
    assert isinstance(code.payload, AmazonCode)
    assert code.payload.barcode_version == "IB01"
    values = {field.name: field.value for field in code.fields}
    assert values["sernum"] == "G3A0PA01802300PE"
    assert values["pin"] == Secret("957AD9640")


@pytest.mark.parametrize("text", ["ABV:OB01", "ABV:OB01;PID", "ABV:OB01;PID:a;PID:b;"])
def test_damaged_amazon_codes(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


# --- Web addresses


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://app.maker.example/s/p?p=abc&uuid=1", "app.maker.example"),
        ("HTTP://User:geheim@Example.COM:8080/x", "example.com"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
    ],
)
def test_a_web_address_shows_its_host_and_nothing_else(text: str, host: str) -> None:
    code = recognise(text)
    assert code.ecosystem == "url"
    assert code.fields[0].value == host
    assert "geheim" not in repr(code)
    assert "abc" not in str(code.verdict)


@pytest.mark.parametrize(
    "text", ["https://", "https://[::1", "ftp://x", "https:///path", "https://" + "a" * 300 + ".de"]
)
def test_what_is_no_web_address(text: str) -> None:
    assert recognise(text).ecosystem == "unknown"
