"""Firmware to a virtual board over the virtual air: whole, after losses, and refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companion.errors import CompanionError
from companion.radio import open_radio
from companion.smp import search
from companion.smp.gatt import SERVICE
from companion.smp.push import Firmware, Phase, Push, Pushed, PushProgress, firmware_of
from companion.smp.virtual.board import BoardFault, BoardOptions
from companion.smp.virtual.peripheral import VirtualSmp
from companion.virtual.gatt import Fault, FaultPlan, Operation, drop_at
from tests.firmware.files import key, octets
from tests.protocols.on_air import Successor, World
from tests.smp.images import image

OLD, NEW = image((1, 4, 0), build=3), image((1, 5, 0), 6000)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SETTLE_SECONDS", 0.2)


def board(*faults: BoardFault, fault: FaultPlan | None = None, **options: Any) -> VirtualSmp:
    given = {"running": OLD, "faults": frozenset(faults), **options}
    return VirtualSmp(BoardOptions(**given), interval=20, fault=fault)


async def push(
    target: VirtualSmp,
    *others: VirtualSmp,
    data: bytes = NEW,
    wanted: str = "Zephyr board",
    told: list[PushProgress] | None = None,
    seconds: float = 20.0,
    **given: Any,
) -> Pushed:
    tell: Callable[[PushProgress], None] = (told if told is not None else []).append
    async with await open_radio("virtual", world=World(target, *others)) as radio:
        made = Push(radio, wanted, firmware_of(data), tell=tell, seconds=seconds, **given)
        return await made.run()


async def test_a_new_image_is_sent_tested_started_and_stays() -> None:
    target, told = board(), list[PushProgress]()
    done = await push(target, told=told)
    assert (done.before, done.version, done.was_there, done.losses) == ("1.4.0.3", "1.5.0", False, 0)
    assert target.board.running == NEW and target.board.confirmed
    phases = list(dict.fromkeys(each.phase for each in told))
    assert phases == [Phase.FIND, Phase.SEND, Phase.TEST, Phase.RESTART, Phase.CONFIRM]
    sent = [each.sent for each in told if each.phase is Phase.SEND]
    assert sent == sorted(sent) and sent[-1] == len(NEW) == told[0].total


async def test_what_runs_already_is_not_sent_again() -> None:
    target = board(running=NEW)
    done = await push(target, wanted=target.address.lower())
    assert done.was_there and target.board.uploaded == 0 and done.before == "1.5.0"


@pytest.mark.parametrize("number", [1, 4, 12])
async def test_after_a_lost_link_it_goes_on_where_it_was(number: int) -> None:
    target = board(fault=drop_at(number))
    done = await push(target)
    assert target.board.running == NEW and target.board.confirmed and done.losses >= 1
    assert target.board.uploaded == len(NEW), "nothing was sent twice"


async def test_a_board_that_forgets_gets_it_from_the_beginning() -> None:
    target = board(BoardFault.FORGETS, fault=drop_at(12))
    await push(target)
    assert target.board.running == NEW and target.board.uploaded > len(NEW)


async def test_a_push_that_was_killed_is_taken_up_by_the_next_one() -> None:
    target = board()
    target.board.other, target.board.pending = NEW, True
    done = await push(target)
    assert done.version == "1.5.0" and target.board.uploaded == 0 and target.board.confirmed


def always(operation: Operation) -> Fault | None:
    return Fault.DROP_LINK if operation.number > 2 else None


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [
        (board(slot_size=4000), "F-113", "does not fit"),
        (board(slot_size=4000, old_errors=True), "F-113", "does not fit"),
        (board(BoardFault.CORRUPT), "F-114", "another image"),
        (board(BoardFault.CORRUPT, checks=False), "F-117", "went back to firmware 1.4.0.3"),
        (board(BoardFault.REVERTS), "F-117", "went back"),
        (board(BoardFault.REFUSES_TEST), "F-115", "rejected"),
        (board(BoardFault.STUCK), "F-116", "can't be read"),
        (board(BoardFault.BABBLE), "F-116", "can't be read"),
        (board(running=image((2, 0, 0))), "F-118", "newer firmware"),
        (board(fault=always), "R-103", "lost"),
    ],
    ids=["full", "full, v1", "corrupt", "corrupt, unseen", "reverts", "refuses", "stuck", "babble", "older",
         "always lost"],
)  # fmt: skip
async def test_what_is_in_the_way_is_named_and_the_board_keeps_its_firmware(
    target: VirtualSmp, code: str, words: str
) -> None:
    before = target.board.running
    with pytest.raises(CompanionError) as refused:
        await push(target)
    assert refused.value.code == code and words in refused.value.title_text
    assert target.board.running == before


async def test_an_older_one_is_sent_where_its_user_wants_that() -> None:
    target = board(running=image((2, 0, 0)))
    assert (await push(target, allows_older=True)).before == "2.0.0"


async def test_a_board_of_another_name_is_not_taken() -> None:
    with pytest.raises(CompanionError) as refused:
        await push(board(name="Other board"), seconds=0.3)
    assert refused.value.code == "R-101" and "SMP" in refused.value.advice_text


async def test_two_boards_of_one_name_are_not_guessed_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SETTLE_SECONDS", 20.0)
    with pytest.raises(CompanionError) as refused:
        await push(board(), board())
    assert refused.value.code == "R-108"


@pytest.mark.parametrize(
    ("data", "keys", "code"),
    [
        (octets("esp32.bin"), (), "F-112"),
        (octets("taylor.suit"), (), "F-112"),
        (NEW[:40] + b"\1\2" + NEW[42:], (), "F-110"),
        (NEW, ("esp_ec",), "F-110"),
        (b"", (), "F-101"),
    ],
    ids=["ESP-IDF", "SUIT", "changed", "unsigned", "nothing"],
)
def test_only_a_whole_image_for_such_boards_is_sent(data: bytes, keys: tuple[str, ...], code: str) -> None:
    with pytest.raises(CompanionError) as refused:
        firmware_of(data, [key(each) for each in keys])
    assert refused.value.code == code


def test_a_signed_one_is_sent_with_its_signers_key() -> None:
    made = firmware_of(octets("mcuboot_ecdsa-p256.bin"), [key("mcuboot_ecdsa-p256")])
    assert isinstance(made, Firmware) and len(made.hash) == 32 and SERVICE


async def pushed_with(target: VirtualSmp, other: VirtualSmp, phase: Phase) -> Pushed:
    """The push to `target`, in whose place `other` comes as soon as it is in the phase."""
    world = Successor(target, other)

    def tell(progress: PushProgress) -> None:
        if progress.phase is phase and (phase is not Phase.SEND or progress.sent):
            world.swap()

    async with await open_radio("virtual", world=world) as radio:
        return await Push(radio, "Zephyr board", firmware_of(NEW), tell=tell, seconds=20.0).run()


@pytest.mark.parametrize(
    ("phase", "running"),
    [(Phase.SEND, image((1, 2, 0))), (Phase.SEND, image((2, 0, 0))), (Phase.RESTART, NEW)],
    ids=["with older firmware", "with newer firmware", "with the same, after the restart"],
)
async def test_another_board_of_the_name_gets_nothing_in_its_place(phase: Phase, running: bytes) -> None:
    other = board(running=running)
    with pytest.raises(CompanionError) as refused:
        await pushed_with(board(), other, phase)
    assert refused.value.code == "R-108"
    assert other.board.running == running and other.board.uploaded == 0


@pytest.mark.parametrize("phase", [Phase.SEND, Phase.RESTART], ids=["while sending", "after the restart"])
async def test_the_same_board_at_a_new_address_goes_on(phase: Phase) -> None:
    first, same = board(), board()
    same.board = first.board
    if phase is Phase.RESTART:
        same.board = type(first.board)(first.options)
        same.board.other, same.board.pending = NEW, True
    done = await pushed_with(first, same, phase)
    assert done.board.address == same.address and same.board.running == NEW and same.board.confirmed
