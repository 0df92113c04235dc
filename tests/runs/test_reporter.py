"""Questions that are put again because of their answer: other networks seen, a border router asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from companion.errors import BorderRouterSilent, ThreadDatasetUnusable
from companion.events import Event
from companion.model import DeviceSettings, Text, ThreadNetwork
from companion.questions import AskRouter, ChooseNetwork, ScanAgain
from companion.runs.reporter import RunReporter
from companion.secret import Secret
from tests.networks.thread.samples import ANDROID, DATASET

KEPT = Secret(bytes.fromhex(ANDROID))


async def put(question: ChooseNetwork, answers: Sequence[Any]) -> tuple[list[ChooseNetwork], RunReporter]:
    """What was asked, each time, and the reporter at the end."""
    asked: list[ChooseNetwork] = []
    left = list(answers)

    def on_event(event: Event) -> None:
        assert isinstance(event, ChooseNetwork)
        asked.append(event)
        reporter.answer(event, left.pop(0))

    reporter = RunReporter(on_event, datasets=(KEPT,))
    await reporter.ask(question)
    return asked, reporter


async def test_what_a_border_router_hands_out_is_chosen() -> None:
    async def hand_out(router: str) -> Secret:
        assert router == "Kitchen"
        return DATASET

    question = ChooseNetwork(
        needs_thread=True, suggested_name="Lamp", problem=Text("Before"), ask_router=hand_out
    )
    chosen = DeviceSettings("Lamp", thread=DATASET)
    (first, second), reporter = await put(question, (AskRouter("Kitchen"), chosen))
    assert first.datasets == (KEPT,)
    assert second.datasets == (DATASET, KEPT) and second.previous == chosen and second.problem is None
    assert reporter.thread == DATASET and reporter.settings == DeviceSettings("Lamp")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (BorderRouterSilent(router="Kitchen"), "No Thread dataset from Kitchen"),
        (ThreadDatasetUnusable(missing=Text("It is cut off.")), "It is cut off."),
    ],
)
async def test_why_a_border_router_hands_nothing_out_is_said(
    error: BorderRouterSilent | ThreadDatasetUnusable, sentence: str
) -> None:
    async def refuse(router: str) -> Secret:
        raise error

    question = ChooseNetwork(needs_thread=True, ask_router=refuse)
    (_, second), reporter = await put(question, (AskRouter("Kitchen"), DeviceSettings("Lamp")))
    assert str(second.problem) == sentence and second.datasets == (KEPT,)
    assert reporter.thread is None


async def test_the_device_looks_for_thread_networks_again() -> None:
    seen = ThreadNetwork("Harbour", bytes(8))

    async def look() -> tuple[ThreadNetwork, ...]:
        return (seen,)

    (_, second), _ = await put(
        ChooseNetwork(needs_thread=True, rescan=look), (ScanAgain(), DeviceSettings("Lamp"))
    )
    assert (second.meshes, second.networks) == ((seen,), ())
