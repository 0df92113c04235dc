"""Every text gets an honest answer, whatever it is, and no secret leaves by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.model import SetupCode
from companion.protocols import recognise
from companion.protocols.rp1.setup_code import label_code
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.secret import Secret
from companion.setup_code import MAX_LENGTH

RP1_SECRET = bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a")

# One public example of each ecosystem, and the secret in it.
EXAMPLES = {
    "rp1": (label_code.make(Rp1Code(7, bytes(range(16)), Secret(RP1_SECRET), (1,), 3)), RP1_SECRET.hex()),
    "espressif": ('{"ver":"v1","name":"PROV_A1B2C3","pop":"k3d9x7q1","transport":"ble"}', "k3d9x7q1"),
    "matter": ("MT:Y.K9042C00KA0648G00", "20202021"),
    "homekit": ("X-HM://0081YCYEP3QYT", "84131633"),
    "dpp": (
        "DPP:C:81/1,115/36;K:MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADM2206avxHJaHXgLMkq/24e0rsrfMP9K1Tm8gx+ovP0I=;;",
        "",
    ),
    "zwave": (
        "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578",
        "51525-35455",
    ),
    "thread": ("v=1&&eui=0000b57fffe15d68&&cc=J01NU5", "J01NU5"),
    "wifi": ("WIFI:T:WPA;S:MyNetwork;P:MyPassword123;;", "MyPassword123"),
    "amazon": ("ABV:IB01;SERNUM:G3A0PA01802300PE;PID:ebK3;PIN:957AD9640;", "957AD9640"),
    "url": ("https://example.com/app?token=geheim", "geheim"),
    "unknown": ("hello", "hello"),
}
COMMISSIONED = {"rp1", "espressif", "matter"}


@pytest.mark.parametrize("ecosystem", EXAMPLES)
def test_each_ecosystem_is_told_from_the_others(ecosystem: str) -> None:
    text, secret = EXAMPLES[ecosystem]
    code = recognise(f"{text}\r\n")
    assert code.ecosystem == ecosystem
    assert code.commissionable == (ecosystem in COMMISSIONED)
    assert str(code.verdict).endswith(".")
    if secret:
        shown = repr(code) + str(code.verdict)
        assert secret not in shown
        assert secret.replace("-", "") not in shown


MATTER = "MT:Y.K9042C00KA0648G00"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        # What the Matter SDK and ESP-IDF print, and what people copy of it.
        (f"I (1614) chip[SVR]: SetupQRCode: [{MATTER}]", MATTER),
        ("https://project-chip.github.io/connectedhomeip/qrcode.html?data=MT%3AY.K9042C00KA0648G00", MATTER),
        ("\x1b[0;32mI (2) chip[SVR]: Manual pairing code: [34970112332]\x1b[0m", "34970112332"),
        (f"{MATTER}\nManual pairing code: [34970112332]", MATTER),
        (f"I (9) app: Scan this QR code:\nI (9) QR: {EXAMPLES['espressif'][0]}", EXAMPLES["espressif"][0]),
        ("Setup code: 466-37-726", "466-37-726"),
        ('"X-HM://0081YCYEP3QYT"', "X-HM://0081YCYEP3QYT"),
        (f"label: {EXAMPLES['rp1'][0]}", EXAMPLES["rp1"][0]),
        (
            "https://qr.example/?size=9&data=WIFI%3AT%3AWPA%3BS%3An%3BP%3A12345678%3B%3B",
            "WIFI:T:WPA;S:n;P:12345678;;",
        ),
        (f"Scan {EXAMPLES['dpp'][0]} with your phone", EXAMPLES["dpp"][0]),
    ],
)
def test_a_code_is_found_in_what_surrounds_it(text: str, inside: str) -> None:
    code = recognise(text)
    assert code.payload == recognise(inside).payload
    assert code.text == Secret(inside)


@pytest.mark.parametrize(
    ("text", "kind"),
    [(f"SetupQRCode: [{MATTER[:-1]}]", "Matter"), (f"https://x.example/?data={MATTER[:-1]}", "Matter")],
)
def test_a_damaged_code_in_what_surrounds_it_is_named(text: str, kind: str) -> None:
    with pytest.raises(CodeMalformed) as raised:
        recognise(text)
    assert raised.value.facts["kind"] == kind


@pytest.mark.parametrize("mark", ["rp1", "matter", "homekit", "wifi"])
def test_a_code_in_lower_case_is_the_same_code(mark: str) -> None:
    text = EXAMPLES[mark][0]
    lower = text.lower() if mark != "wifi" else text[:5].lower() + text[5:]
    assert recognise(lower).payload == recognise(text).payload


def test_a_phone_number_is_no_damaged_code() -> None:
    assert recognise("0171 1234567").ecosystem == "unknown"


@given(st.text(max_size=80) | st.text('0123456789-. :;{}"MTRPXDW', max_size=60))
def test_any_text_is_recognised_or_refused_as_damaged(text: str) -> None:
    try:
        code = recognise(text)
    except CodeMalformed as error:
        assert error.facts["kind"]
        return
    assert isinstance(code, SetupCode)


@given(st.sampled_from(sorted(EXAMPLES)), st.data())
def test_a_piece_of_a_code_never_crashes(ecosystem: str, data: st.DataObject) -> None:
    text = EXAMPLES[ecosystem][0]
    piece = text[: data.draw(st.integers(0, len(text)))] + data.draw(st.text(max_size=4))
    try:
        recognise(piece)
    except CodeMalformed as error:
        assert "damaged" in error.title_text


@pytest.mark.beside_the_gate
@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "RP1:",
        "MT:",
        "X-HM://",
        "DPP:",
        "zws2dsk:",
        "WIFI:",
        "ABV:OB01;",
        "90",
        "{",
        "LPA:1$",
        "30S01700100+",
        "1V:1$",
        "Z:",
        "G$M:",
    ],
)
@pytest.mark.parametrize("filler", ["0", "9", "A", ";", "*", "{", "a:", '{"name":', "\\", "-", "\0", "😀"])
def test_the_largest_codes_end_in_an_answer(prefix: str, filler: str) -> None:
    text = (prefix + filler * 4296)[:4296]
    try:
        assert recognise(text).ecosystem
    except CodeMalformed as error:
        assert error.facts["kind"]


def test_a_text_longer_than_any_code_is_not_parsed() -> None:
    code = recognise("MT:" + "0" * 10_000_000)
    assert code.ecosystem == "unknown"
    assert len(code.text) <= MAX_LENGTH + 1


def test_half_a_character_is_no_crash() -> None:
    assert recognise("\ud800").ecosystem == "unknown"
    assert recognise('{"name":"\\ud800","transport":"ble"}').payload.name == "?"


def test_an_unknown_text_is_kept_as_a_secret() -> None:
    assert recognise("door code 4711").text == Secret("door code 4711")


@pytest.mark.parametrize("text", ["RP1T:ABC", "rp1t:abc", "  RP1T:ABC "])
def test_a_transfer_token_is_told_apart_from_a_setup_code(text: str) -> None:
    code = recognise(text)
    assert (code.ecosystem, code.commissionable) == ("rp1-transfer", False)
    assert "devices accept" in str(code.verdict)
    assert text not in repr(code)
