"""Files made to hurt, through `companion scan` as its own process: a sentence each, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import hostile

# Peak of the whole process in MiB: the interpreter, cv2 and numpy alone take about a third of it.
MOST_MEMORY = 300
# Linux tells the peak of this program; getrusage would tell the parent's too, which was there before it.
PROGRAM = """
import sys
from pathlib import Path
from companion.cli import main
status = main(sys.argv[1:])
(peak,) = (line.split()[1] for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
print(int(peak) // 1024, file=sys.stderr)
sys.exit(status)
"""
SAID = {
    "empty": "C-105",
    "huge": "C-105",
    "bomb": "C-105",
    "cut": "C-105",
    "animation": "C-101",
    "binary": "unknown",
    "longest": "unknown",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return hostile.write_all(tmp_path_factory.mktemp("hostile"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program's own peak of memory")
def test_every_hostile_file_gets_its_answer_in_bounded_memory(files: dict[str, Path]) -> None:
    command = [sys.executable, "-c", PROGRAM, "scan", "--json", *map(str, files.values())]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 3, ran.stderr
    told = json.loads(ran.stdout)["files"]
    answers = {}
    for name, file in zip(files, told, strict=True):
        codes = [code["ecosystem"] for code in file["codes"]]
        answers[name] = file["error"]["code"] if file["error"] else codes[0]
        assert not file["error"] or (file["error"]["title"] and file["error"]["advice"])
    assert answers == SAID
    assert int(ran.stderr.split()[-1]) < MOST_MEMORY
