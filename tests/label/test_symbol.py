"""QR pictures and sizes: what is drawn must be read back by the scanner."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import LabelTooSmall
from companion.label import qr_png
from companion.label.symbol import MIN_MODULE_MM, symbol, symbol_for
from companion.scanner import read_picture


@settings(deadline=None, max_examples=15)
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.integers(2, 9), st.sampled_from("LMQH")
)
def test_a_drawn_code_is_read_back(text: str, module: int, correction: str) -> None:
    picture = qr_png(text, module=module, correction=correction)
    assert read_picture(picture)[0].raw == text.encode()


def test_a_picture_is_written_where_asked(tmp_path: Path) -> None:
    assert qr_png("RP1:HELLO", tmp_path / "label.png") == (tmp_path / "label.png").read_bytes()


def test_a_text_too_long_for_any_code_is_refused() -> None:
    assert qr_png("A" * 4296, correction="L", module=1)
    with pytest.raises(ValueError):
        qr_png("A" * 4297, correction="L")
    with pytest.raises(ValueError):
        symbol_for("a" * 5000, 1000)


@pytest.mark.parametrize(("size", "correction"), [(30.0, "H"), (18.0, "Q"), (16.4, "M"), (14.8, "L")])
def test_a_smaller_label_gets_less_error_correction(size: float, correction: str) -> None:
    made = symbol_for("RP1:" + "A" * 66, size)
    assert made.correction == correction
    assert size / made.width >= MIN_MODULE_MM - 1e-6


def test_a_label_too_small_to_be_read_is_refused() -> None:
    with pytest.raises(LabelTooSmall) as raised:
        symbol_for("RP1:" + "A" * 66, 10.0)
    assert symbol_for("RP1:" + "A" * 66, float(raised.value.facts["needed"]))


def test_the_symbol_is_square_and_has_its_finder() -> None:
    made = symbol("A")
    assert {len(row) for row in made.modules} == {len(made.modules)}
    assert made.modules[0][:8] == (True,) * 7 + (False,)
