"""How a registry stands: where it is, what one may do there, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from companion.errors import CompanionError


class Role(StrEnum):
    """What the database lets somebody do. Each one may do what those before it may."""

    READER = "reader"
    """Look at everything."""
    OPERATOR = "operator"
    """Runs, edits, revocations and answers to alerts; of the log, only add to it."""
    OWNER = "owner"
    """Grants as well, and the tables themselves."""

    def allows(self, role: Role) -> bool:
        """True if this is the role or more."""
        order = tuple(Role)
        return order.index(self) >= order.index(role)


@dataclass(frozen=True)
class RegistryStatus:
    """place: the address of a server, "" for the data folder; operator: by which name things are done
    role: as far as it was heard; waiting: runs that the server has not got; problem: why it does not answer
    protected: whether others could listen on the way; None: nothing is on the way, or nobody knows yet
    """

    place: str = ""
    operator: str = ""
    role: Role = Role.OWNER
    waiting: int = 0
    problem: CompanionError | None = None
    protected: bool | None = None

    @property
    def is_shared(self) -> bool:
        """True if it is on a server."""
        return bool(self.place)

    def as_json(self) -> dict[str, Any]:
        return {
            "place": self.place or "local",
            "operator": self.operator or None,
            "role": self.role.value,
            "waiting": self.waiting,
            "encrypted": self.protected,
            "error": None if self.problem is None else self.problem.as_json(None),
        }
