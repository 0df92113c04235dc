"""Records are read beside the engine's loop, and a list that nobody waits for is not read."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any, cast

from companion.registry import Registry, open_registry
from companion.registry.lists import DeviceQuery, RunQuery
from companion.services import Services
from tests.support.many_records import fill
from ui.engine.archive import Archive
from ui.engine.commands import ListDevices, ListRuns
from ui.engine.events import DeviceList, RunList


class Slow:
    """Services whose registry opens when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder
        self.may_open = threading.Event()
        self.is_opening = threading.Event()
        self._registry = open_registry(folder)

    def open_registry(self) -> Registry:
        self.is_opening.set()
        assert self.may_open.wait(20)
        return self._registry

    def close(self) -> None:
        self._registry.close()


async def test_of_a_search_that_is_typed_only_the_last_word_is_looked_for(tmp_path: Path) -> None:
    fill(tmp_path, 20)
    services, told = Slow(tmp_path), cast(list[Any], [])
    archive = Archive(told.append)

    def ask(command: ListDevices | ListRuns) -> asyncio.Task[None]:
        return asyncio.create_task(archive.handle(command, cast(Services, services)))

    first = ask(ListDevices(DeviceQuery()))
    assert await asyncio.to_thread(services.is_opening.wait, 20), "the loop waits for the registry"
    typed = [ask(ListDevices(DeviceQuery(search="SN-000007"[:end]))) for end in range(1, 10)]
    runs = ask(ListRuns(RunQuery()))
    await asyncio.sleep(0)
    services.may_open.set()
    await asyncio.gather(first, *typed, runs)
    await archive.close()
    services.close()
    lists = [each.page.query.search for each in told if isinstance(each, DeviceList)]
    assert lists == ["", "SN-000007"], "the one that was being read, and the last"
    assert [each.total for each in told if isinstance(each, RunList)] == [20]
