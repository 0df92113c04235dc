"""Codes as a webcam sees them are read; what is no code is not."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from companion.scanner import LiveDecoder, decode_bgr, engines, passes, read_still
from companion.scanner.reads import Frame, Scan
from tests.scanner.frames import KINDS, as_dots, desk, scene, symbol

TEXT = "MT:Y.K9042C00KA0648G00"


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng([20, seed])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_view_is_read(kind: str) -> None:
    for seed in range(3):
        frame = scene(rng(seed), TEXT, kind)
        assert decode_bgr(frame) == [TEXT]
        assert LiveDecoder()(frame) == [TEXT]


@pytest.mark.parametrize("shape", [(720, 1280), (480, 640), (97, 131), (1, 1), (3, 2000)])
def test_nothing_is_read_where_there_is_no_code(shape: tuple[int, int]) -> None:
    live = LiveDecoder()
    for seed in range(4):
        noise = rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
        frames = [noise, np.zeros((*shape, 3), np.uint8), np.full((*shape, 3), 255, np.uint8)]
        frames += [desk(rng(seed), *shape)] if min(shape) > 90 else []
        for frame in frames:
            assert decode_bgr(frame) == []
            assert live(frame) == []


def test_the_camera_reads_what_a_still_reads_within_a_few_seconds() -> None:
    """Frames that the first look misses: a worse blur with every step, until stills fail too."""
    missed_first = 0
    for step in range(12):
        sharp = scene(rng(step), TEXT, "plain", 480, 640)
        frame = cv2.GaussianBlur(sharp, (0, 0), 2.4 + step * 0.25)
        if decode_bgr(frame) != [TEXT] or engines.zxing(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)).reads:
            continue
        missed_first += 1
        live = LiveDecoder()
        assert any(live(frame) == [TEXT] for _ in range(128))
    assert missed_first


def test_both_codes_in_view_are_read() -> None:
    frame = np.full((480, 900), 255, np.uint8)
    for column, text in ((20, "first"), (480, "second")):
        code = symbol(text)
        frame[40 : 40 + code.shape[0], column : column + code.shape[1]] = code
    assert sorted(decode_bgr(frame)) == ["first", "second"]
    assert sorted(LiveDecoder()(frame)) == ["first", "second"]


def test_one_code_shown_twice_is_one_code() -> None:
    code = symbol("same")
    assert decode_bgr(np.hstack([code, code])) == ["same"]


def test_octets_that_are_not_text_arrive_whole() -> None:
    payload = bytes(range(256))
    (read,) = read_still(symbol(payload))
    assert read.raw == payload
    assert "\\x00" not in repr(read)


@pytest.mark.parametrize("text", ["Grüße aus Köln", "配网", "👍", "caf\u00e9"])
def test_utf8_is_told_from_other_encodings(text: str) -> None:
    assert decode_bgr(symbol(text.encode())) == [text]


def test_the_largest_code_is_read() -> None:
    text = "A1:" * 1432
    assert decode_bgr(symbol(text, module=4, strong=False)) == [text]


def test_corners_follow_the_print() -> None:
    code = symbol("corners")
    frame = np.full((600, 800), 255, np.uint8)
    frame[100 : 100 + code.shape[0], 200 : 200 + code.shape[1]] = code
    first, last = 32, code.shape[0] - 32
    wanted = [(200 + x, 100 + y) for x, y in ((first, first), (last, first), (last, last), (first, last))]
    for image, turn in ((frame, 0), (cv2.rotate(frame, cv2.ROTATE_90_CLOCKWISE), 90)):
        (read,) = read_still(image)
        expected = wanted if turn == 0 else [(600 - y, x) for x, y in wanted]
        assert np.allclose(read.corners, expected, atol=6)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_grey_and_colour_frames(channels: int) -> None:
    grey = symbol(TEXT)
    frame = grey if channels == 1 else np.dstack([grey] * 3 + [np.full_like(grey, 255)] * (channels - 3))
    assert decode_bgr(frame) == [TEXT]
    assert LiveDecoder()(frame[::1, ::-1][:, ::-1]) == [TEXT]


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((10, 10), np.float32),
        np.zeros((0, 10), np.uint8),
        np.zeros((10, 10, 2), np.uint8),
        np.zeros(10, np.uint8),
    ],
    ids=["floats", "empty", "two channels", "one dimension"],
)
def test_what_is_no_frame_is_refused(frame: np.ndarray) -> None:
    with pytest.raises(ValueError):
        decode_bgr(frame)
    with pytest.raises(ValueError):
        LiveDecoder()(frame)


def test_without_libzbar_only_the_second_opinion_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_zbar_decode", lambda: None)
    live = LiveDecoder()
    empty = desk(rng(1), 240, 320)
    assert decode_bgr(empty) == []
    assert [live(empty) for _ in range(64)] == [[]] * 64
    assert decode_bgr(symbol(TEXT)) == [TEXT]


def test_the_second_opinion_gives_texts_and_corners_or_nothing() -> None:
    if engines._zbar_decode() is None:
        pytest.skip("libzbar is not installed")
    (read,) = engines.zbar(symbol("second opinion")).reads
    (first,) = engines.zxing(symbol("second opinion")).reads
    assert (read.text, read.raw) == (first.text, first.raw)
    assert np.allclose(read.corners, first.corners, atol=8)
    assert engines.zbar(symbol(bytes(range(128, 200)))).reads == ()


def test_reset_forgets_the_turns() -> None:
    live = LiveDecoder()
    unread = scene(rng(0), TEXT, "plain", 480, 640)
    unread = cv2.GaussianBlur(unread, (0, 0), 12)
    looks = [live.look(unread) for _ in range(10)]
    live.reset()
    assert [live.look(unread) for _ in range(10)] == looks


def rows_apart(text: str, module: int, gap: int, shade: int) -> Frame:
    """A code of half blocks in a terminal that leaves `gap` pixels of a shade between its rows."""
    code = symbol(text, module=module)
    line = np.full((gap, code.shape[1]), shade, np.uint8)
    rows = [code[top : top + 2 * module] for top in range(0, len(code), 2 * module)]
    return np.vstack([part for row in rows for part in (row, line)])


@pytest.mark.parametrize("module", [6, 8, 12])
@pytest.mark.parametrize("gap", [1, 2, 3])
@pytest.mark.parametrize("shade", [0, 255])
def test_a_code_in_a_terminal_with_gaps_between_its_rows_is_read(module: int, gap: int, shade: int) -> None:
    assert decode_bgr(rows_apart("RP1:HELLO", module, gap, shade)) == ["RP1:HELLO"]


@pytest.mark.parametrize("module", [6, 8, 10, 12, 14, 16, 20])
def test_a_code_of_dots_is_read(module: int) -> None:
    (read,) = read_still(as_dots("RP1:HELLO", module))
    assert read.text == "RP1:HELLO"
    assert np.allclose(read.corners[0], (4 * module, 4 * module), atol=2 * module)


def test_where_a_foreign_code_is_read_the_search_for_a_good_one_goes_on() -> None:
    dots = as_dots("good", 12)
    other = symbol("other")
    picture = np.vstack(
        [np.pad(other, ((0, 0), (0, dots.shape[1] - other.shape[1])), constant_values=255), dots]
    )
    assert decode_bgr(picture) == ["other"]
    found = read_still(picture, enough=lambda read: read.text == "good")
    assert [read.text for read in found] == ["other", "good"]


def test_a_code_squeezed_to_its_height_has_its_corners_in_the_frame() -> None:
    code = symbol("RP1:HELLO")
    scan = passes.lower(code)
    assert [read.text for read in scan.reads] == ["RP1:HELLO"]
    assert np.allclose(scan.reads[0].corners[2], (code.shape[1] - 32, code.shape[0] - 32), atol=4)


@pytest.mark.parametrize("turn", [passes.equalised, passes.local_threshold, passes.smoothed])
def test_a_last_turn_finds_a_code_where_it_is(turn: Callable[[Frame], Scan]) -> None:
    (read,) = turn(symbol("RP1:HELLO")).reads
    assert read.text == "RP1:HELLO"
    assert np.allclose(read.corners[0], (32, 32), atol=4)
