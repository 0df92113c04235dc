"""Opening: fresh, current, older, newer, damaged, busy and foreign databases."""

import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from companion.errors import (
    FileNotOwn,
    FolderShared,
    RegistryBusy,
    RegistryDamaged,
    StorageError,
    WrittenByNewer,
)
from companion.registry import open_registry
from companion.registry.activity import ValueCount
from companion.registry.database import connection as database
from companion.registry.database.connection import DATABASE, MIGRATIONS, connect
from companion.registry.database.dialect import STATEMENTS
from companion.registry.database.tables import HEAD, Base
from companion.registry.lists import FAILING, DeviceFilter, DeviceQuery, RunFact, RunQuery
from companion.trust.transparency.entries import receipt_entry
from tests.registry.database.older import older
from tests.registry.run_samples import commissioned, outcome


def query(folder: Path, statement: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as connection:
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_migrations_build_what_the_program_expects(tmp_path: Path) -> None:
    older(tmp_path, "0001")
    engine = connect(tmp_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_of_the_models})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def _is_of_the_models(name: str | None, kind: str, parents: object) -> bool:
    """Whether a table is one of `Base`, and not of SQLite's index of words."""
    return kind != "table" or not str(name).startswith(("device_numbers", "device_words"))


def test_a_new_registry_is_what_the_migrations_build(tmp_path: Path) -> None:
    migrated, new = tmp_path / "migrated", tmp_path / "new"
    older(migrated, "0001")
    for folder in (migrated, new):
        connect(folder).dispose()
    assert schema(new) == schema(migrated)
    assert query(new, "SELECT * FROM alembic_version") == query(migrated, "SELECT * FROM alembic_version")
    rows = {name: query(new, f"SELECT * FROM {name}") for name in schema(new) if name in Base.metadata.tables}
    assert len(rows) == len(Base.metadata.tables) and not any(rows.values())


def schema(folder: Path) -> dict[str, list[str]]:
    """Every table, index and view with the words that it was made of; columns in any order."""
    made = query(folder, "SELECT name, sql FROM sqlite_master")
    return {name: sorted(re.findall(r"\w+|[^\w\s]", sql or "")) for name, sql in made}


def test_what_was_compiled_for_one_file_is_there_for_the_next(tmp_path: Path) -> None:
    """A window opens the records of real devices and those of virtual ones, a lab many."""
    known = []
    for name in ("one", "other"):
        registry = open_registry(tmp_path / name)
        registry.finish_run(
            run := registry.begin_run(ecosystem="rp1", radio="virtual"), outcome(run, commissioned())
        )
        assert len(registry.devices()) == 1
        registry.close()
        known.append(set(STATEMENTS))
    assert known[0] == known[1]


def test_the_version_that_opening_compares_is_the_newest_migration() -> None:
    assert scripts().get_heads() == [HEAD]


def test_a_registry_of_the_first_version_is_migrated_with_what_it_holds(tmp_path: Path) -> None:
    """The file is built by the first migration, as the first version did, and filled by plain SQL."""
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as old:
        old.executescript(_ddl("0001", sqlite.dialect()))
        old.executescript(FIRST_VERSION)
    registry = open_registry(tmp_path)
    assert [each.id for each in registry.runs()] == ["run2", "run1", "run0"]
    assert registry.device("dev1").receipts[0].final == b"f2"
    # What the label told before is what the device is called now; its own name still finds it.
    device = registry.device("Lamp")
    assert (device.name, device.room, device.own_name) == ("Reading lamp", "Bedroom", "Lamp")
    # Lists find what was there before they had columns of their own.
    lists = registry.lists
    (row,) = lists.devices(DeviceQuery(search="bedroom READING hafen")).rows
    assert (row.record.id, row.last and row.last.id) == ("dev1", "run2")
    assert lists.count_devices(DeviceQuery(which=DeviceFilter.NEEDS_ATTENTION)) == 1
    assert [each.record.id for each in lists.runs(RunQuery("SN-9")).rows] == ["run1"]
    assert lists.count_runs(RunQuery("commissioned")) == 2
    # So do filters and counts, by what old records and their events tell.
    assert [each.id for each in lists.every_run(RunQuery(device="dev1"))] == ["run2"]
    assert [each.id for each in lists.every_run(RunQuery(step="hand_over", ending=FAILING))] == ["run0"]
    assert registry.activity.values(RunQuery(), RunFact.DEVICE) == (
        ValueCount("Lamp", 2),
        ValueCount("Porch", 1),
    )
    assert registry.run("run0").model == "Lamp 3" and registry.run("run0").error_code == "R-103"
    # The receipts that were there are the beginning of the log, the oldest first.
    assert [registry.log.proof(run).index for run in ("run1", "run2")] == [0, 1]
    registry.close()
    assert query(tmp_path, "SELECT version_num FROM alembic_version") == [(HEAD,)]


FIRST_VERSION = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO runs (id, started, state, radio, host, process) VALUES
  ('run1', '2026-01-01 00:00:00.000000', 'commissioned', 'os', 'h', 'p'),
  ('run2', '2026-01-02 00:00:00.000000', 'commissioned', 'os', 'h', 'p');
INSERT INTO runs (id, started, ended, state, radio, host, process, outcome) VALUES
  ('run0', '2025-12-31 00:00:00.000000', '2025-12-31 00:01:00.000000', 'failed', 'bumble:usb:0', 'h', 'p',
   '{"device": null, "error": {"code": "R-103", "step": "hand_over"}}');
INSERT INTO events (run_id, number, at, kind, facts) VALUES
  ('run0', 0, '2025-12-31 00:00:01.000000', 'found', '{"name": "Porch"}'),
  ('run0', 1, '2025-12-31 00:00:02.000000', 'identified', '{"id": "gone", "model": "Lamp 3"}');
UPDATE runs SET device_id = 'dev1', outcome = '{"device": {"name": "Lamp"}}' WHERE id = 'run2';
UPDATE runs SET outcome = '{"device": {"name": "Lamp", "serial": "SN-9"}, "error": null}' WHERE id = 'run1';
INSERT INTO devices (id, protocol, name, method, state, created, updated) VALUES
  ('dev1', 'rp1', 'Lamp', 'oob', 'commissioned', '2026-01-01 00:00:00.000000', '2026-01-02 00:00:00.000000');
INSERT INTO credentials (run_id, number, device_id, kind, details, handed_over, replaced) VALUES
  ('run2', 1, 'dev1', 'wifi', '{"ssid": "Hafen 12"}', '2026-01-02 00:00:00.000000', NULL),
  ('run2', 2, 'dev1', 'ldevid', '{"not_after": "2026-02-02T00:00:00+00:00"}', '2026-01-02 00:00:00.000000',
   NULL),
  ('run1', 0, 'dev1', 'label', '{"name": "Old", "room": "Old"}', '2026-01-01 00:00:00.000000',
   '2026-01-02 00:00:00.000000'),
  ('run2', 0, 'dev1', 'label', '{"name": "Reading lamp", "room": "Bedroom"}', '2026-01-02 00:00:00.000000',
   NULL);
INSERT INTO receipts (run_id, device_id, signed, final, received) VALUES
  ('run2', 'dev1', x'72', x'6632', '2026-01-02 00:00:00.000000'),
  ('run1', 'dev1', x'72', x'6631', '2026-01-01 00:00:00.000000');
"""


def test_a_leaf_that_is_in_an_older_log_twice_stays_and_no_third_one_comes(tmp_path: Path) -> None:
    """Heads that were signed count both; what is added from now on is unique."""
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as old:
        old.executescript(_ddl("0004", sqlite.dialect()))
        old.executescript(FIRST_VERSION)
        old.execute("UPDATE alembic_version SET version_num = '0004'")
        entry = receipt_entry(b"signed", b"final")
        for number, run in enumerate(("run1", "run2")):
            row = (number, run, entry, "2026-01-01 00:00:00.000000")
            old.execute("INSERT INTO log (number, run_id, entry, added) VALUES (?, ?, ?, ?)", row)
        old.commit()
    registry = open_registry(tmp_path)
    assert registry.log.head().size == 2
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.finish_run(run, outcome(run, commissioned()))
    assert registry.log.head().size == 2
    registry.close()


def test_every_migration_is_something_that_postgresql_takes() -> None:
    ddl = _ddl("head", postgresql.dialect())
    assert {f"CREATE TABLE {name} " in ddl for name in Base.metadata.tables} == {True}
    assert "TIMESTAMP WITH TIME ZONE" in ddl and "BYTEA" in ddl
    # It takes a new registry too, which the migrations do not build.
    made = [
        str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in Base.metadata.sorted_tables
    ]
    assert [each.split()[2] for each in made] == [table.name for table in Base.metadata.sorted_tables]


def _ddl(version: str, dialect: Dialect) -> str:
    """The statements of all migrations up to `version`, as this database gets them."""
    statements: list[str] = []
    options = {"as_sql": True, "output_buffer": _Lines(statements), "target_metadata": Base.metadata}
    with Operations.context(MigrationContext.configure(dialect=dialect, opts=options)):
        for script in reversed(list(scripts().walk_revisions("base", version))):
            script.module.upgrade()
    return "".join(statements)


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append

    def flush(self) -> None:
        """Nothing is held back."""


@pytest.mark.parametrize("new", [True, False], ids=["new", "not new"])
def test_a_registry_that_is_not_of_an_older_version_opens_without_alembic(new: bool, tmp_path: Path) -> None:
    if not new:
        open_registry(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from companion.registry import open_registry\n"
        "before = 'sqlalchemy' in sys.modules\n"
        "open_registry(Path(sys.argv[1])).close(); print(before, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_the_file_is_set_up_for_kills_and_second_processes(tmp_path: Path) -> None:
    engine = connect(tmp_path)
    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        ]
    assert settings == ["wal", 1, 3000, 1]
    with database.durable(engine).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_processes_that_open_a_new_registry_at_once_all_can(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from companion.registry import open_registry\n"
        "r = open_registry(Path(sys.argv[1])); r.begin_run(ecosystem=None, radio='os'); r.close()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    assert [each.wait() for each in [subprocess.Popen(command) for _ in range(3)]] == [0, 0, 0]
    registry = open_registry(tmp_path)
    assert [each.state for each in registry.runs()] == ["interrupted"] * 3
    registry.close()


def test_a_registry_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_registry(tmp_path).close()
    query(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrittenByNewer):
        open_registry(tmp_path)
    assert query(tmp_path, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.parametrize("content", [b"This is not a database, but long enough. " * 30, b"\0" * 4096])
def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(RegistryDamaged):
        open_registry(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == content


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_short_is_told_and_left_alone(tmp_path: Path, share: float) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.finish_run(run, outcome(run, commissioned()))
    registry.close()
    whole = (tmp_path / DATABASE).read_bytes()
    cut = whole[: int(len(whole) * share)]
    (tmp_path / DATABASE).write_bytes(cut)
    with pytest.raises(RegistryDamaged):
        open_registry(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == cut


def test_an_empty_file_of_a_process_that_was_killed_at_its_start_is_a_new_registry(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    registry = open_registry(tmp_path)
    assert registry.runs() == []
    registry.close()


def test_a_writer_that_does_not_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    registry = open_registry(tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegistryBusy):
            registry.begin_run(ecosystem=None, radio="os")
        assert registry.runs() == []
        other.rollback()
    assert registry.begin_run(ecosystem=None, radio="os")
    registry.close()


@pytest.mark.parametrize(
    "url",
    ["nonsense://", "postgresql+nodriver://localhost/x", "mysql://localhost/x", "sqlite:////dev/null/x"],
)
def test_a_database_that_can_not_be_reached_is_a_storage_error(url: str) -> None:
    with pytest.raises(StorageError):
        open_registry(url)


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        open_registry(tmp_path / "file")


@pytest.mark.parametrize("name", ["100 %", "a?b#c", "ä ö"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    open_registry(tmp_path / name).close()
    assert (tmp_path / name / DATABASE).exists()


def test_a_url_opens_the_same_registry(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem=None, radio="os")
    by_url = open_registry(f"sqlite:///{tmp_path / DATABASE}")
    assert by_url.run(run).state == "running"
    by_url.close()
    registry.close()


def test_errors_never_hold_what_was_to_be_written(tmp_path: Path) -> None:
    """The statement's parameters are the user's devices and networks."""
    registry = open_registry(tmp_path)
    query(tmp_path, "DROP TABLE memory")
    query(tmp_path, "CREATE TRIGGER no BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(StorageError) as caught:
        registry.begin_run(ecosystem=None, radio="my private radio")
    assert "private" not in str(caught.value) and "private" not in str(caught.value.__cause__)
    registry.close()


def test_records_are_json(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    record = registry.finish_run(run, outcome(run, commissioned()))
    assert record is not None
    device = json.loads(json.dumps(registry.device(record).as_json()))
    assert device["credentials"][0]["kind"] == "ldevid" and device["receipts"][0]["signed"] == "c2lnbmVk"
    assert json.loads(json.dumps(registry.run(run).as_json()))["outcome"]["record"] == record
    registry.close()


@pytest.mark.parametrize("name", ["registry.db", "registry.db-wal"])
def test_a_link_in_the_place_of_the_registry_is_refused_and_leads_nowhere(tmp_path: Path, name: str) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(FileNotOwn, match=name):
        open_registry(folder)
    assert not elsewhere.exists()


def test_the_registry_is_for_its_user_alone_in_whatever_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "registry.db").touch(mode=0o644)  # as earlier versions made it
    registry = open_registry(folder)
    registry.begin_run(ecosystem=None, radio="virtual")
    rights = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}
    registry.close()
    assert len(rights) == 3 and set(rights.values()) == {0o600}, rights


def test_a_registry_in_a_folder_that_others_can_write_to_is_not_opened(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(FolderShared):
        open_registry(tmp_path)
    assert list(tmp_path.iterdir()) == []
