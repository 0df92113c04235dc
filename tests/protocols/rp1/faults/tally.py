"""What came of many cases, and the table that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from companion.protocols.rp1.methods import Standing
from tests.protocols.rp1.faults.case_run import Case, Told, live_through
from tests.protocols.rp1.faults.disk import Disk, RamDisk

COLUMNS = ("tried", "same run", "command again", "nobody's", "provisional", "owned", "wrong")
_STANDINGS = {Standing.UNOWNED: "nobody's", Standing.PROVISIONAL: "provisional", Standing.OWNED: "owned"}


@dataclass
class Tally:
    """Cases by what was cut. wrong: what was not true, each with the words that replay it."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, cases: Iterable[Case], disk: Callable[[], Disk] = RamDisk) -> Tally:
        """Live through all of them. The device's state is counted as it was after a case's last cut."""
        for case in cases:
            row = self.rows.setdefault(row_of(case), Counter())
            row["tried"] += 1
            try:
                told = live_through(case, disk)
                assert told.made == len(case.cuts), f"only {told.made} of its cuts came"
            except Exception as problem:
                row["wrong"] += 1
                self.wrong.append(f"{case}: {type(problem).__name__}: {problem}")
            else:
                row.update(_ended(told))
        return self

    @property
    def tried(self) -> int:
        return sum(row["tried"] for row in self.rows.values())

    def table(self) -> str:
        """A line for each row, and their sum."""
        rows = {**dict(sorted(self.rows.items())), "all": sum(self.rows.values(), Counter[str]())}
        width = max(len(name) for name in rows)
        lines = [" ".join([f"{'':{width}}", *(f"{name:>13}" for name in COLUMNS)])]
        for name, row in rows.items():
            lines.append(" ".join([f"{name:{width}}", *(f"{row[column]:>13}" for column in COLUMNS)]))
        return "\n".join(lines)


def row_of(case: Case) -> str:
    """Scenario, what was cut, and for a single cut where."""
    if len(case.cuts) == 1:
        (cut,) = case.cuts
        return f"{case.scenario:8} {cut.kind} at each {cut.place}"
    return f"{case.scenario:8} {' then '.join(cut.kind for cut in case.cuts)}"


def _ended(told: Told) -> Counter[str]:
    """Where it ended, and what the device was at the cut before."""
    again = "same run" if told.commands == 1 else "command again"
    return Counter([again, *(_STANDINGS[standing] for standing in told.standings[-1:])])
