"""The transparency log: appending, proving, reading it whole, its size, and checking a proof as a process.

Of 20,000 entries; `log-million` measures the same on a million. The anomaly rules' first look after an update
is here too, because it is at the end of a run, as appending is.
"""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session

from companion.registry import Registry, open_registry
from companion.registry.database.connection import DATABASE, connect
from companion.registry.lookup import by_id
from companion.registry.store.registry import AT_ONCE
from companion.registry.transparency.log import TransparencyLog
from companion.trust.anomalies.records import Ending, Onboarding
from companion.trust.proof.document import encode
from companion.trust.proof.export import make_proof
from tests.bench import Row, medians
from tests.registry.transparency.long_logs import append, entry, fill
from tests.trust.proof.samples import commission, open_both

COUNT = 20_000
TIMES = 200
APPEND, PROVE, VERIFY = 1.0, 5.0, 300.0
"""Milliseconds that were promised, for a million entries too."""
FIRST_LOOK = 250.0


def run() -> Iterator[Row]:
    """All of it."""
    yield from of(COUNT)
    yield _verified()
    yield _first_look()


def of(count: int) -> Iterator[Row]:
    """A log of so many entries, against bare SQLite with rows of the same size, in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        fill(path, count)
        engine = connect(path)
        log = TransparencyLog(engine)
        log.head()
        bare = path / "bare.db"
        inserted, selected, read = _bare(bare, count)
        with Session(engine) as session:
            session.begin()
            numbers = iter(range(count, count + TIMES))
            appended = _each(lambda: append(session, next(numbers)))
            session.commit()
        what = f"log of {count:,}: "
        yield Row(f"{what}append an entry", appended, "bare SQLite insert", inserted, most=APPEND)
        chosen = iter(range(0, count, count // TIMES))
        proved = _each(lambda: log.proof(f"run{next(chosen)}"))
        yield Row(f"{what}inclusion proof", proved, "bare SQLite select", selected, most=PROVE)
        head = log.head()
        began = time.perf_counter()
        log.audit({head.size: head.root})
        whole = (time.perf_counter() - began) * 1000
        yield Row(f"{what}read and check all of it", whole, "bare SQLite read, SHA-256", read)
        engine.dispose()
        size, of_bare = ((path / name).stat().st_size / 1e6 for name in (DATABASE, bare.name))
        yield Row(f"{what}size on the disk", size, "bare SQLite, same entries", of_bare, unit="MB")


def _verified() -> Row:
    """A proof from its file to the verdict, as a process, against a process that loads its library alone."""
    with tempfile.TemporaryDirectory() as folder:
        registry, identity = open_both(Path(folder))
        device = registry.device(by_id(commission(registry, identity, "SN-1").id))
        file = Path(folder) / "a.proof"
        file.write_bytes(encode(make_proof(registry, identity, device)))
        registry.close()
        verify = [sys.executable, "-m", "companion", "proof", "verify", str(file)]
        bare = [sys.executable, "-c", "import cryptography.x509"]
        ours, reference = medians(*(partial(_ran, command) for command in (verify, bare)), rounds=9)
    what = "proof verify, as a process"
    return Row(what, ours, "Python, cryptography.x509 imported", reference, most=VERIFY)


def _first_look() -> Row:
    """The check at the end of the first run after an update, which remembers nothing of 5,000 runs before."""
    with tempfile.TemporaryDirectory() as folder:
        registry = open_registry(Path(folder))
        registry.alerts.take_in(_onboarding(number) for number in range(5_000))
        registry.alerts.check()
        usual = _look(registry, 5_000)
        with sqlite3.connect(Path(folder) / DATABASE) as database:
            database.execute("DELETE FROM watches")
        first = _look(registry, 5_001)
        registry.close()
    return Row("anomalies after an update, 5,000 runs", first, "any other run", usual, most=FIRST_LOOK)


def _look(registry: Registry, number: int) -> float:
    registry.alerts.take_in([_onboarding(number)])
    began = time.perf_counter()
    registry.alerts.check(most=AT_ONCE)
    return (time.perf_counter() - began) * 1000


def _onboarding(number: int) -> Onboarding:
    """Eight a day."""
    at = datetime(2025, 1, 1, 8, tzinfo=UTC) + timedelta(days=number // 8, hours=number % 8)
    return Onboarding(
        f"run{number}", at, Ending.ONBOARDED, identity_key=number.to_bytes(65), site="yard", model="lamp"
    )


def _ran(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _bare(file: Path, count: int) -> tuple[float, float, float]:
    """Milliseconds for an insert and a select of a row like an entry's, with the settings of the registry,
    and for a hash of each entry."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA cache_size = -500000")
        database.execute("CREATE TABLE log (number INTEGER PRIMARY KEY, run TEXT UNIQUE, entry BLOB)")
        rows = ((number, f"run{number}", entry(number)) for number in range(count))
        database.execute("BEGIN")
        database.executemany("INSERT INTO log VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")
        database.execute("BEGIN")
        numbers = iter(range(count, count + TIMES))
        row = "INSERT INTO log VALUES (?, ?, ?)"
        inserted = _each(
            lambda: database.execute(row, (number := next(numbers), f"run{number}", entry(number)))
        )
        database.execute("COMMIT")
        chosen = iter(range(0, count, count // TIMES))
        wanted = "SELECT entry FROM log WHERE run = ?"
        selected = _each(lambda: database.execute(wanted, (f"run{next(chosen)}",)).fetchall())
        began = time.perf_counter()
        for (each,) in database.execute("SELECT entry FROM log ORDER BY number"):
            hashlib.sha256(each).digest()
        return inserted, selected, (time.perf_counter() - began) * 1000


def _each(act: Callable[[], object]) -> float:
    """The median of some calls, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)
