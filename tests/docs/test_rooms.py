"""A README is the table of contents of its room: it has each module, the repository's has each command.

A room is a folder with a README, and every folder below it without one. A module is named where its name
stands in code (`name`, `name.py`, `folder/name.py`). Names that many folders of a room have (`page`,
`presenter`) are explained once.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.cli import COMMANDS

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"`companion ([a-z]+)")
# Nobody looks for these in a README: packages' fronts, what a program wrote, the history of a schema.
UNNAMED = (
    "**/__init__.py",
    "**/__main__.py",
    "**/*_pb2.py",
    "**/migrations/env.py",
    "**/migrations/versions/*.py",
)


def rooms() -> list[Path]:
    """The rooms of the product, by their READMEs."""
    return sorted(readme for top in ("companion", "ui") for readme in (ROOT / top).rglob("README.md"))


def modules_of(readme: Path) -> Iterator[Path]:
    room = readme.parent
    for path in room.rglob("*.py"):
        above = next(folder for folder in path.parents if (folder / "README.md").is_file())
        if above == room and not any(path.match(pattern) for pattern in UNNAMED):
            yield path


def in_code(readme: Path) -> set[str]:
    """The words that stand in code."""
    return set(re.findall(r"\w+", " ".join(CODE.findall(readme.read_text(encoding="utf-8")))))


@pytest.mark.parametrize("readme", rooms(), ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_each_module_stands_in_the_readme_of_its_room(readme: Path) -> None:
    # A command's module has its name, and stands in the table of commands.
    commands = set(COMMANDS) if readme.parent == ROOT / "companion" / "commands" else set()
    named = in_code(readme) | commands
    missing = {path.relative_to(ROOT).as_posix() for path in modules_of(readme) if path.stem not in named}
    assert missing == set()


def test_the_table_of_commands_has_every_command() -> None:
    rows = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    # Commands alone stand in the first column.
    assert {name for row in rows for name in COMMAND.findall(row.split("|")[1])} == set(COMMANDS)
