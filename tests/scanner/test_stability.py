"""From single frames to one verdict: nothing fires by accident, twice, or without asking."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from companion.scanner import FrameReader, Read, ScanState, Stability
from companion.scanner.stability import AGREEING_FRAMES, MEMORY_FRAMES
from tests.scanner.frames import desk, symbol

A = '{"ver":"v1","name":"PROV_A","pop":"k3d9x7q1","transport":"ble"}'
B = '{"ver":"v1","name":"PROV_B","pop":"z7w2m5n8","transport":"ble"}'
HOMEKIT = "X-HM://0081YCYEP3QYT"
DAMAGED = "MT:Y.K9042C00KA0648G0"
QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def reads(*texts: str) -> list[Read]:
    return [Read(text, text.encode(), QUAD) for text in texts]


def sights(stability: Stability, *frames: list[Read]) -> list[ScanState]:
    return [stability.see(frame).state for frame in frames]


def test_a_code_is_accepted_when_frames_agree() -> None:
    stability = Stability()
    assert sights(stability, reads(), reads(A)) == [ScanState.LOOKING, ScanState.AGREEING]
    sighting = stability.see(reads(A))
    assert sighting.state is ScanState.ACCEPTED
    assert sighting.code is not None
    assert sighting.code.payload.name == "PROV_A"


def test_a_frame_missed_between_two_reads_is_no_harm() -> None:
    stability = Stability()
    assert sights(stability, reads(A), reads(), reads(A))[-1] is ScanState.ACCEPTED


def test_two_reads_far_apart_do_not_agree() -> None:
    stability = Stability()
    verdicts = sights(stability, reads(A), *[reads()] * MEMORY_FRAMES, reads(A))
    assert ScanState.ACCEPTED not in verdicts


def test_the_same_code_does_not_fire_twice() -> None:
    stability = Stability()
    frames = [reads(A)] * 30 + [reads()] * 30 + [reads(A)] * 30
    assert sights(stability, *frames).count(ScanState.ACCEPTED) == 1
    stability.reset()
    assert sights(stability, *frames).count(ScanState.ACCEPTED) == 1


def test_another_code_after_the_first_fires_too() -> None:
    stability = Stability()
    assert sights(stability, *[reads(A)] * 5, *[reads(B)] * 5).count(ScanState.ACCEPTED) == 2


def test_two_codes_in_view_ask_which_one() -> None:
    stability = Stability()
    sighting = [stability.see(reads(A, B)) for _ in range(5)][-1]
    assert sighting.state is ScanState.CHOOSE
    assert {code.payload.name for code in sighting.codes} == {"PROV_A", "PROV_B"}
    assert sighting.code is None


def test_two_codes_read_by_turns_ask_which_one() -> None:
    stability = Stability()
    verdicts = sights(stability, reads(A), reads(B), reads(A), reads(B))
    assert verdicts[-1] is ScanState.CHOOSE
    assert ScanState.ACCEPTED not in verdicts


def test_a_choice_or_a_covered_code_ends_the_question() -> None:
    chosen = Stability()
    sighting = chosen.see(reads(A, B))
    chosen.take(sighting.codes[0])
    assert ScanState.CHOOSE not in sights(chosen, *[reads(A, B)] * 3)
    covered = Stability()
    frames = [reads(A, B)] * 3 + [reads(B)] * (MEMORY_FRAMES + 2)
    assert sights(covered, *frames).count(ScanState.ACCEPTED) == 1


def test_a_foreign_code_gets_its_sentence_and_the_camera_goes_on() -> None:
    stability = Stability()
    assert sights(stability, reads(HOMEKIT)) == [ScanState.LOOKING]
    sighting = stability.see(reads(HOMEKIT))
    assert sighting.state is ScanState.FOREIGN
    assert "Apple Home" in str(sighting.codes[0].verdict)
    assert sights(stability, *[reads(A)] * AGREEING_FRAMES)[-1] is ScanState.ACCEPTED


def test_an_app_link_beside_the_setup_code_is_no_question() -> None:
    stability = Stability()
    assert (
        sights(stability, *[reads("https://example.com/app", A)] * AGREEING_FRAMES)[-1] is ScanState.ACCEPTED
    )


def test_a_damaged_code_says_what_is_wrong() -> None:
    stability = Stability()
    sighting = [stability.see(reads(DAMAGED)) for _ in range(AGREEING_FRAMES)][-1]
    assert sighting.state is ScanState.DAMAGED
    assert sighting.problem is not None
    assert sighting.problem.title_text == "The Matter code is damaged"


@given(st.lists(st.lists(st.sampled_from([A, B, HOMEKIT, DAMAGED, "", "x"]), max_size=3), max_size=40))
def test_no_order_of_reads_fires_a_code_twice_or_a_foreign_one(frames: list[list[str]]) -> None:
    stability = Stability()
    fired = [
        sighting.code for sighting in (stability.see(reads(*texts)) for texts in frames) if sighting.code
    ]
    names = [code.payload.name for code in fired]
    assert len(names) == len(set(names))
    assert all(code.commissionable for code in fired)


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_text_gets_a_verdict(texts: list[str]) -> None:
    stability = Stability()
    for text in texts:
        assert stability.see(reads(text)).state in ScanState


def test_frames_become_verdicts() -> None:
    reader = FrameReader()
    empty = desk(np.random.default_rng(1), 240, 320)
    assert reader.see(empty).state is ScanState.LOOKING
    verdicts = [reader.see(symbol(A)) for _ in range(3)]
    assert [verdict.state for verdict in verdicts] == [
        ScanState.AGREEING,
        ScanState.ACCEPTED,
        ScanState.LOOKING,
    ]
    assert verdicts[0].reads[0].corners[0][0] > 10
    assert "k3d9x7q1" not in repr(verdicts)
    reader.reset()
    assert [reader.see(symbol(A)).state for _ in range(2)][-1] is ScanState.ACCEPTED
