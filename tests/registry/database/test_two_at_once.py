"""The window opens two registries at its start, each in a thread of its own, and both may be old."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from companion.registry import open_registry
from tests.registry.database.older import older


@pytest.mark.parametrize("new", [True, False], ids=["new", "old"])
def test_registries_that_are_opened_at_the_same_time_all_open(new: bool, tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(8)]
    for folder in folders:
        folder.mkdir(mode=0o700)
        if not new:
            older(folder / "registry.db", "0001")

    def opened(folder: Path) -> int:
        registry = open_registry(folder / "registry.db")
        try:
            return len(registry.devices())
        finally:
            registry.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(opened, folders)) == [0] * 8
