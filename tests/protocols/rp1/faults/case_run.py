"""One device, one user, one command, and a plan of cuts: what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from companion.outcome import Result
from companion.protocols.rp1.methods import Standing
from tests.protocols.rp1.faults.cuts import Cut, Faults, Place
from tests.protocols.rp1.faults.disk import Disk, RamDisk
from tests.protocols.rp1.faults.environment import Around
from tests.protocols.rp1.faults.judge import Judge

MOST_COMMANDS = 6


@dataclass(frozen=True)
class Case:
    """A scenario and its cuts. `str` of it is what the command replays."""

    scenario: str
    cuts: tuple[Cut, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.scenario, *map(str, self.cuts)])

    @classmethod
    def parse(cls, text: str) -> Case:
        """What `str` of a case says. Raises ValueError."""
        scenario, *cuts = text.split()
        return cls(scenario, tuple(map(Cut.parse, cuts)))


@dataclass(frozen=True)
class Told:
    """How it went.

    made, standings: the cuts that came, and the device's standing at each; commands: how often it was given
    left: operations of each sort after the last cut, to the end; typed, compared: what the user did
    """

    made: int
    commands: int
    standings: tuple[Standing, ...]
    left: Counter[Place]
    typed: int
    compared: int


def live_through(case: Case, disk: Callable[[], Disk] = RamDisk) -> Told:
    """Give the command until the device is commissioned. Raises AssertionError with what is not true.

    Only a killed app has to be started again: links and devices that go are the run's own business.
    """
    faults = Faults(case.cuts)
    around = Around(case.scenario, faults, disk())
    judge = Judge(around)
    for commands in range(1, MOST_COMMANDS + 1):
        outcome = around.command()
        if outcome is not None:
            assert outcome.result is Result.COMMISSIONED, f"{outcome.result}: {outcome.error!r}"
            judge.commissioned()
            return Told(
                made=len(faults.struck),
                commands=commands,
                standings=tuple(judge.standings),
                left=faults.passed,
                typed=around.user.typed,
                compared=around.user.compared,
            )
        judge.killed()
    raise AssertionError("killed more often than the plan says")
