"""Addresses: what is one, and that none holds a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors.registry import RegistryAddressInvalid, RegistryPasswordGiven
from companion.registry.team import setting
from companion.registry.team.address import Address, parse
from companion.registry.team.setting import Setting


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ada:hunter2@db.example/records",
        "postgresql://ada:@db.example/records",
        "postgresql://ada@db.example/records?password=hunter2",
        "postgresql://ada@db.example/records?sslmode=require&PASSWORD=hunter2",
        "postgresql://ada@db.example/records?sslpassword=hunter2",
        "mysql://ada:hunter2@db.example/records",
    ],
)
def test_an_address_with_a_password_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(RegistryPasswordGiven) as refused:
        parse(text)
    assert "hunter2" not in str(refused.value) and ".pgpass" in refused.value.advice_text


@pytest.mark.parametrize(
    "text",
    [
        "db.example",
        "mysql://db/x",
        "sqlite:///x.db",
        "postgresql:db",
        "postgresql://[::1/x",
        "postgresql://a b/c",
        "postgresql://db/x#y",
        "postgresql://db/x?novalue",
        "postgresql://db/" + "x" * 500,
        "postgresql://d\u202eb/x",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(RegistryAddressInvalid) as refused:
        parse(text)
    assert text not in str(refused.value)


def test_an_address_is_written_as_it_was_given() -> None:
    assert parse("") is None and parse(" local ") is None
    assert parse("postgres://ada@db/records") == Address("postgresql://ada@db/records")
    found = parse("postgresql+psycopg://db/records?sslmode=verify-full")
    assert found is not None and found.text == "postgresql://db/records?sslmode=verify-full"
    assert found.for_driver == "postgresql+psycopg://db/records?sslmode=verify-full"


@pytest.mark.parametrize(
    ("text", "is_local"),
    [
        ("postgresql:///records", True),
        ("postgresql:///records?host=/run/postgresql", True),
        ("postgresql://localhost/records", True),
        ("postgresql://127.0.0.1,10.0.0.9/records", False),
        ("postgresql://127.0.0.1/records", True),
        ("postgresql://[::1]:5433/records", True),
        ("postgresql://db.example/records", False),
        ("postgresql:///records?host=/run,db.example", False),
        ("postgresql:///?service=team", False),
    ],
)
def test_what_leaves_this_computer_is_known(text: str, is_local: bool) -> None:
    found = parse(text)
    assert found is not None and found.is_local is is_local


def test_a_database_is_the_same_for_whoever_asks() -> None:
    one, other = parse("postgresql://ada@db/records?sslmode=require"), parse("postgresql://grace@db/records")
    assert one is not None and other is not None and one.database == other.database == "db/records"


def test_what_is_said_at_the_start_counts_more_than_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert setting.chosen(tmp_path) == Setting()
    setting.keep(tmp_path, Setting(Address("postgresql://kept/x"), "Ada"))
    assert (tmp_path / setting.FILE).stat().st_mode & 0o777 == 0o600
    assert setting.chosen(tmp_path) == Setting(Address("postgresql://kept/x"), "Ada")
    monkeypatch.setenv("COMPANION_REGISTRY", "postgresql://variable/x")
    assert setting.chosen(tmp_path, operator="Grace") == Setting(Address("postgresql://variable/x"), "Grace")
    assert setting.chosen(tmp_path, "local") == Setting(None, "Ada")
    monkeypatch.setenv("COMPANION_REGISTRY", "postgresql://a:secret@variable/x")
    with pytest.raises(RegistryPasswordGiven):
        setting.chosen(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"registry": 3}', '{"registry": "x", "operator": ""}'])
def test_a_damaged_setting_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / setting.FILE).write_text(content)
    with pytest.raises(RegistryAddressInvalid):
        setting.read(tmp_path)
