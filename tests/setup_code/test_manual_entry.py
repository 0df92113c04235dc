"""Typed codes: grouped as on the label, wrong as early as can be known, right only when whole."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.protocols import entry_formats, group_entry, recognise
from companion.protocols.rp1.setup_code import label_code
from companion.setup_code.digits import verhoeff
from companion.setup_code.manual_entry import GroupState
from tests.protocols.rp1.setup_code.test_label_code import codes

DSK = "51525-35455-41424-34445-31323-33435-21222-32425"


def manual(passcode: int, short: int, vendor: tuple[int, int] | None = None) -> str:
    digits = (
        f"{short >> 2 | (4 if vendor else 0)}{(short & 3) << 14 | passcode & 0x3FFF:05}{passcode >> 14:04}"
    )
    if vendor:
        digits += f"{vendor[0]:05}{vendor[1]:05}"
    return digits + verhoeff.check_digit(digits)


manual_codes = st.builds(
    manual,
    st.integers(1, 99_999_998),
    st.integers(0, 15),
    st.none() | st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)),
)


@pytest.mark.parametrize(
    ("typed", "kind", "groups", "canonical"),
    [
        ("34970112332", "matter", "3497 011 2332", "34970112332"),
        ("3497-011-2332", "matter", "3497 011 2332", "34970112332"),
        ("３４９７０１１２３３２", "matter", "3497 011 2332", "34970112332"),
        ("031-45-154", "homekit", "031 45 154", "031-45-154"),
        ("03145154", "digits", "0314 5154", "03145154"),
        ("8413 1633", "homekit", "841 31 633", "841-31-633"),
        (DSK, "zwave", DSK.replace("-", " "), "zws2dsk:" + DSK),
        (DSK.replace("-", ""), "zwave", DSK.replace("-", " "), "zws2dsk:" + DSK),
        ("mt:y.k90 42c00 ka064 8g00", "matter-qr", "Y.K90 42C00 KA064 8G00", "MT:Y.K9042C00KA0648G00"),
    ],
)
def test_a_whole_code_is_grouped_and_accepted(typed: str, kind: str, groups: str, canonical: str) -> None:
    entry = group_entry(typed)
    assert (entry.kind, entry.display, entry.canonical) == (kind, groups, canonical)
    assert entry.complete
    assert recognise(entry.canonical).ecosystem == kind.removesuffix("-qr")


@given(manual_codes, st.data())
def test_no_beginning_of_a_right_code_is_called_wrong(code: str, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(code)))
    entry = group_entry(code[:length], "matter")
    assert entry.problem is None
    assert GroupState.WRONG not in {group.state for group in entry.groups}
    assert entry.complete == (length == len(code))
    assert entry.display.replace(" ", "") == code[:length]


@given(manual_codes, st.data())
def test_a_mistyped_digit_is_never_accepted(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(code) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != code[place])
    entry = group_entry(code[:place] + digit + code[place + 1 :], "matter")
    assert not entry.complete
    assert entry.problem is not None
    assert GroupState.WRONG in {group.state for group in entry.groups}


@given(codes)
def test_an_rp1_label_can_be_typed_from_its_print(code: label_code.Rp1Code) -> None:
    text = label_code.make(code)
    printed = group_entry(text).display
    entry = group_entry(f"rp1: {printed.lower()}")
    assert entry.complete
    assert recognise(entry.canonical).payload == code


@given(codes, st.data())
def test_a_beginning_of_an_rp1_label_is_neither_wrong_nor_whole(
    code: label_code.Rp1Code, data: st.DataObject
) -> None:
    printed = "RP1:" + group_entry(label_code.make(code)).display
    entry = group_entry(printed[: data.draw(st.integers(4, len(printed) - 1))].rstrip())
    assert entry.problem is None
    assert not entry.complete


@given(codes, st.data())
def test_a_copied_rp1_code_is_taken_however_it_was_wrapped(
    code: label_code.Rp1Code, data: st.DataObject
) -> None:
    """Small letters, broken lines, quotes and a full stop; its own spaces are digits all the same."""
    text = label_code.make(code)
    assume(text == text.strip())
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(["\n", "\r\n", "\t", "\u2028"])) + text[place:]
    before, after = data.draw(st.sampled_from([("", ""), ("“", "”."), (" (", "),"), ("'", "'"), ("", ".")]))
    entry = group_entry(before + data.draw(st.sampled_from([text, text.lower()])) + after)
    assert entry.complete
    assert recognise(entry.canonical).payload == code


@st.composite
def beginnings_with_a_space(draw: st.DrawFn) -> str:
    """Half an RP1 code of which a digit is a space, but none where the label parts its groups."""
    body = label_code.make(draw(codes))[4:]
    place = draw(st.sampled_from((9, 12, 15, 18, 21, 24)))  # low digits of fp, one in each column of a group
    assume(body[place + 1 : place + 3] != "GW")  # two octets do not hold more than that
    body = body[:place] + " " + body[place + 1 :]
    body = body[: draw(st.integers(place + 3, len(body) - 1))].rstrip()
    assume(" " not in body[6::7])
    return body


@given(beginnings_with_a_space(), st.booleans())
def test_a_space_inside_a_group_of_half_a_code_is_its_digit(body: str, small: bool) -> None:
    entry = group_entry("RP1:" + (body.lower() if small else body))
    assert entry == group_entry("RP1:" + body.replace(" ", "_"))
    assert entry.problem is None


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("RP1:F.GC73$6L614+V0A3NW1D/UNS NB", "F.GC73 $6L614 +V0A3N W1D/UN S_NB"),
        ("rp1:f.gc73 $6l614 +v0a3n w1d/un s_nb", "F.GC73 $6L614 +V0A3N W1D/UN S_NB"),
        ("rp1: f.gc73\n$6l614\n+v0a3n", "F.GC73 $6L614 +V0A3N"),
        ("RP1 : F.GC73", "F.GC73"),
        ("RP1:F.G C73 $6L 614", "F.GC73 $6L614"),
        ("“RP1:F.GC73", "F.GC73"),
    ],
    ids=["as text", "as print", "in lines", "prefix apart", "parted by whoever types", "opened quote"],
)
def test_half_an_rp1_code_shows_the_groups_of_its_label(typed: str, groups: str) -> None:
    entry = group_entry(typed)
    assert (entry.kind, entry.display, entry.problem) == ("rp1", groups, None)
    assert GroupState.WRONG not in {group.state for group in entry.groups}


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("3497-011-2332.", "34970112332"),
        ("(34970112332)", "34970112332"),
        ("3497-\n011-\n2332", "34970112332"),
        ("“031-45-154”,", "031-45-154"),
        (" mt:y.k90\r\n42c00ka0648g00. ", "MT:Y.K9042C00KA0648G00"),
    ],
)
def test_what_a_code_was_copied_with_is_left_out(typed: str, canonical: str) -> None:
    entry = group_entry(typed)
    assert (entry.canonical, entry.complete, entry.problem) == (canonical, True, None)


@pytest.mark.parametrize(
    ("typed", "kind", "wrong"),
    [
        ("9", "matter", 0),
        ("0999", "matter", None),
        ("099999", "matter", 1),
        ("34970112333", "matter", 2),
        ("349701x", "matter", 1),
        ("349701123321", "matter", 3),
        ("99999-1", None, 0),
        ("MT:.....", None, 0),
        ("MT:Y.K9é", None, 0),
        ("RP1:F.GE7#", None, 0),
        ("RP1::::", None, 0),
        ("RP1:AAA", None, 0),
        ("031-45-1545", None, 3),
    ],
)
def test_the_wrong_group_is_the_one_shown(typed: str, kind: str | None, wrong: int | None) -> None:
    entry = group_entry(typed, kind)
    states = [group.state for group in entry.groups]
    assert not entry.complete
    if wrong is None:
        assert GroupState.WRONG not in states
    else:
        assert states.index(GroupState.WRONG) == wrong
        assert entry.problem is not None


@pytest.mark.parametrize(
    "typed", ["hello", "WIFI:T:WPA;S:n;P:12345678;;", '{"name":"x"', "12345x", "https://x"]
)
def test_other_texts_are_left_as_they_are(typed: str) -> None:
    entry = group_entry(f" {typed} ")
    assert (entry.kind, entry.groups, entry.canonical, entry.complete) == (None, (), typed, True)


@given(st.text(max_size=300), st.none() | st.sampled_from(sorted(each.name for each in entry_formats())))
def test_whatever_is_typed_is_answered(typed: str, kind: str | None) -> None:
    entry = group_entry(typed, kind)
    assert entry.complete == (
        bool(entry.groups) and all(g.state is GroupState.RIGHT for g in entry.groups)
    ) or (entry.kind is None)


@pytest.mark.parametrize(
    ("text", "ecosystem"),
    [
        (
            "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578",
            "zwave",
        ),
        ("MT:Y.K9042C00KA0648G00\nManual pairing code: [34970112332]", "matter"),
        ("I (1614) chip[SVR]: SetupQRCode: [MT:Y.K9042C00KA0648G00]", "matter"),
    ],
)
def test_what_is_pasted_whole_is_taken_whole(text: str, ecosystem: str) -> None:
    entry = group_entry(text)
    assert entry.complete
    assert recognise(entry.canonical).ecosystem == ecosystem
