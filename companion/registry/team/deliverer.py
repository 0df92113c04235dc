"""Brings what waits in the journal to the server, on a thread of its own while the registry is open."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from companion.errors import CompanionError, StorageError
from companion.errors.registry import RegistryUnreachable
from companion.files import exclusive
from companion.registry.store.liveness import Liveness
from companion.registry.team.journal import Journal
from companion.registry.team.server import Server

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.3
"""Between two deliveries of a run that goes on."""
PING_SECONDS = 10.0
"""Where nothing waits."""
AGAIN_SECONDS = (1.0, 2.0, 5.0, 10.0)
"""Where the server does not answer: after the first failure, the second, ..."""
CLOSING_SECONDS = 5.0
A_WHILE_SECONDS = 3.0
"""Until then nobody is told that something waits."""


class Deliverer:
    """Delivers the runs of this process, and of those that are gone. It begins with `start`."""

    def __init__(self, journal: Journal, server: Server, liveness: Liveness, lock: Path) -> None:
        """lock: the file that decides which process brings the runs of those that are gone."""
        self._journal, self._server, self._liveness, self._lock = journal, server, liveness, lock
        self._wake = threading.Event()
        self._urgent = threading.Event()
        self._over = threading.Event()
        self._changed = threading.Condition()
        # By run: the id of its device, and whether its end was among what was delivered.
        self._delivered: dict[str, tuple[str | None, bool]] = {}
        self._stuck: dict[str, CompanionError] = {}
        # Runs that go on, and that the server knows of.
        self._begun: set[str] = set()
        self._failures = 0
        self._behind_since: float | None = time.monotonic()
        self._tasks: deque[Callable[[], object]] = deque(maxlen=20)
        self._thread = threading.Thread(target=self._go_on, name="delivery", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_behind(self) -> bool:
        """The server has not got everything for a while."""
        since = self._behind_since
        return self._failures > 0 or (since is not None and time.monotonic() - since > A_WHILE_SECONDS)

    @property
    def problem(self) -> CompanionError | None:
        """Why a run is not taken by a server that answers."""
        return next(iter(self._stuck.values()), None)

    def do_next(self, task: Callable[[], object]) -> None:
        """Do something beside the deliveries, once the server answers."""
        self._tasks.append(task)

    def notice(self) -> None:
        """Something new waits."""
        if self._behind_since is None:
            self._behind_since = time.monotonic()
        self._wake.set()

    def expect(self, run: str) -> None:
        """Somebody is about to `bring` a run: what was delivered of it before does not count."""
        with self._changed:
            self._delivered.pop(run, None)

    def bring(self, run: str, seconds: float, *, to_its_end: bool = False) -> tuple[bool, str | None]:
        """Bring a run at once. Whether the server has all of it after that time, and the id of its device.

        to_its_end: what is told of a run that goes on was on its way before it ended
        """

        def is_there() -> bool:
            return run in self._delivered and (self._delivered[run][1] or not to_its_end)

        self._urgent.set()
        self._wake.set()
        with self._changed:
            self._changed.wait_for(
                lambda: is_there() or run in self._stuck or self._server.problem is not None,
                timeout=seconds,
            )
            if not is_there():
                return False, None
            return True, self._delivered.pop(run)[0]

    def close(self) -> None:
        """Try once more, if the server is there. What it does not get waits for the next start."""
        self._over.set()
        self._wake.set()
        self._urgent.set()
        self._thread.join(CLOSING_SECONDS)
        if self._thread.is_alive() or self._server.problem is not None:
            return
        last = threading.Thread(target=self._finish, daemon=True)
        last.start()
        last.join(CLOSING_SECONDS)

    def _finish(self) -> None:
        with suppress(StorageError):
            self._deliver_all(gone=True)

    def _go_on(self) -> None:
        while not self._over.is_set():
            try:
                self._server.ping()
                self._deliver_all()
                while self._tasks:
                    self._tasks.popleft()()
                self._failures = 0
            except CompanionError as problem:
                log.debug("nothing is delivered: %s", problem.code)
                self._failures += 1
            except Exception:
                log.exception("delivering runs failed in a way that nobody expected")
                self._failures += 1
            with self._changed:
                self._changed.notify_all()
            self._wait()

    def _wait(self) -> None:
        if self._failures:
            # However much comes meanwhile, a server that is gone is not asked more often.
            self._over.wait(AGAIN_SECONDS[min(self._failures, len(AGAIN_SECONDS)) - 1])
            return
        self._wake.wait(PING_SECONDS)
        if not self._urgent.is_set():
            self._urgent.wait(PAUSE_SECONDS)
        self._wake.clear()
        self._urgent.clear()

    def _deliver_all(self, *, gone: bool = False) -> None:
        since, self._behind_since = self._behind_since, None
        try:
            self._deliver_each(gone=gone)
        except BaseException:
            self._behind_since = since or time.monotonic()
            raise

    def _deliver_each(self, *, gone: bool) -> None:
        mine = self._liveness.token
        for run in self._journal.runs(mine):
            self._try(run, gone=gone)
        dead = [each for each in self._journal.others(mine) if not self._liveness.is_alive(each)]
        if dead:
            with self._alone() as is_alone:
                for run in (run for each in dead for run in self._journal.runs(each)) if is_alone else ():
                    self._try(run, gone=True)

    def _try(self, run: str, *, gone: bool) -> None:
        """A run that the server does not take holds up no other one."""
        try:
            self._deliver(run, gone=gone)
            self._stuck.pop(run, None)
        except RegistryUnreachable:
            raise
        except StorageError as problem:
            if run not in self._stuck:
                log.warning("run %s is not taken by the registry's server: %s", run, problem.code)
            self._stuck[run] = problem

    def _deliver(self, run: str, *, gone: bool) -> None:
        while (told := self._journal.waiting(run)) is not None:
            waiting, upto = told
            is_over = gone and waiting.end is None
            if run in self._begun and not waiting.entries and waiting.end is None and not is_over:
                self._tell(run, None, is_over=False)
                return
            taken = replace(waiting, gone=is_over)
            record = self._server.registry().take_in(taken, now=datetime.now(UTC), ahead=self._server.ahead)
            self._begun.add(run)
            is_last = gone or waiting.end is not None
            if self._journal.forget(run, upto, all_of_it=is_last):
                self._tell(run, record, is_over=waiting.end is not None)
                if is_last:
                    self._begun.discard(run)
                return

    def _tell(self, run: str, record: str | None, *, is_over: bool) -> None:
        with self._changed:
            self._delivered[run] = record, is_over
            while len(self._delivered) > 100:
                self._delivered.pop(next(iter(self._delivered)))
            self._changed.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """True for the one process that brings what dead ones left."""
        try:
            with exclusive(self._lock, timeout=0):
                yield True
        except TimeoutError:
            yield False
