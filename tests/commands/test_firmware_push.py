"""`companion firmware push` to a virtual board: progress in lines, one document, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import companion.virtual.world
from companion.smp.virtual.board import BoardOptions
from companion.smp.virtual.peripheral import VirtualSmp
from companion.virtual.world import World
from tests.commands.conftest import Run
from tests.smp.images import image

VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> VirtualSmp:
    made = VirtualSmp(BoardOptions(image((1, 4, 0))), interval=20)
    monkeypatch.setattr(companion.virtual.world, "default_world", lambda: World([made]))
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new.bin"
    path.write_bytes(image((1, 5, 0), 4000))
    return path


def test_each_phase_is_a_line_and_the_end_says_what_runs(run: Run, board: VirtualSmp, file: Path) -> None:
    ran = run("firmware", "push", "zephyr board", str(file), *VIRTUAL)
    lines = ran.out.splitlines()
    assert ran.status == 0 and lines[1:3] == ["Searching for the board", "Sending 1.5.0, 4072 bytes"]
    assert "Sent 100 %" in lines and lines[-1] == (
        "Zephyr board runs 1.5.0 now, and keeps it. Before it ran 1.4.0."
    )
    assert board.board.running == file.read_bytes()


def test_a_script_gets_one_document(run: Run, board: VirtualSmp, file: Path) -> None:
    ran = run("firmware", "push", board.address, str(file), *VIRTUAL, "--json")
    assert ran.document["board"] == {"name": "Zephyr board", "address": board.address}
    assert (ran.document["before"], ran.document["version"], ran.document["was_there"]) == (
        "1.4.0",
        "1.5.0",
        False,
    )


def test_a_kept_file_that_was_changed_is_not_sent(run: Run, board: VirtualSmp, file: Path) -> None:
    rule = ("--model", "Lamp", "--at-least", "1.5.0", "--file", str(file))
    kept = Path(run("firmware", "rule", "add", *rule, *VIRTUAL, "--json").document["file"]["path"])
    kept.write_bytes(image((1, 4, 9), 4000))
    ran = run("firmware", "push", "Zephyr board", str(kept), *VIRTUAL)
    assert ran.status == 6 and "F-110" in ran.err and board.board.uploaded == 0


def test_what_is_not_checked_is_said(run: Run, board: VirtualSmp, file: Path) -> None:
    ran = run("firmware", "push", "Zephyr board", str(file), *VIRTUAL)
    assert "Who made this image was not checked" in ran.out and "not authenticated" in ran.out


def test_a_virtual_board_does_not_start_with_a_damaged_image(run: Run, file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.bin"
    damaged.write_bytes(file.read_bytes()[:-40])
    on_air = ("--radio", "virtual+bumble:tcp-client:127.0.0.1:9")
    assert run("virtual", "smp", "--firmware", str(damaged), *on_air).status == 6
    unknown = run("virtual", "smp", "--firmware", str(file), "--fault", "bogus", *on_air)
    assert unknown.status == 2 and "corrupt-flash" in unknown.err


def test_what_no_board_can_start_is_refused_before_any_radio(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "esp32.bin"
    wrong.write_bytes((Path("tests/firmware/vectors") / "esp32.bin").read_bytes())
    assert "F-112" in run("firmware", "push", "Zephyr board", str(wrong), *VIRTUAL).err
