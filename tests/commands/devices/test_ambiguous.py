"""A word that may mean several records is refused by every command that takes one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from companion.registry import open_registry
from tests.commands.conftest import Run
from tests.registry.run_samples import KEY, commissioned, outcome

ROOT = Path(__file__).parents[3]
VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def two(tmp_path: Path) -> None:
    """The user's "Front door", and a device that says that this is its serial."""
    registry = open_registry(tmp_path / "data")
    for done in (
        commissioned(id="aa01", name="Front door", serial="S-1"),
        commissioned(id="bb02", name="x\x1b[2J", serial="Front door", key=KEY[::-1]),
    ):
        run = registry.begin_run(ecosystem="rp1", radio="virtual")
        registry.finish_run(run, outcome(run, done))
    registry.close()


@pytest.mark.parametrize(
    "words",
    [
        ("show", "front DOOR"),
        ("rotate", "Front door"),
        ("reset", "Front door"),
        ("reprovision", "Front door"),
        ("query", "Front door"),
        ("revoke", "Front door"),
        ("transfer", "Front door", "--bearer", "--token", "token.txt"),
    ],
    ids=lambda words: words[0],
)
def test_no_operation_reaches_the_device_that_calls_itself_like_another(
    run: Run, two: None, words: tuple[str, ...]
) -> None:
    ran = run("devices", *words, *VIRTUAL)
    assert ran.status == 2
    assert "id:aa01 (Front door, S-1)" in ran.err
    assert "id:bb02 (x\ufffd[2J, Front door)" in ran.err
    assert "\x1b" not in ran.out + ran.err
    document = run("devices", *words, *VIRTUAL, "--json")
    assert (document.status, document.document["error"]["code"]) == (2, "S-113")


def test_the_id_always_means_one(run: Run, two: None) -> None:
    for word in ("aa01", "aa", "id:aa01", "S-1"):
        assert run("devices", "show", word, *VIRTUAL, "--json").document["id"] == "aa01"


@pytest.mark.parametrize("action", ["show", "export", "replay"])
def test_a_run_is_named_by_enough_of_its_id(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    ids = iter(["aaaa1", "aaaa2"])
    registry = open_registry(tmp_path / "data")
    with monkeypatch.context() as patched:
        patched.setattr("companion.registry.store.registry.secrets.token_hex", lambda octets: next(ids))
        for _ in range(2):
            registry.begin_run(ecosystem=None, radio="virtual")
    registry.close()
    ran = run("runs", action, "aaa", *VIRTUAL)
    assert ran.status == 2
    assert "id:aaaa1 (" in ran.err and "id:aaaa2 (" in ran.err
    assert run("runs", action, "aaaa1", *VIRTUAL).status == 0


def test_programs_name_a_device_by_its_id_alone() -> None:
    """A word is for people; an id as a word could be another device's serial."""
    for room in ("companion", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            if ROOT / "companion/commands" in path.parents:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("registry.device"):
                    assert ast.unparse(node.args[0]).startswith("by_id("), f"{path}:{node.lineno}"
