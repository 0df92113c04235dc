"""A report says what happened and not to whom: what is not listed does not leave."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import AlreadyYours, CompanionError, StorageError
from companion.registry import open_registry, redacted
from companion.registry.privacy.allowed_fields import stored_facts
from companion.registry.privacy.redaction import EVENTS
from companion.secret import Secret
from tests.registry.run_samples import commissioned, every_event, outcome

ROOT = Path(__file__).parents[3]
PERSONAL = (
    *("Kitchen lamp", "SN-0001", "C0:00:00:00:00:01", "127.0.0.1:8883", "aa" * 32, "bb" * 32),
    *("rp1-0001", "run.btsnoop", "Home", "77" * 8),
)


def recorded(folder: Path, error: CompanionError | None = None) -> dict[str, Any]:
    """A run with every event there is."""
    registry = open_registry(folder)
    run = registry.begin_run(ecosystem="rp1", radio="bumble:serial:/home/anna/hci")
    for event in every_event(Secret("secret")):
        registry.append(run, event)
    registry.finish_run(run, outcome(run, commissioned(), error=error))
    document = registry.run(run).as_json()
    registry.close()
    return document


def test_a_run_leaves_the_house_without_whatever_points_to_somebody(tmp_path: Path) -> None:
    whole = recorded(tmp_path)
    report = redacted(whole)
    for value in PERSONAL:
        assert value in json.dumps(whole) and value not in json.dumps(report), value
    assert "c2lnbmVk" not in json.dumps(report)
    assert report["id"] == whole["id"] and report["radio"] == "bumble"
    assert [each["kind"] for each in report["events"]] == [each["kind"] for each in whole["events"]]
    for same in ("steps", "link", "handshake", "outcome", "protocol"):
        assert report["outcome"][same] == whole["outcome"][same]
    found = next(each for each in report["events"] if each["kind"] == "step_finished")
    assert found["facts"]["summary"] == {"template": "Seen as {name}", "facts": {"name": "<name 2>"}}
    assert report["outcome"]["device"] == {
        "id": report["device"],
        "name": "<name 1>",
        "model": "<name 2> 3",
        "serial": "<serial 1>",
        "firmware": "1.2.3",
    }


def test_a_report_tells_fabrics_apart_without_their_names_and_ids() -> None:
    def given(id: str, name: str) -> dict[str, str]:
        return {"kind": "fabric", "fabric": id, "fabric_name": name, "not_after": "2036-01-01T00:00:00+00:00"}

    home, office = given("9D1C20F4A55E7B03", "Meyer, Hafenstr. 12"), given("41B7E8A60F2D93C5", "Office")
    told = redacted({"outcome": {"credentials": [home, office, home]}})["outcome"]["credentials"]
    assert [each["fabric"] for each in told] == ["<fabric 1>", "<fabric 2>", "<fabric 1>"]
    assert "fabric_name" not in told[0] and told[0]["not_after"] == home["not_after"]


def test_every_kind_of_event_that_is_kept_has_a_form() -> None:
    kinds = {stored_facts(event)[0] for event in every_event(Secret("secret"))}
    assert kinds == set(EVENTS)


def test_an_error_leaves_as_its_class_has_it(tmp_path: Path) -> None:
    error = recorded(tmp_path, AlreadyYours("/home/anna/run.btsnoop", device="rp1-0001"))
    told = redacted(error)["outcome"]["error"]
    assert "companion devices reset rp1-0001" in error["outcome"]["error"]["advice"]
    assert "companion devices reset <device>" in told["advice"]
    assert (told["code"], told["detail"], told["retryable"]) == ("A-113", None, AlreadyYours.retryable)


@pytest.mark.parametrize(("detail", "left"), [("PermissionError", "PermissionError"), ("Anna", None)])
def test_of_a_detail_only_the_name_of_an_exception_leaves(
    tmp_path: Path, detail: str, left: str | None
) -> None:
    report = redacted(recorded(tmp_path, StorageError(detail)))
    assert report["outcome"]["error"]["detail"] == left


MARK = "Marked Value"


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where a document has texts."""
    if isinstance(value, dict):
        return [place for key in value for place in _places(value[key], (*at, key))]
    if isinstance(value, list):
        return [place for key, inner in enumerate(value) for place in _places(inner, (*at, key))]
    return [at] if isinstance(value, str) else []


def _put(document: Any, place: tuple[Any, ...], change: Callable[[str], Any]) -> Any:
    copy = json.loads(json.dumps(document))
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = change(inner[place[-1]])
    return copy


def test_no_text_leaves_from_any_place_of_a_run(tmp_path: Path) -> None:
    """Wherever a record has a text, another text there does not leave. Templates are literals of ours."""
    whole = recorded(tmp_path, AlreadyYours(device="rp1-0001"))
    places = [place for place in _places(whole) if place[-1] not in ("template", "model", "firmware")]
    assert len(places) > 80
    for place in places:
        assert MARK not in json.dumps(redacted(_put(whole, place, lambda text: MARK))), place


def test_what_nobody_listed_is_left_out(tmp_path: Path) -> None:
    whole = recorded(tmp_path)
    unknown = {"number": 99, "at": whole["started"], "kind": MARK, "facts": {"name": MARK}}
    report = redacted({**whole, "more": MARK, "events": [*whole["events"], unknown]})
    assert MARK not in json.dumps(report)
    assert report["events"][-1] == {"number": 99, "at": whole["started"], "kind": "other", "facts": {}}
    for number, event in enumerate(whole["events"]):
        place = ("events", number, "facts")
        told = redacted(
            _put(whole, place, lambda facts: {**facts, "more": MARK, "text2": {"template": MARK}})
        )
        assert told["events"][number] == redacted(whole)["events"][number], event["kind"]


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_damaged_record_breaks_nothing(value: Any) -> None:
    damaged = {
        "id": value,
        "outcome": value,
        "steps": value,
        "radio": value,
        "events": [{"kind": "found", "facts": value}],
    }
    json.dumps(redacted(damaged))


def test_the_original_is_left_alone(tmp_path: Path) -> None:
    whole = recorded(tmp_path)
    before = json.dumps(whole)
    redacted(whole)
    assert json.dumps(whole) == before


def test_templates_of_sentences_are_literals() -> None:
    """They leave as they are, so nothing from outside may be part of one."""
    allowed = (
        "known.template",
        "self.advice",
        "self.title",
        "failure.title",
        "refused.title",
        "error.title",
        "wrong.title",
        "facts['template']",
    )
    # These choose among literals.
    chosen = (
        "matter/setup_code/recogniser.py",
        "espressif/setup_code.py",
        "ecosystems/wifi.py",
        "errors/delegation.py",
        "trust/grants/words.py",
    )
    for path in (ROOT / "companion").rglob("*.py"):
        source = ast.parse(path.read_text(encoding="utf-8"))
        if not takes_text(source):
            continue
        for node in ast.walk(source):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text" and node.args:
                template = node.args[0]
                is_literal = isinstance(template, ast.Constant) or path.as_posix().endswith(chosen)
                assert is_literal or ast.unparse(template) in allowed, f"{path}:{node.lineno}"


def takes_text(source: ast.Module) -> bool:
    """True if `Text` is the model's here: Matter's TLV has a shape of that name."""
    modules = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    return any(
        node.module == "companion.model" and "Text" in {a.name for a in node.names} for node in modules
    )
