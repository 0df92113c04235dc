"""`python -m tests.bench [SECTION...]`: measure and print."""

from __future__ import annotations

import importlib
import sys

from tests.bench import Row

SECTIONS = ("start_up", "handshake", "scanner", "matter")
TABLES = ("records", "link")
"""Sections that print a table of their own: `table()` gives its lines as they are known."""


def main(names: list[str]) -> int:
    wanted = names or [*SECTIONS, *TABLES]
    if rows := [name for name in wanted if name not in TABLES]:
        print(f"{'what':<52}{'ours':>10}  {'reference':<34}{'':>10}{'ratio':>8}{'bound':>8}")
        for name in rows:
            for row in importlib.import_module(f"tests.bench.{name}").run():
                show(row)
    for name in wanted:
        if name in TABLES:
            for line in importlib.import_module(f"tests.bench.{name}").table():
                print(line, flush=True)
    return 0


def show(row: Row) -> None:
    bound = "" if row.bound is None else f"{row.bound:.2f}"
    reference = f"{row.reference_ms:>7.1f} {row.unit:<2}"
    late = " !" if row.bound is not None and row.ratio > row.bound else ""
    print(
        f"{row.what:<52}{row.ours_ms:>7.1f} {row.unit:<2}  {row.reference:<34}{reference}"
        f"{row.ratio:>8.2f}{bound:>8}{late}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
