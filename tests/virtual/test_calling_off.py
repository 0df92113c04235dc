"""A radio whose opening is called off is gone at once, whatever it was about to do."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from bumble import hci

from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.radio import open_radio
from companion.virtual import host
from companion.virtual.air import Air
from companion.virtual.air_link import AirLink
from companion.virtual.host import BumbleHost, random_static_address
from companion.virtual.world import World

STEPS = 80
"""More turns of the loop than opening takes."""


@pytest.fixture(autouse=True)
async def complaints() -> AsyncIterator[list[dict[str, Any]]]:
    """What the loop hears that nobody awaited: the window would show it as an error of its own."""
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: heard.append(context))
    yield heard
    assert not heard


async def after_turns(task: asyncio.Task[Any], turns: int) -> bool:
    """Cancel a task after so many turns of the loop; whether there was still something to call off."""
    for _ in range(turns):
        await asyncio.sleep(0)
    was_under_way = task.cancel()
    async with asyncio.timeout(60):
        await asyncio.wait([task])
    assert task.cancelled() == was_under_way
    return was_under_way


async def test_a_host_leaves_no_trace_wherever_it_is_called_off() -> None:
    for turns in range(STEPS):
        air = AirLink()
        task = asyncio.ensure_future(BumbleHost.open(air, address=random_static_address()))
        if await after_turns(task, turns):
            assert not air.controllers, f"after {turns} turns"
        else:
            await task.result().close()
    assert not task.cancelled(), "the last one was open"


async def test_a_virtual_radio_is_called_off_wherever_it_is() -> None:
    """As when a code is entered while the window still opens the radio to look around."""
    called_off = 0
    for turns in range(3 * STEPS):
        task = asyncio.ensure_future(open_radio("virtual", world=World([VirtualRp1()])))
        if await after_turns(task, turns):
            called_off += 1
        else:
            await task.result().close()
            break
    assert called_off > 20


async def test_a_controller_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "OPEN_SECONDS", 0.2)
    monkeypatch.setattr(host, "CLOSE_SECONDS", 0.2)

    with socket.create_server(("127.0.0.1", 0)) as mute:
        transport = f"tcp-client:127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(TimeoutError):
            await BumbleHost.open(transport, address=random_static_address())


async def test_an_air_can_be_left_while_joining_it() -> None:
    async with Air() as air:
        for turns in range(0, STEPS, 7):
            transport = f"tcp-client:127.0.0.1:{air.ports[0]}"
            task = asyncio.ensure_future(BumbleHost.open(transport, address=random_static_address()))
            if not await after_turns(task, turns):
                await task.result().close()
        host_again = await BumbleHost.open(transport, address=random_static_address())
        await host_again.close()


async def test_an_answer_that_comes_too_late_is_nobodys(complaints: list[dict[str, Any]]) -> None:
    """Its sender was cancelled in the same turn of the loop, or has gone and another command is under way."""
    opened = await BumbleHost.open(AirLink(), address=random_static_address())
    stack = opened.device.host
    late, wanted = (
        hci.HCI_Command_Complete_Event(
            num_hci_command_packets=1,
            command_opcode=code,
            return_parameters=hci.HCI_StatusReturnParameters(0),
        )
        for code in (hci.HCI_RESET_COMMAND, hci.HCI_READ_BD_ADDR_COMMAND)
    )
    stack.pending_command = hci.HCI_Read_BD_ADDR_Command()
    stack.pending_response = gone = asyncio.get_running_loop().create_future()
    gone.cancel()
    stack.on_command_processed(wanted)
    stack.pending_response = answer = asyncio.get_running_loop().create_future()
    stack.on_command_processed(late)
    assert not answer.done()
    stack.on_command_processed(wanted)
    assert answer.result() is wanted
    stack.pending_command = stack.pending_response = None
    await opened.close()
