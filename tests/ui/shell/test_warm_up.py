"""What a run imports was imported while its user looked for the code: an import holds up the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import asyncio, sys
from ui.shell.warm_up import warm_up
asyncio.run(warm_up())
# The virtual devices stand for some that are computers of their own.
import companion.protocols.matter.virtual.builder, companion.protocols.mesh.virtual.builder
import companion.protocols.rp1.virtual.peripheral
import companion.virtual.world
before = set(sys.modules)
from companion.cli import main
assert main(["demo", "--json", "--data-dir", sys.argv[1]]) == 0
rooms = tuple(f"companion.{room}" for room in ("protocols", "registry", "identity", "endpoint"))
new = (name for name in set(sys.modules) - before if name.startswith(rooms))
print(sorted(name for name in new if ".virtual" not in name))
"""


def test_a_run_imports_nothing_that_was_not_warmed_up(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
