"""Which runs belong to living processes, where several computers share a database.

Each process writes the server's time into a row of its own now and then. One clock counts, so that no
computer is taken for dead because its own is wrong.
"""

from __future__ import annotations

import contextlib
import platform
import secrets
import threading
from datetime import timedelta

from sqlalchemy import ColumnElement, Engine, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from companion.errors import StorageError
from companion.registry.database.connection import durable
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Presence, Run

EVERY_SECONDS = 15.0
DEAD_AFTER = timedelta(seconds=90)
FORGOTTEN_AFTER = timedelta(days=1)


class Heartbeat:
    """This process's sign of life in the database of `engine`."""

    def __init__(self, engine: Engine, operator: str, *, token: str = "") -> None:
        """Begins at once. token: how runs name this process; "": a new one. Raises StorageError leaves."""
        self.host = platform.node()
        self.token = token or secrets.token_hex(8)
        self._engine = engine
        self._operator = operator
        self._over = threading.Event()
        self.beat()
        self._thread = threading.Thread(target=self._go_on, name="heartbeat", daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """Still here. Raises StorageError leaves."""
        mine = Presence.token == self.token
        row = {"token": self.token, "host": clipped(self.host, 255), "operator": self._operator}
        with database_errors(), durable(self._engine).begin() as connection:
            if connection.execute(update(Presence).where(mine).values(seen=func.now())).rowcount == 0:
                connection.execute(insert(Presence).values(**row, seen=func.now()))
            connection.execute(delete(Presence).where(Presence.seen < func.now() - FORGOTTEN_AFTER))

    def end(self) -> None:
        """Take the sign of life away, if the server can be told."""
        self._over.set()
        self._thread.join()
        with (
            contextlib.suppress(StorageError),
            database_errors(),
            durable(self._engine).begin() as connection,
        ):
            connection.execute(delete(Presence).where(Presence.token == self.token))

    def dead_runs(self, session: Session) -> list[str]:
        """Runs that go on in the records, of processes of which nothing was heard for a while."""
        return list(session.scalars(select(Run.id).where(Run.state == "running", ~_is_alive())))

    def _go_on(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            # A server that is gone hears of this process again when it is back.
            with contextlib.suppress(StorageError):
                self.beat()


def _is_alive() -> ColumnElement[bool]:
    return exists().where(Presence.token == Run.process, Presence.seen > func.now() - DEAD_AFTER)


class Onlooker:
    """Somebody who only reads: there is no run whose process would have to be known."""

    def __init__(self) -> None:
        self.host = platform.node()
        self.token = secrets.token_hex(8)

    def dead_runs(self, session: Session) -> list[str]:
        """None of them is an onlooker's business."""
        return []

    def end(self) -> None:
        """Nothing is there to be taken away."""
