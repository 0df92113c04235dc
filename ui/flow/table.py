"""A flow's transitions as data: which input leads from which state to which.

Rules of every table:
- A row names a state, or a group for all of its states; no state has two rows for one input.
- What has no row is dropped: a click that comes late, an event of something that is over.
- `Flow._move` is the only place that changes a flow's state, and it asks the table.
`python -m tests.ui.flow.diagram` makes the diagrams in ui/README.md of the tables; a test takes every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.flow.state import FlowState, Input


@dataclass(frozen=True)
class Group:
    """States with rows in common; a group may hold others."""

    name: str
    members: tuple[FlowState | Group, ...]

    @property
    def states(self) -> tuple[FlowState, ...]:
        found: list[FlowState] = []
        for member in self.members:
            found += member.states if isinstance(member, Group) else (member,)
        return tuple(found)


@dataclass(frozen=True)
class Rows:
    """From one state, or from each of a group."""

    source: FlowState | Group
    targets: Mapping[Input, FlowState]


class Table:
    """start: where a flow begins. Raises ValueError where two rows contradict each other."""

    def __init__(self, start: FlowState, *rows: Rows) -> None:
        self.start = start
        self.rows = rows
        self.edges: dict[tuple[FlowState, Input], FlowState] = {}
        for row in rows:
            for source in row.source.states if isinstance(row.source, Group) else (row.source,):
                for given, target in row.targets.items():
                    if (source, given) in self.edges:
                        raise ValueError(f"two rows for {given!r} in {source.label}")
                    self.edges[source, given] = target

    def after(self, state: FlowState, given: Input) -> FlowState | None:
        """The next state; None where the input means nothing in this one."""
        return self.edges.get((state, given))
