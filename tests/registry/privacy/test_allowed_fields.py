"""No secret gets into the registry, whatever an event brings."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion import events, questions
from companion.events import Event
from companion.registry import open_registry
from companion.registry.privacy.allowed_fields import stored_facts
from companion.secret import Secret
from tests.registry.run_samples import commissioned, every_event, outcome

SECRET = "correct-horse-battery-staple"


def concrete(family: type[Event]) -> set[type[Event]]:
    """Every event type of the engine, without the two that only group others."""
    inner = {each for child in family.__subclasses__() for each in concrete(child)}
    ours = family.__module__ in (events.__name__, questions.__name__)
    own = {family} - {Event, questions.Question} if ours else set()
    return own | inner


def test_the_stories_here_know_every_event() -> None:
    assert {type(each) for each in every_event(Secret(SECRET))} == concrete(Event)


@pytest.mark.parametrize("event", every_event(Secret(SECRET)), ids=lambda event: type(event).__name__)
def test_an_event_is_kept_by_name_as_json_without_its_secrets(event: Event) -> None:
    kind, facts = stored_facts(event)
    assert kind == kind.lower()
    text = json.dumps(facts)
    assert SECRET not in text
    assert "482" not in text


def test_no_secret_of_a_whole_run_is_in_any_file(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    for event in every_event(Secret(SECRET)):
        registry.append(run, event)
    registry.finish_run(run, outcome(run, commissioned()))
    kinds = [each.kind for each in registry.run(run).events]
    assert len(kinds) == len(set(kinds)) == len(concrete(Event))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"run_started" in path.read_bytes() for path in files)
    assert [path.name for path in files if SECRET.encode() in path.read_bytes()] == []
    registry.close()


def test_an_event_that_nobody_listed_is_kept_as_its_name_alone() -> None:
    @dataclass(frozen=True)
    class Unheard(Event):
        secret: Secret

    assert stored_facts(Unheard(Secret(SECRET))) == ("Unheard", {})


def test_a_fact_that_is_no_plain_value_is_hidden() -> None:
    leaky = next(each for each in every_event(Secret(SECRET)) if isinstance(each, events.CredentialDelivered))
    assert stored_facts(leaky)[1]["details"] == {"ssid": "Home", "passphrase": "<hidden>"}
