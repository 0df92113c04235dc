"""The database of a team, as one laptop sees it: reached when it is first needed, and known to be gone."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine, event, func, select
from sqlalchemy.engine import ExceptionContext

from companion.errors import CompanionError, StorageError
from companion.errors.registry import RegistryUnreachable
from companion.registry.database.connection import bring_up_to_date, engine_of, reading
from companion.registry.database.failures import database_errors, error_of
from companion.registry.status import Role
from companion.registry.store.registry import SqlRegistry
from companion.registry.team.address import Address
from companion.registry.team.password import find
from companion.registry.team.protection import protection_of

T = TypeVar("T")
log = logging.getLogger(__name__)

AGAIN_SECONDS = 3.0
"""For so long nobody waits for a server again that just did not answer."""
SOON_SECONDS = 2.0
"""That somebody waits who has something else to fall back on."""
CLOCK = timedelta(seconds=1)
"""Clocks that differ by less are taken for the same."""


class Server:
    """Calls may come from any thread. operator: whoever works here; token: how its runs name this process."""

    def __init__(self, address: Address, schema: str, operator: str, token: str) -> None:
        """Nothing connects yet."""
        self.address = address
        self.problem: CompanionError | None = None
        self.protected: bool | None = None
        self.ahead = timedelta()
        self._schema, self._operator, self._token = schema, operator, token
        self._opened: SqlRegistry | None = None
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self._failed = 0.0

    @property
    def opened(self) -> SqlRegistry | None:
        """Its registry if it was ever reached."""
        return self._opened

    def registry(self) -> SqlRegistry:
        """Its registry. Raises StorageError leaves, at once while the server just did not answer."""
        if self.problem is not None and time.monotonic() - self._failed < AGAIN_SECONDS:
            raise self.problem.with_traceback(None)
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def ping(self) -> None:
        """Hear whether it is there, and what its clock says. Raises StorageError leaves."""
        self.registry()
        assert self._engine is not None
        before = datetime.now(UTC)
        with database_errors(), reading(self._engine).connect() as connection:
            told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        after = datetime.now(UTC)
        self.problem = None
        ahead = told - before - (after - before) / 2
        if after - before < CLOCK < abs(ahead - self.ahead):
            log.info("the clock of the registry's server is %.0f s ahead", ahead.total_seconds())
            self.ahead = ahead

    def soon(self, ask: Callable[[SqlRegistry], T], seconds: float = SOON_SECONDS) -> T:
        """An answer for somebody who can't wait. Raises RegistryUnreachable after that time, and what it
        raises."""
        answers: list[T] = []
        problems: list[Exception] = []

        def wait() -> None:
            try:
                answers.append(ask(self.registry()))
            except Exception as problem:
                problems.append(problem)

        # A thread that nobody waits for when the program ends.
        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        thread.join(seconds)
        if answers:
            return answers[0]
        raise problems[0] if problems else RegistryUnreachable(f"no answer in {seconds:.0f} s")

    def close(self) -> None:
        """Say goodbye if it is there."""
        opened, self._opened = self._opened, None
        if opened is None:
            return
        if self.problem is None:
            try:
                opened.close()
            except StorageError as problem:
                log.debug("the registry's server was not told the end: %s", problem.code)
        elif self._engine is not None:
            self._engine.dispose()

    def _open(self) -> SqlRegistry:
        try:
            engine = engine_of(self.address.for_driver, self._schema, partial(find, self.address))
            event.listen(engine, "handle_error", self._note)
            try:
                with database_errors():
                    bring_up_to_date(engine)
                    self.protected = protection_of(engine, self.address)
            except BaseException:
                engine.dispose()
                raise
            self._engine = engine
            opened = SqlRegistry.on(engine, self._operator, token=self._token)
        except StorageError as problem:
            self._lose(problem)
            raise
        self.problem = None
        return opened

    def _note(self, context: ExceptionContext) -> None:
        problem = error_of(context.original_exception)
        if isinstance(problem, RegistryUnreachable):
            self._lose(problem)

    def _lose(self, problem: CompanionError) -> None:
        self.problem, self._failed = problem, time.monotonic()

    @property
    def role(self) -> Role | None:
        """What may be done there; None: it was never reached."""
        return None if self._opened is None else self._opened.role
