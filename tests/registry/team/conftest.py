from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from companion.registry import open_registry
from companion.registry.database import postgresql
from companion.registry.team import deliverer, registry
from companion.registry.team.registry import TeamRegistry
from tests.support.postgres import Database

Laptop = Callable[..., TeamRegistry]


@pytest.fixture
def laptop(team: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    """Opens the registry as the laptop of somebody does, in a folder of its own."""
    monkeypatch.setattr(deliverer, "PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(deliverer, "AGAIN_SECONDS", (0.05,))
    # A server that answers does so on a busy machine, too.
    monkeypatch.setattr(registry, "END_SECONDS", 60.0)
    for patience in ("CONNECT_SECONDS", "ANSWER_SECONDS", "TURN_SECONDS"):
        monkeypatch.setattr(postgresql, patience, 60)
    with ExitStack() as stack:

        def open_one(name: str, user: str = "owner", **more: Any) -> TeamRegistry:
            address = more.pop("address", None) or team.address(user)
            opened = open_registry(tmp_path / name, server=address, operator=name, **more)
            assert isinstance(opened, TeamRegistry)
            stack.callback(opened.close)
            return opened

        yield open_one
