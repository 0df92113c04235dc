"""Which Thread network: asked for on a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import ThreadDatasetMissing
from companion.model import BorderRouter, DeviceSettings, Text, ThreadNetwork
from companion.questions import AskRouter, ChooseNetwork
from companion.runs.answers import Answers
from companion.secret import Secret
from tests.commands.terminal.test_prompts import says, typed
from tests.networks.thread.samples import ANDROID, DATASET, DEMO

__all__ = ["typed"]
ROUTER = BorderRouter("Kitchen", "Harbour", "00" * 8, "", ("192.0.2.7",))


async def nothing(router: str) -> Secret:
    raise NotImplementedError


ASKED = ChooseNetwork(
    needs_wifi=False,
    needs_thread=True,
    suggested_name="Lamp",
    meshes=(
        ThreadNetwork("OpenThreadDemo", bytes.fromhex("1111111122222222"), 0x1234, 16, -51),
        ThreadNetwork("Harbour", bytes(8)),
    ),
    border_routers=(ROUTER,),
    datasets=(DATASET, Secret(bytes.fromhex(ANDROID))),
    ask_router=nothing,
)


async def answered(typed: io.StringIO, question: ChooseNetwork, *lines: str) -> tuple[object, str]:
    terminal = io.StringIO()
    says(typed, *lines)
    answer = await TerminalPrompts(terminal, Answers()).answer(question)
    return answer, terminal.getvalue()


async def test_a_kept_network_is_chosen_and_what_is_near_is_said(typed: io.StringIO) -> None:
    answer, said = await answered(typed, ASKED, "1")
    assert answer == DeviceSettings("Lamp", thread=DATASET)
    assert "OpenThreadDemo (channel 16, 1111111122222222, seen by the device (-51 dBm))" in said
    assert "OpenThread-d9a0 (channel 19, acc214689bc40bdf)" in said
    assert "The device also sees Harbour, whose datasets are not saved here." in said


async def test_a_border_router_is_asked_where_that_is_chosen(typed: io.StringIO) -> None:
    answer, said = await answered(typed, ASKED, "3")
    assert answer == AskRouter("Kitchen")
    assert "Ask the border router Kitchen for Harbour, unencrypted" in said


async def test_a_dataset_is_pasted_or_read_from_a_file_until_it_is_right(
    typed: io.StringIO, tmp_path: Path
) -> None:
    file = tmp_path / "dataset"
    file.write_text(DEMO)
    question = ChooseNetwork(needs_wifi=False, needs_thread=True, problem=Text("It could not join"))
    answer, said = await answered(typed, question, DEMO[:-2], f"@{tmp_path}/none", f"@{file}")
    assert isinstance(answer, DeviceSettings) and answer.thread == DATASET
    assert "It could not join" in said and "ends in the middle of an entry" in said
    assert "does not exist" in said and "OpenThreadDemo (channel 16" in said
    assert DEMO not in said
    answer, _ = await answered(typed, ASKED, "4", DEMO)
    assert isinstance(answer, DeviceSettings) and answer.thread == DATASET


async def test_what_the_order_has_or_a_router_handed_out_is_not_asked_for_again() -> None:
    given = ChooseNetwork(
        needs_wifi=False, needs_thread=True, previous=DeviceSettings("Lamp", thread=DATASET)
    )
    terminal = io.StringIO()
    answer = await TerminalPrompts(terminal, Answers(room="Hall")).answer(given)
    assert answer == DeviceSettings("Lamp", "Hall", thread=DATASET) and terminal.getvalue() == ""
    with pytest.raises(ThreadDatasetMissing):
        await TerminalPrompts(terminal, Answers(), interactive=False).answer(ASKED)
