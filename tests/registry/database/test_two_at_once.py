"""The window opens two registries at a first start, each in a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from companion.registry import open_registry


def test_registries_that_are_made_at_the_same_time_all_open(tmp_path: Path) -> None:
    def made(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        registry = open_registry(folder / "registry.db")
        try:
            return len(registry.devices())
        finally:
            registry.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(made, range(8))) == [0] * 8
