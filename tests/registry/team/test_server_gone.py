"""The server goes: runs go on, nothing is lost, and everything comes once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from companion.errors import StorageError, WrittenByNewer
from companion.errors.registry import RegistryJournalFull, RegistryUnreachable
from companion.events import CertificateIssued, StepStarted
from companion.model import Step
from companion.registry.team import journal
from companion.registry.team import registry as team_registry
from companion.registry.team.journal import FILE
from companion.registry.team.registry import TeamRegistry
from tests.registry.run_samples import KEY, SOON, commissioned, outcome
from tests.registry.team.conftest import Laptop
from tests.registry.team.samples import commission, device, everything
from tests.support.postgres import Database, SlowSocket
from tests.support.until import wait_until


@pytest.fixture(autouse=True)
def a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a server that answers gets an answer, however long it takes."""
    monkeypatch.setattr(team_registry, "END_SECONDS", 60.0)


def delivered(registry: TeamRegistry) -> bool:
    return registry.status.problem is None and registry.deliver(0.0) == 0


def test_a_run_in_which_the_server_dies_is_there_in_full_when_it_is_back(
    laptop: Laptop, team: Database
) -> None:
    ada = laptop("Ada")
    run = ada.begin_run(ecosystem="rp1", radio="virtual")
    events = everything()
    for event in events[:5]:
        ada.append(run, event)
    wait_until(lambda: team.sql("SELECT count(*) FROM companion.events") == [(5,)])
    team.cluster.kill()
    for event in events[5:]:
        ada.append(run, event)
    ada.append(run, CertificateIssued("ab" * 32, "5e", SOON, KEY))
    assert ada.finish_run(run, outcome(run, commissioned())) is None
    wait_until(lambda: ada.status.problem is not None)
    assert ada.status.waiting == 1 and isinstance(ada.status.problem, RegistryUnreachable)
    with pytest.raises(RegistryUnreachable):
        ada.devices()
    # What this process issued works on; of anything else nobody knows whether it was revoked meanwhile.
    assert not ada.is_revoked("ab" * 32)
    with pytest.raises(RegistryUnreachable):
        ada.is_revoked("cc" * 32)
    team.cluster.start()
    wait_until(lambda: delivered(ada))
    assert [each.number for each in ada.run(run).events] == list(range(len(events) + 1))
    assert ada.run(run).state == "commissioned" and ada.log.head().size == 1
    assert [each.serial for each in ada.devices()] == ["SN-0001"]


def test_a_laptop_that_starts_without_the_server_sets_devices_up(laptop: Laptop, team: Database) -> None:
    before = laptop("Ada")
    commission(before, 1)
    wait_until(lambda: before.knows_server)
    before.proven_devices("rp1")
    before.close()
    team.cluster.kill()
    ada = laptop("Ada")
    wait_until(lambda: ada.status.problem is not None)
    # It knows the devices as they were, so that a serial number that is claimed twice is still noticed.
    assert [device.serial for device, _ in ada.proven_devices("rp1")] == ["SN-0001"]
    assert ada.proven_devices("espressif") == []
    # One that never met the server knows nothing of them.
    with pytest.raises(RegistryUnreachable):
        laptop("Grace").proven_devices("rp1")
    commission(ada, 2)
    ada.close()
    team.cluster.start()
    again = laptop("Ada")
    wait_until(lambda: delivered(again) and len(again.devices()) == 2)


CHILD = """
import sys
from pathlib import Path
from companion.registry import open_registry
from companion.registry.team import deliverer, registry
from companion.registry.team.address import parse
from tests.registry.team.samples import commission, device, everything
from tests.registry.run_samples import commissioned, outcome
registry.END_SECONDS = 0.0
deliverer.PAUSE_SECONDS = 0.0
mode, folder, address = sys.argv[1:]
if mode == "delivering":
    from companion.registry.team import journal
    def stop(*_, **__):
        print("committed", flush=True)
        sys.stdin.read()
    journal.Journal.forget = stop
opened = open_registry(Path(folder), server=parse(address), operator="Ada")
if mode == "running":
    run = opened.begin_run(ecosystem="rp1", radio="virtual")
    for event in everything()[:4]:
        opened.append(run, event)
    print(run, flush=True)
    sys.stdin.read()
run, _ = commission(opened, 1)
sys.stdin.read()
"""


def child(mode: str, folder: Path, team: Database) -> subprocess.Popen[str]:
    """A Companion that is going to be killed."""
    command = [sys.executable, "-c", CHILD, mode, str(folder), str(team.address())]
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert made.stdout is not None
    made.said = made.stdout.readline().strip()  # type: ignore[attr-defined]
    return made


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def test_a_kill_between_the_servers_commit_and_ours_delivers_nothing_twice(
    laptop: Laptop, team: Database, tmp_path: Path
) -> None:
    process = child("delivering", tmp_path / "Ada", team)
    assert process.said == "committed"  # type: ignore[attr-defined]
    kill(process)
    assert team.sql("SELECT count(*) FROM companion.runs") == [(1,)]
    ada = laptop("Ada")
    wait_until(lambda: delivered(ada) and [each.state for each in ada.runs()] == ["commissioned"])
    run = ada.run("last")
    assert [each.kind for each in run.events] == ["step_started"] * 2 and len(run.steps) == 2
    counts = ("devices", "credentials", "receipts", "log", "onboardings")
    tables = ", ".join(f"(SELECT count(*) FROM companion.{each})" for each in counts)
    assert team.sql(f"SELECT {tables}") == [(1, 2, 1, 1, 1)]


def test_a_run_that_was_killed_is_brought_as_interrupted_by_the_next_process(
    laptop: Laptop, team: Database, tmp_path: Path
) -> None:
    process = child("running", tmp_path / "Ada", team)
    run: str = process.said  # type: ignore[attr-defined]
    wait_until(lambda: team.sql("SELECT count(*) FROM companion.events") == [(4,)])
    kill(process)
    ada = laptop("Ada")
    wait_until(lambda: ada.run(run).state == "interrupted")
    assert len(ada.run(run).events) == 4


def test_a_run_that_comes_late_does_not_undo_what_was_done_since(laptop: Laptop, team: Database) -> None:
    ada = laptop("Ada")
    commission(ada, 9)
    team.cluster.kill()
    late = device(1) | {"name": "As it was", "fingerprint": "dd" * 32}
    run = ada.begin_run(ecosystem="rp1", radio="virtual")
    ada.append(run, StepStarted(Step.FIND))
    ada.finish_run(run, outcome(run, commissioned(**late)))  # type: ignore[arg-type]
    ada.close()
    # It waits an hour, as clocks go.
    make_older(team, ada, 3600)
    team.cluster.start()
    grace = laptop("Grace")
    _, record = commission(grace, 1)
    assert record is not None
    again = laptop("Ada")
    wait_until(lambda: delivered(again) and len(again.runs()) == 3)
    now = grace.device(record)
    assert now.name == "Lamp 1" and len(now.runs) == 2
    current = [each for each in now.credentials if each.replaced is None and each.kind == "ldevid"]
    assert [each.details["fingerprint"] for each in current] == [f"{1:064x}"]
    assert not grace.is_revoked(f"{1:064x}")


def make_older(team: Database, registry: TeamRegistry, seconds: float) -> None:
    """What waits in a closed registry's journal was told so long ago."""
    import json
    import sqlite3
    from contextlib import closing
    from datetime import datetime, timedelta

    file = registry._here._engine.url.database
    with closing(sqlite3.connect(Path(str(file)).with_name(FILE))) as connection:
        for run, number, content in connection.execute("SELECT * FROM parts").fetchall():
            part = json.loads(content)
            for told in (part, part["entry"] or {}):
                if "at" in told:
                    told["at"] = (datetime.fromisoformat(told["at"]) - timedelta(seconds=seconds)).isoformat()
            row = (json.dumps(part), run, number)
            connection.execute("UPDATE parts SET content = ? WHERE run = ? AND number = ?", row)
        connection.commit()


def test_nothing_waits_for_a_server_that_takes_ten_seconds(
    laptop: Laptop, team: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commission(laptop("Grace"), 1)
    monkeypatch.setattr(team_registry, "END_SECONDS", 0.5)
    folder = tmp_path / "slow"
    folder.mkdir()
    slow = SlowSocket(folder, team.cluster, 10.0)
    ada = laptop("Ada", address=team.address(host=folder))
    began = time.monotonic()
    run, record = commission(ada, 2, *everything())
    assert time.monotonic() - began < 5 and record is None
    slow.hurry()
    wait_until(lambda: delivered(ada) and ada.run(run).state == "commissioned")
    slow.close()


def test_what_waits_is_for_this_user_alone_and_holds_no_secret(
    laptop: Laptop, team: Database, tmp_path: Path
) -> None:
    ada = laptop("Ada")
    wait_until(lambda: ada._server.opened is not None)
    team.cluster.kill()
    commission(ada, 1, *everything())
    ada.close()
    files = list((tmp_path / "Ada").glob("waiting.db*"))
    assert files and {each.stat().st_mode & 0o777 for each in files} == {0o600}
    content = b"".join(each.read_bytes() for each in files)
    assert b"step_started" in content and b"keep this to yourself" not in content


def test_no_more_runs_wait_than_a_laptop_keeps(
    laptop: Laptop, team: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_RUNS", 2)
    team.cluster.kill()
    ada = laptop("Ada")
    wait_until(lambda: ada.status.problem is not None)
    commission(ada, 1), commission(ada, 2)
    with pytest.raises(RegistryJournalFull):
        ada.begin_run(ecosystem="rp1", radio="virtual")


def test_a_journal_of_a_newer_version_is_left_alone(laptop: Laptop, tmp_path: Path) -> None:
    import sqlite3

    laptop("Ada").close()
    with sqlite3.connect(tmp_path / "Ada" / FILE) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(WrittenByNewer):
        laptop("Ada")


def test_a_run_that_the_server_does_not_take_holds_up_no_other(
    laptop: Laptop, team: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ada = laptop("Ada")
    wait_until(lambda: ada._server.opened is not None)
    statement = "CREATE FUNCTION companion.no() RETURNS trigger AS $$BEGIN RAISE 'no'; END$$ LANGUAGE plpgsql"
    team.sql(statement)
    team.sql(
        "CREATE TRIGGER no BEFORE INSERT ON companion.runs FOR EACH ROW "
        "WHEN (NEW.radio = 'bad') EXECUTE FUNCTION companion.no()"
    )
    bad = ada.begin_run(ecosystem="rp1", radio="bad")
    assert ada.finish_run(bad, outcome(bad, commissioned())) is None
    assert commission(ada, 2)[1] == "rp1-0002"
    wait_until(lambda: ada.status.problem is not None)
    assert ada.status.waiting == 1 and type(ada.status.problem) is StorageError
    team.sql("DROP TRIGGER no ON companion.runs")
    ada.append(bad, StepStarted(Step.FIND))
    wait_until(lambda: delivered(ada))


def test_a_certificate_that_was_revoked_in_a_run_is_believed_nowhere_meanwhile(
    laptop: Laptop, team: Database
) -> None:
    from companion.events import CertificateRevoked, RevocationReason

    team.cluster.kill()
    ada = laptop("Ada")
    run = ada.begin_run(ecosystem="rp1", radio="virtual")
    ada.append(run, CertificateRevoked("ee" * 32, "5e", RevocationReason.REVERTED))
    assert ada.is_revoked("ee" * 32)
