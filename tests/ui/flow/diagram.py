"""The flows' tables as text for ui/README.md: `python -m tests.ui.flow.diagram` writes them there."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import TextWrapper

from ui.flow.commissioning_table import COMMISSIONING
from ui.flow.ownership_table import OWNERSHIP
from ui.flow.state import FlowState
from ui.flow.table import Group, Table

README = Path(__file__).resolve().parents[3] / "ui" / "README.md"
TABLES = {"commissioning": COMMISSIONING, "ownership": OWNERSHIP}
WIDTH = 118
INDENT = 16


def diagram(table: Table) -> str:
    """The groups, then a line for each source with what leads on; sources with several rows have one line."""
    groups: dict[str, Group] = {}
    ways: dict[str, list[str]] = {}
    for row in table.rows:
        _gather(row.source, groups)
        ways.setdefault(row.source.name, []).extend(
            f"{given} ─► {target.name}" for given, target in row.targets.items()
        )
    members = [_line(f"{name}:", [each.name for each in group.members]) for name, group in groups.items()]
    return "\n".join([*members, "", *(_line(source, leads) for source, leads in ways.items())])


def with_diagrams(text: str) -> str:
    """The README with the diagrams of today."""
    for name, table in TABLES.items():
        block = re.compile(rf"(<!-- {name} -->\n```\n).*?(\n```)", re.DOTALL)
        text, count = block.subn(lambda found, table=table: found[1] + diagram(table) + found[2], text)
        assert count == 1, f"one place for {name}"
    return text


def _gather(source: FlowState | Group, groups: dict[str, Group]) -> None:
    if isinstance(source, Group):
        for member in source.members:
            _gather(member, groups)
        groups[source.name] = source


def _line(head: str, parts: list[str]) -> str:
    """Wrapped between the parts, never within one."""
    wrapper = TextWrapper(WIDTH, initial_indent=f"{head:<{INDENT}}", subsequent_indent=" " * INDENT)
    glued = [f"{part} ·".replace(" ", "\0") for part in parts]
    return wrapper.fill(" ".join(glued)).removesuffix("\0·").replace("\0", " ")


if __name__ == "__main__":
    README.write_text(with_diagrams(README.read_text(encoding="utf-8")), encoding="utf-8")
