"""The journal after a kill: what was written counts, half a line does not, and no code is in it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import StationJournalBusy, StationJournalDamaged
from companion.secret import Secret
from companion.station.job import Job, JobState, Problem
from companion.station.journal import Seal, journal

SEAL = Seal(Secret(bytes(32)))
CODE = "RPL1:A-CODE-THAT-OPENS-A-DEVICE"


def job(code: str = CODE, state: JobState = JobState.WAITING) -> Job:
    text = Secret(code)
    return Job(SEAL.id(text), state, datetime.now(UTC).replace(microsecond=0), text, "RP1 device", "csv")


def test_the_last_state_of_each_code_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "station.jsonl"
    aside = replace(
        job("another"), state=JobState.PUT_ASIDE, problem=Problem("R-101", "Not found", "Look.", 4)
    )
    running = replace(job(), state=JobState.RUNNING, run="r1", tries=1, name="Lampe „ü“")
    with journal(file, SEAL) as kept:
        for each in (job(), aside, running):
            kept.keep(each)
    with journal(file, SEAL) as kept:
        assert kept.jobs == (running, aside)
    assert CODE not in file.read_text() and file.stat().st_mode & 0o077 == 0


@settings(max_examples=15)
@given(st.integers(min_value=0, max_value=600))
def test_a_kill_in_the_middle_of_a_line_loses_that_line_alone(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    file = tmp_path_factory.mktemp("kill") / "station.jsonl"
    first, second = job(), job("another")
    with journal(file, SEAL) as kept:
        kept.keep(first)
        whole = file.stat().st_size
        kept.keep(second)
    os.truncate(file, min(whole + cut, file.stat().st_size - 1))
    with journal(file, SEAL) as kept:
        assert kept.jobs == (first,)
        kept.keep(second)
    with journal(file, SEAL) as kept:
        assert kept.jobs == (first, second)


def test_a_code_that_is_set_up_leaves_nothing_that_could_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "station.jsonl"
    with journal(file, SEAL) as kept:
        kept.keep(job())
        kept.keep(replace(job(), state=JobState.COMMISSIONED, code=None, device="d1"))
    with journal(file, SEAL):
        (line,) = file.read_text().splitlines()
    assert json.loads(line)["sealed"] is None


def test_a_line_that_was_changed_or_is_of_other_keys_is_told(tmp_path: Path) -> None:
    file = tmp_path / "station.jsonl"
    with journal(file, SEAL) as kept:
        kept.keep(job())
    with pytest.raises(StationJournalDamaged), journal(file, Seal(Secret(b"x" * 32))):
        pass
    file.write_text(file.read_text().replace("waiting", "wafting"))
    with pytest.raises(StationJournalDamaged) as damaged, journal(file, SEAL):
        pass
    assert "line 1" in damaged.value.detail and "wafting" in file.read_text(), "nothing was overwritten"


def test_two_stations_never_share_a_journal(tmp_path: Path) -> None:
    file = tmp_path / "station.jsonl"
    with journal(file, SEAL), pytest.raises(StationJournalBusy), journal(file, SEAL):
        pass


def test_what_a_code_is_called_can_not_be_tried_out_without_the_vault() -> None:
    assert SEAL.id(Secret(CODE)) == SEAL.id(Secret(CODE)) != Seal(Secret(b"x" * 32)).id(Secret(CODE))
