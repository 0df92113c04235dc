"""Completions, asked for by a real shell."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from companion.commands.completion import SHELLS
from tests.commands.conftest import Run

BASH = """
companion() {{ {python} -m companion "$@"; }}
eval "$(companion completion bash)"
COMP_LINE={line} COMP_POINT={length} COMP_WORDS=({line_words}) COMP_CWORD={word} COMP_TYPE=9
_python_argcomplete companion
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("companion comm", {"commission", "commissioner"}),
        ("companion devices --js", {"--json", "--json-lines"}),
        ("companion completion ", {*SHELLS}),
        ("companion demo --window ", {"auto", "no"}),
    ],
)
def test_bash_completes(line: str, expected: set[str], tmp_path: Path) -> None:
    words = line.split(" ")
    script = BASH.format(
        python=sys.executable,
        line=shlex.quote(line),
        length=len(line),
        line_words=shlex.join(words),
        word=len(words) - 1,
    )
    asked = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert {word.strip() for word in asked.stdout.split()} == expected
    assert asked.stderr == ""


def test_each_shell_gets_a_script_that_asks_companion(run: Run) -> None:
    scripts = {shell: run("completion", shell).out for shell in SHELLS}
    assert all("_ARGCOMPLETE" in script and "companion" in script for script in scripts.values())
    assert "complete --command companion" in scripts["fish"]
    assert "#compdef companion" in scripts["zsh"] and "complete -o" in scripts["bash"]
