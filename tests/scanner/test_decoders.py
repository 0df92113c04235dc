"""Codes as a webcam sees them are read; what is no code is not."""

import cv2
import numpy as np
import pytest

from companion.scanner import LiveDecoder, decode_bgr, engines, read_still
from tests.scanner.frames import KINDS, desk, scene, symbol

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
