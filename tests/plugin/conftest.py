"""Distributions that are on the path of one test, as `pip install` would have put them there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.protocols import installed

HERE = Path(__file__).parent
PEBBLE, BROKEN = HERE / "site", HERE / "broken"


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Put a folder of distributions on the path of this process."""
    before = set(sys.modules)

    def to_path(folder: Path) -> None:
        monkeypatch.syspath_prepend(str(folder))
        installed.cache_clear()

    yield to_path
    monkeypatch.undo()
    installed.cache_clear()
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("pebble", "cracked"):
            del sys.modules[name]
