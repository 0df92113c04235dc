"""RP1 labels both ways, and every way in which one can be damaged."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.model import Severity
from companion.protocols import recognise
from companion.protocols.rp1.setup_code import label_code
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.secret import Secret
from companion.setup_code.digits import base45

FP = bytes.fromhex("00112233445566778899aabbccddeeff")
R = bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a")

codes = st.builds(
    Rp1Code,
    disc=st.integers(0, 0xFFF),
    fp=st.binary(min_size=16, max_size=16),
    r=st.binary(min_size=16, max_size=16).map(Secret),
    suites=st.sets(st.integers(1, 255), min_size=1, max_size=4).map(lambda s: tuple(sorted(s))),
    methods=st.integers(1, 255),
    address=st.none() | st.binary(min_size=6, max_size=6).map(lambda b: b.hex(":").upper()),
)


def label(*items: object) -> str:
    return "RP1:" + base45.encode(cbor2.dumps(list(items), canonical=True))


@given(codes)
def test_a_made_code_parses_to_itself(code: Rp1Code) -> None:
    assert recognise(label_code.make(code)).payload == code


@given(codes)
def test_the_cbor_is_what_an_independent_encoder_makes(code: Rp1Code) -> None:
    items: list[object] = [1, code.disc, code.fp, code.r.reveal(), list(code.suites), code.methods]
    if code.address:
        items.append(bytes.fromhex(code.address.replace(":", "")))
    assert label_code.make(code) == label(*items)


def test_a_label_without_hint_fits_seventy_characters_and_says_who_commissions_it() -> None:
    text = label_code.make(Rp1Code(0xFFF, FP, Secret(R), (1, 2), 31))
    assert len(text) <= 70
    code = recognise(text)
    assert (code.ecosystem, code.protocol, code.findings) == ("rp1", "rp1", ())
    secret = next(field for field in code.fields if field.name == "secret")
    assert isinstance(secret.value, Secret)
    assert R.hex() not in repr(code)


def test_another_protocols_code_is_not_read_as_a_label() -> None:
    with pytest.raises(CodeMalformed):
        label_code.parse("MT:Y.K9042C00KA0648G00")


@pytest.mark.parametrize(
    "items",
    [
        (0, 7, FP, R, [1], 3),
        (1, 0x1000, FP, R, [1], 3),
        (1, -7, FP, R, [1], 3),
        (1, 7, FP[:15], R, [1], 3),
        (1, 7, FP, R + b"\0", [1], 3),
        (1, 7, FP, R, [], 3),
        (1, 7, FP, R, [2, 1], 3),
        (1, 7, FP, R, [1, 1], 3),
        (1, 7, FP, R, [1], 0),
        (1, 7, FP, R, [1], 256),
        (1, 7, FP, R, [1]),
        (1, 7, FP, R, [1], 3, b"12345"),
        (1, 7, FP, R, [1], 3, b"123456", 1),
        (1, 7, FP.hex(), R, [1], 3),
        (1, 7, FP, R, 1, 3),
        (1, 2**64 - 1, FP, R, [1], 3),
    ],
)
def test_another_shape_is_a_damaged_code(items: tuple[object, ...]) -> None:
    with pytest.raises(CodeMalformed) as raised:
        recognise(label(*items))
    assert raised.value.title_text == "The RP1 code is damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"\x86\x18\x01\x07\x50" + FP + b"\x50" + R + b"\x81\x01\x03",
        b"\x86\x01\x19\x00\x07\x50" + FP + b"\x50" + R + b"\x81\x01\x03",
        b"\x9f\x01\x07\x50" + FP + b"\x50" + R + b"\x81\x01\x03\xff",
        b"\x86\x01\x07\x58\x10" + FP + b"\x50" + R + b"\x81\x01\x03",
        b"\x86\x01\x07\x50" + FP + b"\x50" + R + b"\x81\x01\x03\x00",
        b"\x86\x01\x07\x50" + FP + b"\x50" + R + b"\x81\x01",
        b"\xc0\x86\x01\x07\x50" + FP + b"\x50" + R + b"\x81\x01\x03",
        b"",
    ],
    ids=["long version", "long disc", "indefinite", "long bstr head", "trailed", "cut", "tagged", "empty"],
)
def test_cbor_that_is_not_deterministic_is_refused(data: bytes) -> None:
    with pytest.raises(CodeMalformed):
        recognise("RP1:" + base45.encode(data))


@pytest.mark.parametrize("body", ["a", "abc", ":::", "GGW", "::", "A", "-1%", "É23", "ＡＢＣ"])
def test_what_is_not_base45_is_refused(body: str) -> None:
    with pytest.raises(CodeMalformed):
        recognise("RP1:" + body)


def test_a_later_version_asks_for_an_update_instead_of_blaming_the_label() -> None:
    code = recognise(label(2, {"new": "shape"}))
    assert (code.ecosystem, code.protocol) == ("rp1", None)
    assert "Update Companion" in str(code.verdict)


@pytest.mark.parametrize(
    "r",
    [
        bytes(16),
        b"\x2a" * 16,
        bytes(range(16)),
        bytes(range(16, 0, -1)),
        bytes(i % 256 for i in range(250, 266)),
    ],
)
def test_a_uniform_secret_is_flagged(r: bytes) -> None:
    code = recognise(label_code.make(Rp1Code(7, FP, Secret(r), (1,), 3)))
    assert code.payload.has_predictable_secret
    assert [finding.severity for finding in code.findings] == [Severity.WARNING]


@given(codes, st.sampled_from(["", " ", "\n", " \r\n"]), st.sampled_from(["", "\n", "\r\n", "\0"]))
def test_line_ends_around_a_code_are_forgiven(code: Rp1Code, before: str, after: str) -> None:
    assert label_code.parse(before + label_code.make(code) + after).payload == code


@given(codes, st.data())
def test_a_cut_code_is_never_taken_for_whole(code: Rp1Code, data: st.DataObject) -> None:
    text = label_code.make(code)
    cut = text[: data.draw(st.integers(4, len(text) - 1))]
    with pytest.raises(CodeMalformed):
        label_code.parse(cut)


@pytest.mark.parametrize(
    "change",
    [
        {"disc": 4096},
        {"disc": -1},
        {"fp": b""},
        {"r": Secret(b"1")},
        {"suites": (2, 1)},
        {"methods": 0},
        {"address": "AA"},
    ],
)
def test_a_code_out_of_range_is_not_made(change: dict[str, object]) -> None:
    fields: dict[str, object] = {
        "disc": 1,
        "fp": FP,
        "r": Secret(R),
        "suites": (1,),
        "methods": 2,
        "address": None,
    }
    with pytest.raises(ValueError):
        label_code.make(Rp1Code(**(fields | change)))  # type: ignore[arg-type]  # wrong on purpose
