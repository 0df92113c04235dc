"""`python -m tests.bench [SECTION...] [--rounds N]`: measure and print."""

from __future__ import annotations

import argparse
import importlib
import sys

from tests.bench import HEAD

SECTIONS = ("start_up", "handshake", "scanner", "matter", "log")
TABLES = ("records", "activity", "team", "link", "flows", "anomalies", "packages")
"""Sections that print a table of their own: `table()` gives its lines as they are known."""
ON_REQUEST = (
    "lab",
    "interrupts",
    "matter-rounds",
    "matter-losses",
    "matter-kills",
    "log-million",
    "wifi-rounds",
    "light",
    "sound",
    "tags",
)
"""Tables that take minutes to hours: only when they are named. `table(rounds)`."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument(
        "sections", nargs="*", choices=[*SECTIONS, *TABLES, *ON_REQUEST, []], metavar="SECTION"
    )
    parser.add_argument("--rounds", type=int, help="of a section that only runs on request")
    wanted = parser.parse_args(arguments)
    names = wanted.sections or [*SECTIONS, *TABLES]
    if rows := [name for name in names if name in SECTIONS]:
        print(HEAD)
        for name in rows:
            for row in importlib.import_module(f"tests.bench.{name}").run():
                print(row.line, flush=True)
    for name in names:
        if name not in SECTIONS:
            module = importlib.import_module(f"tests.bench.{name.replace('-', '_')}")
            with_rounds = wanted.rounds is not None and name in ON_REQUEST
            for line in module.table(wanted.rounds) if with_rounds else module.table():
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
