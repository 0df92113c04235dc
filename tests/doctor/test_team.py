"""The server of a shared registry, as the doctor and the support bundle tell of it."""

from __future__ import annotations

import json
from pathlib import Path

from companion.doctor import Check, CheckState, team
from companion.registry import open_registry
from companion.registry.team import setting
from companion.registry.team.setting import Setting
from companion.reports.bundle import parts
from tests.registry.team.samples import commission
from tests.support.postgres import Database


def told(found: list[Check]) -> list[tuple[CheckState, str]]:
    return [(each.state, str(each.sentence)) for each in found]


def test_a_server_is_told_with_version_role_and_what_waits(team: Database, tmp_path: Path) -> None:
    from companion.doctor.team import examine

    assert examine(tmp_path) == [] and not list(tmp_path.iterdir()), "records are in the data folder"
    setting.keep(tmp_path, Setting(team.address()))
    ((state, sentence),) = told(examine(tmp_path))
    assert state is CheckState.GOOD and "PostgreSQL" in sentence and sentence.endswith("role: owner")
    assert [each.name for each in tmp_path.iterdir()] == ["registry.json"], "nothing is made"
    registry = open_registry(tmp_path, server=team.address(), operator="Ada")
    team.cluster.kill()
    try:
        commission(registry, 1)
        first, waiting = told(examine(tmp_path))
        assert first == (CheckState.LACKING, "The registry's server can't be used (S-152)")
        assert waiting == (CheckState.LACKING, "Runs that wait for the registry's server: 1")
        held = {part.name: part.text for part in parts(registry, examine(tmp_path))}
        server = json.loads(held["registry.json"])["server"]
        assert (server["waiting"], server["code"]) == (1, "S-152") and "runs.json" not in held
        assert "S-152" in held["doctor.json"] and not any(team.name in text for text in held.values())
    finally:
        team.cluster.start()
        registry.close()


def test_an_address_that_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / setting.FILE).write_text("{")
    (tmp_path / setting.FILE).chmod(0o600)
    ((state, sentence),) = told(team.examine(tmp_path))
    assert state is CheckState.LACKING and "S-150" in sentence
