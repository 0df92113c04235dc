"""`python -m tests.protocols.rp1.faults [PAIRS] [--seed N] [--on-disk] [--replay "nc link@att:7 app@disk:2"]`

Tries every single cut and PAIRS pairs from the seeds N, N+1, ..., prints how they ended, and what was not
true with the words that replay it. --on-disk: with the real registry and sealed file, in a folder for each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.protocols.rp1.faults.case_run import Case, live_through
from tests.protocols.rp1.faults.cases import left_after, pair, singles
from tests.protocols.rp1.faults.disk import Disk, RamDisk, RealDisk
from tests.protocols.rp1.faults.environment import SCENARIOS
from tests.protocols.rp1.faults.tally import Tally


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.protocols.rp1.faults", description=__doc__)
    parser.add_argument("pairs", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--on-disk", action="store_true")
    parser.add_argument("--replay")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        disk = folders(Path(folder)) if given.on_disk else RamDisk
        if given.replay:
            print(live_through(Case.parse(given.replay), disk))
            return 0
        return report(given.pairs, given.seed, disk)


def folders(under: Path) -> Callable[[], Disk]:
    """A new folder for every case."""
    numbers = count()
    return lambda: RealDisk(under / str(next(numbers)))


def report(pairs: int, seed: int, disk: Callable[[], Disk]) -> int:
    """Try them all and print the tables; 1 if anything was not true."""
    began = time.process_time()
    for scenario in SCENARIOS:
        passed = left_after(scenario)
        print(f"{scenario}: {', '.join(f'{passed[place]} {place}' for place in sorted(passed))} operations")
    single, double = Tally(), Tally()
    for scenario in SCENARIOS:
        single.add(singles(scenario), disk)
    print(f"\nsingle cuts\n{single.table()}", flush=True)
    if pairs:
        double.add((pair(each) for each in range(seed, seed + pairs)), disk)
        print(f"\npairs from the seeds {seed} to {seed + pairs - 1}\n{double.table()}")
    print(
        f"\n{single.tried} single cuts and {double.tried} pairs in {time.process_time() - began:.0f} s of CPU"
    )
    for wrong in single.wrong + double.wrong:
        print(wrong, file=sys.stderr)
    return 1 if single.wrong or double.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
