"""`python -m tests.bench [SECTION...]`: measure and print."""

from __future__ import annotations

import importlib
import sys

from tests.bench import Row

SECTIONS = ("start_up", "handshake", "scanner")


def main(names: list[str]) -> int:
    print(f"{'what':<52}{'ours':>10}  {'reference':<34}{'':>10}{'ratio':>8}{'bound':>8}")
    for name in names or SECTIONS:
        for row in importlib.import_module(f"tests.bench.{name}").run():
            show(row)
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
