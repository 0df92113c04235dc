"""A transparency log of a million entries: appending, proving, and checking a proof as a process."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session

from companion.registry.database.connection import connect
from companion.registry.lookup import by_id
from companion.registry.transparency.log import TransparencyLog
from companion.trust.proof.document import encode
from companion.trust.proof.making import make_proof
from tests.bench import Row, medians
from tests.registry.transparency.long_logs import append, entry, fill
from tests.trust.proof.samples import commission, open_both

COUNT = 1_000_000
TIMES = 200


def run() -> Iterator[Row]:
    """Each against a bare SQLite statement on rows of the same size, in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        fill(path, COUNT)
        engine = connect(path)
        log = TransparencyLog(engine)
        log.head()
        inserted, selected = _bare(path / "bare.db")
        with Session(engine) as session:
            session.begin()
            numbers = iter(range(COUNT, COUNT + TIMES))
            appended = _each(lambda: append(session, next(numbers)))
            session.commit()
        what = f"log of {COUNT:,}: append an entry"
        yield Row(what, appended, "bare SQLite insert of such a row", inserted, None)
        chosen = iter(range(0, COUNT, COUNT // TIMES))
        proved = _each(lambda: log.proof(f"run{next(chosen)}"))
        yield Row(
            f"log of {COUNT:,}: inclusion proof", proved, "bare SQLite select of such a row", selected, None
        )
        engine.dispose()
    yield _verified()


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
    return Row("proof verify, as a process", ours, "Python that imports cryptography.x509", reference, None)


def _ran(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _bare(file: Path) -> tuple[float, float]:
    """Milliseconds for an insert and a select of a row like an entry's, with the settings of the registry."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA cache_size = -500000")
        database.execute("CREATE TABLE log (number INTEGER PRIMARY KEY, run TEXT UNIQUE, entry BLOB)")
        rows = ((number, f"run{number}", entry(number)) for number in range(COUNT))
        database.executemany("INSERT INTO log VALUES (?, ?, ?)", rows)
        database.execute("BEGIN")
        numbers = iter(range(COUNT, COUNT + TIMES))
        row = "INSERT INTO log VALUES (?, ?, ?)"
        inserted = _each(
            lambda: database.execute(row, (number := next(numbers), f"run{number}", entry(number)))
        )
        database.execute("COMMIT")
        chosen = iter(range(0, COUNT, COUNT // TIMES))
        wanted = "SELECT entry FROM log WHERE run = ?"
        return inserted, _each(lambda: database.execute(wanted, (f"run{next(chosen)}",)).fetchall())


def _each(act: Callable[[], object]) -> float:
    """The median of some calls, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)
