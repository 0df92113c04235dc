"""`companion devices rename`: no radio, no device, no key."""

from pathlib import Path

from companion.registry import open_registry
from tests.commands.conftest import Run
from tests.registry.run_samples import commissioned, outcome


def test_a_device_is_renamed_offline(run: Run, tmp_path: Path) -> None:
    registry = open_registry(tmp_path / "data")
    made = registry.begin_run(ecosystem="improv", radio="os")
    registry.finish_run(made, outcome(made, commissioned(name="Lamp")))
    registry.close()

    ran = run("devices", "rename", "Lamp", "--name", "Desk lamp", "--room", "Study", "--json")
    assert (ran.status, ran.document["name"], ran.document["room"]) == (0, "Desk lamp", "Study")
    assert ran.document["own_name"] == "Lamp"
    shown = run("devices", "show", "desk lamp")
    assert "Desk lamp" in shown.out and "Study" in shown.out
    assert run("devices", "rename", "Lamp").status == 2
