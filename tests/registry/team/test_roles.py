"""Readers, operators and owners: the database refuses, and Companion says it in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from companion.errors import WrittenByNewer
from companion.errors.registry import (
    RegistryAbsent,
    RegistryDriverMissing,
    RegistryLoginRejected,
    RegistryRefused,
    RegistryUnreachable,
)
from companion.registry.notes import Told
from companion.registry.status import Role
from companion.registry.team import roles
from companion.registry.team.address import Address, parse
from companion.registry.team.examination import Tables, examine
from tests.registry.team.conftest import Laptop
from tests.registry.team.samples import commission, everything
from tests.support.postgres import Cluster, Database
from tests.support.until import wait_until


@pytest.fixture
def with_roles(team: Database) -> Database:
    """With the roles, and somebody of each."""
    roles.apply(team.address())
    for role in Role:
        name = f"a_{role.value}"
        team.sql(f"DO $$BEGIN CREATE USER {name}; EXCEPTION WHEN duplicate_object THEN NULL; END$$")
        team.sql(f"GRANT companion_{role.value} TO {name}")
    return team


def test_an_operator_runs_edits_and_answers_and_can_only_add_to_the_log(
    laptop: Laptop, with_roles: Database
) -> None:
    ada = laptop("", user="a_operator")
    run, record = commission(ada, 1, *everything())
    assert record == "rp1-0001" and ada.status.role is Role.OPERATOR
    assert ada.run(run).operator == "a_operator"  # the database's name, where nobody said another
    ada.notes.take([(record, Told(name="Porch", tags=("spare",), note="top shelf"))])
    ada.notes.take([(record, Told(tags=()))])
    ada.alerts.set_budget(2.0)
    assert ada.device(record).name == "Porch"
    for statement in (
        "DELETE FROM companion.log",
        "UPDATE companion.log SET entry = ''",
        "DROP TABLE companion.runs",
    ):
        with pytest.raises(Exception, match=r"permission denied|must be owner"):
            with_roles.sql(statement, user="a_operator")
    with pytest.raises(RegistryRefused) as refused:
        ada.grants.admit("aa" * 32, "no-such-grant", None)
    assert refused.value.facts == {"role": "owner"}


def test_a_reader_sees_everything_and_changes_nothing(laptop: Laptop, with_roles: Database) -> None:
    _, record = commission(laptop("Ada"), 1)
    assert record is not None
    reader = laptop("Visitor", user="a_reader")
    assert [each.serial for each in reader.devices()] == ["SN-0001"] and reader.log.head().size == 1
    assert reader.status.role is Role.READER
    refused: list[Callable[[], object]] = [
        lambda: reader.begin_run(ecosystem="rp1", radio="virtual"),
        lambda: reader.notes.take([(record, Told(name="Mine"))]),
        lambda: reader.notes.tag([record], add=["mine"]),
        lambda: reader.rename(record, name="Mine"),
    ]
    for each in refused:
        with pytest.raises(RegistryRefused) as caught:
            each()
        assert "operator" in caught.value.advice_text
    assert with_roles.sql("SELECT revision FROM companion.devices") == [(0,)]
    # Known to this laptop, also while nobody answers.
    with_roles.cluster.kill()
    reader.close()
    again = laptop("Visitor", user="a_reader")
    with pytest.raises(RegistryRefused):
        again.begin_run(ecosystem="rp1", radio="virtual")


def test_what_one_owner_makes_belongs_to_all_owners(postgres_cluster: Cluster, with_roles: Database) -> None:
    with_roles.sql("DROP SCHEMA companion CASCADE")
    for user in ("a_reader", "a_operator"):
        assert examine(with_roles.address(user)).tables is Tables.ABSENT
        with pytest.raises((RegistryRefused, RegistryAbsent)):
            roles.apply(with_roles.address(user))
    postgres_cluster.sql("CREATE USER another IN ROLE companion_owner")
    from companion.registry.database.connection import connect

    connect(with_roles.address("a_owner").for_driver).dispose()
    assert {
        owner
        for (owner,) in with_roles.sql(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'companion'"
        )
    } == {"companion_owner"}
    with_roles.sql("ALTER TABLE companion.runs ADD COLUMN later text", user="another")
    with_roles.sql("DROP SCHEMA companion CASCADE", user="another")
    postgres_cluster.sql("DROP USER another")


def test_what_is_found_is_said_before_anything_is_used(with_roles: Database) -> None:
    found = examine(with_roles.address("a_reader"))
    assert (found.user, found.database, found.role) == ("a_reader", with_roles.name, Role.READER)
    assert found.tables is Tables.CURRENT and found.protected is None and found.server[0].isdigit()
    with_roles.sql("UPDATE companion.alembic_version SET version_num = '9999'")
    assert examine(with_roles.address()).tables is Tables.NEWER
    with_roles.sql("UPDATE companion.alembic_version SET version_num = '0001'")
    assert examine(with_roles.address()).tables is Tables.OLDER


def test_a_registry_of_a_newer_version_is_refused_and_left_alone(laptop: Laptop, team: Database) -> None:
    team.sql("UPDATE companion.alembic_version SET version_num = '9999'")
    ada = laptop("Ada")
    with pytest.raises(WrittenByNewer):
        ada.devices()
    wait_until(lambda: isinstance(ada.status.problem, WrittenByNewer))
    assert team.sql("SELECT version_num FROM companion.alembic_version") == [("9999",)]


def test_servers_that_can_not_be_used_are_told_apart(team: Database) -> None:
    with pytest.raises(RegistryLoginRejected):
        examine(team.address("nobody_of_this_name"))
    elsewhere = parse(
        f"postgresql:///no_such_database?host={team.cluster.socket}&port={team.cluster.port}&user=owner"
    )
    assert elsewhere is not None
    with pytest.raises(RegistryLoginRejected):
        examine(elsewhere)
    closed = parse("postgresql://ada@127.0.0.1:9/records")
    assert closed is not None
    with pytest.raises(RegistryUnreachable):
        examine(closed)


def test_without_the_driver_the_package_is_named(team: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without, pytest.raises(RegistryDriverMissing) as missing:
        without.setitem(sys.modules, "psycopg", None)
        examine(team.address())
    assert "companion[team]" in missing.value.advice_text


def test_the_printed_sql_is_what_is_applied(team: Database) -> None:
    for statement in roles.printed(database=team.name).split(";\n"):
        team.sql(statement if not statement.startswith("--") else "SELECT 1")
    assert team.sql("SELECT has_table_privilege('companion_operator', 'companion.log', 'INSERT')") == [
        (True,)
    ]
    assert team.sql("SELECT has_table_privilege('companion_operator', 'companion.log', 'DELETE')") == [
        (False,)
    ]
    assert team.sql("SELECT has_table_privilege('companion_reader', 'companion.runs', 'INSERT')") == [
        (False,)
    ]


def test_what_others_could_read_on_the_way_is_said(
    team: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def found(parameters: str) -> tuple[bool | None, bool]:
        address = parse(f"postgresql://owner@127.0.0.1:{team.cluster.port}/{team.name}?{parameters}")
        assert address is not None
        told = examine(address)
        return told.protected, told.verified

    # Nothing leaves this computer.
    assert found("sslmode=disable") == (None, False)
    monkeypatch.setattr(Address, "is_local", False)
    assert found("sslmode=require") == (True, False)
    assert found(f"sslmode=verify-full&sslrootcert={team.cluster.certificate}") == (True, True)
    assert caplog.text == ""
    assert found("sslmode=disable") == (False, False)
    assert "not encrypted" in caplog.text
