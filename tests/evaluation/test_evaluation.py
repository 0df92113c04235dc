"""Methods side by side, and one device by what its run measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion.claims.attacks import Criterion, Rating
from companion.errors import RecordMissing
from companion.evaluation import evaluate, rows
from companion.protocols import installed
from companion.protocols.espressif.virtual.options import IDF_5_4, EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import DEMO
from tests.virtual.stage import on_stage

PROTOCOLS = tuple(installed().protocols.values())
MEASURED = {Criterion.SPOOFING, Criterion.MITM, Criterion.REPLAY, Criterion.EFFORT, Criterion.SCALE}


def test_every_protocol_of_ours_says_everything_of_each_method() -> None:
    found = rows(PROTOCOLS)
    assert {each.protocol for each in found} >= {"rp1", "espressif", "improv", "matter"}
    for row in found:
        assert list(row.judgements) == list(Criterion)
        assert not any(judgement.measured for judgement in row.judgements.values())


def test_a_plug_in_that_fails_is_left_out() -> None:
    def fail() -> tuple[()]:
        raise RuntimeError("not today")

    broken = replace(PROTOCOLS[0], name="broken", methods=fail)
    assert rows([broken, *PROTOCOLS]) == rows(PROTOCOLS)


async def test_a_device_is_judged_by_its_own_run(tmp_path: Path) -> None:
    async with on_stage(VirtualRp1(Rp1Options()), tmp_path) as stage:
        assert (await stage.commission()).error is None
        registry = stage.services.registry
        device = registry.device("Lamp")
        found = evaluate(registry, device, PROTOCOLS)
        assert found is not None and found.method is not None
        assert found.session.method == found.method.name == "oob"
        assert {each for each, judgement in found.judgements.items() if judgement.measured} == MEASURED
        assert found.judgements[Criterion.SPOOFING].rating is Rating.GOOD
        questions = sum(event.kind.startswith("asked_") for event in found.run.events)
        effort = found.judgements[Criterion.EFFORT].sentence
        assert effort.facts["questions"] == questions > 0 and effort.facts["losses"] == 0
        assert found.judgements[Criterion.SCALE].sentence.facts["runs"] == 1
        with pytest.raises(RecordMissing):
            registry.device("Another lamp")


async def test_what_was_measured_counts_more_than_what_the_method_can_give(tmp_path: Path) -> None:
    device = VirtualEspressif(EspressifOptions(firmware=IDF_5_4, access_points=DEMO))
    async with on_stage(device, tmp_path) as stage:
        assert (await stage.commission()).error is None
        registry = stage.services.registry
        found = evaluate(registry, registry.device("Lamp"), PROTOCOLS)
        assert found is not None and found.method is not None
        assert found.session.method == "security-2"
        assert found.method.judgements[Criterion.REPLAY].rating is Rating.GOOD
        assert found.judgements[Criterion.REPLAY].rating is Rating.FAIR, "its firmware reuses a nonce"
