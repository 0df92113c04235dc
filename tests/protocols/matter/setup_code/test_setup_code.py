"""Matter codes against public vectors: of the CHIP SDK, of matter.js and of the specification."""

from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.model import Advertisement, FoundDevice
from companion.protocols import recognise
from companion.protocols.matter import onboarding
from companion.protocols.matter.driver.discovery import fitting
from companion.protocols.matter.setup_code import recogniser
from companion.protocols.matter.setup_code.payload import MatterPayload
from companion.protocols.matter.setup_code.recogniser import of_flow
from companion.setup_code.digits import base38, verhoeff


@dataclass(frozen=True)
class Said:
    """The fixed part of a payload in numbers, and its encoding, written independently of the parser."""

    vendor: int
    product: int
    flow: int
    capabilities: int
    discriminator: int
    passcode: int

    def qr(self, optional: bytes = b"") -> str:
        number, shift = 0, 3
        for value, width in (
            (self.vendor, 16),
            (self.product, 16),
            (self.flow, 2),
            (self.capabilities, 8),
            (self.discriminator, 12),
            (self.passcode, 27),
        ):
            number |= value << shift
            shift += width
        return "MT:" + base38.encode(number.to_bytes(11, "little") + optional)

    def manual(self, *, long: bool) -> str:
        short = self.discriminator >> 8
        first = short >> 2 | (4 if long else 0)
        digits = f"{first}{(short & 3) << 14 | self.passcode & 0x3FFF:05}{self.passcode >> 14:04}"
        if long:
            digits += f"{self.vendor:05}{self.product:05}"
        return digits + verhoeff.check_digit(digits)


said = st.builds(
    Said,
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.integers(0, 3),
    st.integers(0, 31),
    st.integers(0, 0xFFF),
    st.integers(1, 99_999_998),
)


def only(text: str) -> MatterPayload:
    (payload,) = recognise(text).payload
    assert isinstance(payload, MatterPayload)
    return payload


@pytest.mark.parametrize(
    ("text", "vendor", "product", "capabilities", "discriminator", "passcode"),
    [
        ("MT:Y3.13OTB00KA0648G00", 9050, 20044, 2, 3840, "20202021"),
        ("MT:-24J042C00KA0648G00", 0xFFF1, 0x8001, 2, 3840, "20202021"),
        ("MT:Y.K9042C00KA0648G00", 0xFFF1, 0x8000, 2, 3840, "20202021"),
        ("MT:Y.K90AFN00KA0648G00", 0xFFF1, 0x8000, 4, 3840, "20202021"),
        ("MT:YNJV7VSC00CMVH7SR00", 9050, 65279, 2, 2976, "34567890"),
        ("MT:M5L90MP500K64J00000", 12, 1, 1, 128, "00002048"),
    ],
)
def test_public_qr_codes(
    text: str, vendor: int, product: int, capabilities: int, discriminator: int, passcode: str
) -> None:
    payload = only(text)
    assert (payload.vendor_id, payload.product_id, payload.flow) == (vendor, product, 0)
    assert (payload.capabilities, payload.discriminator, payload.is_short) == (
        capabilities,
        discriminator,
        False,
    )
    assert payload.passcode.reveal_text() == passcode


def test_several_devices_in_one_code() -> None:
    code = recognise("MT:M5L90MP500K64J00000*M5L90U.D010K4J00000*M5L900CM02IX4J00000*M5L908OU03-85J00000")
    assert [(p.discriminator, p.passcode.reveal()) for p in code.payload] == [
        (128, b"00002048"),
        (129, b"00002049"),
        (130, b"00002050"),
        (131, b"00002051"),
    ]
    assert code.fields[0].value == "4"


def test_each_of_several_devices_has_a_code_of_its_own() -> None:
    one, other = "M5L90MP500K64J00000", "M5L90U.D010K4J00000"
    assert recogniser.parts_of(recognise(f"MT:{one}*{other}")) == (f"MT:{one}", f"MT:{other}")
    assert recogniser.parts_of(recognise("3497-011-2332")) == ("34970112332",)


def test_of_several_devices_those_are_left_that_are_not_done() -> None:
    one, other, third = "M5L90MP500K64J00000", "M5L90U.D010K4J00000", "M5L900CM02IX4J00000"
    code = recognise(f"MT:{one}*{other}*{third}")
    first, second, _ = code.payload
    left = recogniser.rest_of(code, second)
    assert left is not None and left.text.reveal_text() == f"MT:{one}*{third}"
    assert recogniser.rest_of(left, second) is None
    last = recogniser.rest_of(left, first)
    assert last is not None and last.text.reveal_text() == f"MT:{third}"
    assert recogniser.rest_of(last, last.payload[0]) is None
    assert recogniser.rest_of(None, first) is None


def test_both_forms_of_a_code_have_the_upper_bits_of_the_discriminator() -> None:
    said = Said(0xFFF1, 0x8000, 0, 2, 0xABC, 20202021)
    for text in (said.qr(), said.manual(long=False)):
        (payload,) = recognise(text).payload
        assert payload.short_discriminator == 0xA


@pytest.mark.parametrize(
    ("text", "short", "passcode"),
    [
        ("34970112332", 15, "20202021"),
        ("26318621095", 11, "34567890"),
        ("0085 260 7537", 0, "12345678"),
        ("1604-371-4310", 7, "23456789"),
    ],
)
def test_public_manual_codes(text: str, short: int, passcode: str) -> None:
    payload = only(text)
    assert (payload.discriminator, payload.is_short) == (short, True)
    assert payload.passcode.reveal_text() == passcode


def test_a_long_manual_code_names_vendor_and_product() -> None:
    digits = "52927623630456200032"
    payload = only(digits + verhoeff.check_digit(digits))
    assert (payload.discriminator, payload.vendor_id, payload.product_id) == (1280 >> 8, 4562, 32)
    assert payload.passcode.reveal_text() == "38728284"


@pytest.mark.parametrize(
    ("optional", "serial", "vendor_data"),
    [
        ("152C000A3132333435363738393018", "1234567890", ()),
        ("152600d202964918", "1234567890", ()),
        ("152C810656656E646F722C000A3132333435363738393018", "1234567890", ((0x81, "Vendor"),)),
        ("1518", None, ()),
        ("15298228832a8400000040348518", None, ((0x82, True), (0x83, False), (0x84, 2.0), (0x85, None))),
        ("15378224010518" + "24830518", None, ((0x83, 5),)),
    ],
)
def test_optional_data(optional: str, serial: str | None, vendor_data: tuple[object, ...]) -> None:
    text = Said(0xFFF1, 0x8000, 0, 2, 3840, 20202021).qr(bytes.fromhex(optional))
    payload = only(text)
    assert (payload.serial_number, payload.vendor_data) == (serial, vendor_data)


@pytest.mark.parametrize(
    "optional",
    ["010203", "15", "152C0020", "151518", "1524000124000218", "152C0001ff18", "151f0018", "1518ff"],
)
def test_damaged_optional_data_is_a_damaged_code(optional: str) -> None:
    text = Said(0xFFF1, 0x8000, 0, 2, 3840, 20202021).qr(bytes.fromhex(optional))
    with pytest.raises(CodeMalformed):
        recognise(text)


def test_nested_optional_data_is_bounded() -> None:
    text = Said(0xFFF1, 0x8000, 0, 2, 3840, 20202021).qr(b"\x15" + b"\x35\x82" * 500)
    with pytest.raises(CodeMalformed):
        recognise(text)


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (0, None),
        (1, "Press the device's button"),
        (2, "manufacturer's app or website"),
        (3, "app or website"),
    ],
)
def test_what_comes_before_the_setup_is_said(flow: int, words: str | None) -> None:
    code = recognise(Said(0xFFF1, 0x8000, flow, 2, 3840, 20202021).qr())
    assert code is not None
    assert (code.prepare is None) if words is None else (words in str(code.prepare))


@pytest.mark.parametrize(
    ("flow", "words"), [(0, None), (1, "Press the device's button"), (2, "app or website")]
)
def test_a_flow_that_is_known_from_elsewhere_changes_the_words(flow: int, words: str | None) -> None:
    code = recognise(Said(0xFFF1, 0x8000, 2, 2, 3840, 20202021).manual(long=True))
    assert code is not None
    known = of_flow(code, flow)
    assert (known.prepare is None) if words is None else (words in str(known.prepare))
    assert (known.verdict == code.verdict) is (flow == 0)


@given(said, st.booleans())
def test_a_code_says_what_was_put_in(want: Said, long: bool) -> None:
    qr, manual = only(want.qr()), only(want.manual(long=long))
    assert (qr.vendor_id, qr.product_id, qr.flow) == (want.vendor, want.product, want.flow)
    assert (qr.capabilities, qr.discriminator) == (want.capabilities, want.discriminator)
    assert manual.discriminator == want.discriminator >> 8
    assert (manual.vendor_id, manual.product_id) == ((want.vendor, want.product) if long else (None, None))
    assert qr.passcode == manual.passcode
    assert int(qr.passcode.reveal()) == want.passcode


@given(said, st.booleans(), st.data())
def test_one_wrong_digit_is_always_found(want: Said, long: bool, data: st.DataObject) -> None:
    code = want.manual(long=long)
    place = data.draw(st.integers(0, len(code) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != code[place])
    with pytest.raises(CodeMalformed):
        recognise(code[:place] + digit + code[place + 1 :])


@given(said, st.booleans(), st.data())
def test_two_swapped_digits_are_always_found(want: Said, long: bool, data: st.DataObject) -> None:
    code = want.manual(long=long)
    place = data.draw(st.integers(0, len(code) - 2))
    assume(code[place] != code[place + 1])
    with pytest.raises(CodeMalformed):
        recognise(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    "digits",
    [
        "8000010000",
        "9000010000",
        "2163840000",
        "0000000000",
        "0655369999",
        "4000010000",
        "00000100000000000001",
        # Vendor and product have 16 bits each, the digits hold more.
        "40000100016553600000",
        "40000100010000065536",
    ],
)
def test_digits_out_of_range_are_refused_although_the_check_digit_fits(digits: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(digits + verhoeff.check_digit(digits))


@pytest.mark.parametrize(
    "text",
    [
        "MT:",
        "MT:Y.K9042C00KA0648G0",
        "MT:Y.K9042C00KA0648",
        "mt:y.k9042c00ka0648g0",
        "MT:Y.K9042C00KA0648G00*",
        "mt:X",
    ],
)
def test_a_damaged_qr_text_is_refused(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise(text)


@pytest.mark.parametrize("passcode", [0, 99_999_999, (1 << 27) - 1])
def test_a_passcode_out_of_range_is_refused(passcode: int) -> None:
    with pytest.raises(CodeMalformed):
        recognise(Said(1, 1, 0, 2, 1, passcode).qr())


@pytest.mark.parametrize(("passcode", "count"), [(20202021, 1), (12345678, 1), (55555555, 1), (20202022, 0)])
def test_a_passcode_that_everyone_knows_is_flagged(passcode: int, count: int) -> None:
    assert len(recognise(Said(1, 1, 0, 2, 1, passcode).qr()).findings) == count


@given(st.binary(max_size=40))
def test_base38_undoes_itself(data: bytes) -> None:
    assert base38.decode(base38.encode(data)) == data


@given(st.text(base38.ALPHABET, max_size=20))
def test_a_base38_text_has_one_meaning_or_none(text: str) -> None:
    try:
        data = base38.decode(text)
    except ValueError:
        return
    assert base38.encode(data) == text


def test_verhoeff_on_its_published_example() -> None:
    assert verhoeff.check_digit("236") == "3"
    assert recogniser.recognise("123") is None


def test_a_code_that_is_cut_short_is_damaged() -> None:
    with pytest.raises(CodeMalformed, match="cut short"):
        recognise("MT:" + base38.encode(bytes(10)))


def test_a_fresh_passcode_is_none_that_people_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter((11_111_111, 12_345_678, 1234))
    monkeypatch.setattr(onboarding.secrets, "choice", lambda among: next(drawn))
    assert onboarding.fresh_passcode().reveal() == b"00001234"


def test_eleven_digits_in_parts_that_no_label_has_are_something_else() -> None:
    wrong = "34970112333"
    assert recogniser.recognise(f"{wrong[:2]} {wrong[2:]}") is None
    with pytest.raises(CodeMalformed):
        recogniser.recognise(f"{wrong[:4]}-{wrong[4:7]}-{wrong[7:]}")


def test_the_public_passcode_alone_is_no_code_yet() -> None:
    code = recogniser.recognise("20202021")
    assert code is not None and not code.commissionable and "QR code" in str(code.verdict)


def test_a_code_that_names_no_way_to_find_the_device_says_so() -> None:
    code = recognise(Said(1, 1, 0, 0, 1, 1).qr())
    assert next(each.value for each in code.fields if each.name == "capabilities") == "not specified"


def test_a_code_of_a_later_version_is_not_guessed_at() -> None:
    with pytest.raises(CodeMalformed, match="version"):
        recognise("MT:" + base38.encode(b"\x01" + bytes(10)))


@pytest.mark.parametrize(
    "text", [Said(0xFFF1, 1, 2, 2, 9, 0).qr(), Said(0xFFF1, 1, 2, 2, 9, 0).manual(long=True)]
)
def test_a_custom_flow_s_label_may_have_no_passcode(text: str) -> None:
    code = recognise(text)
    assert code.lacks_secret and only(text).passcode is None
    assert "no passcode" in str(code.verdict) and "app or website" in str(code.prepare)
    assert code.fields[0].value == "not on this label" and code.findings == ()
    assert of_flow(code, 2) is code


@pytest.mark.parametrize(
    "text", [Said(0xFFF1, 1, 1, 2, 9, 0).qr(), Said(0xFFF1, 1, 2, 2, 9, 0).manual(long=False)]
)
def test_no_other_label_may_lack_it(text: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise("-".join((text[:4], text[4:7], text[7:])) if text.isdecimal() else text)


def test_of_several_devices_one_may_have_no_passcode_and_is_not_left_alone() -> None:
    with_one, without = Said(0xFFF1, 1, 0, 2, 9, 1234567), Said(0xFFF1, 2, 2, 2, 9, 0)
    code = recognise(f"{with_one.qr()}*{without.qr()[3:]}")
    assert not code.lacks_secret and "more than power" in str(code.verdict)
    assert recogniser.rest_of(code, code.payload[0]) is None
    found = FoundDevice("matter", Advertisement("1"), "", discriminator=9)
    assert fitting(found, code) == (code.payload[0],)
