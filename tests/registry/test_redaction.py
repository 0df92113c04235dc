"""A report says what happened and not to whom."""

import json
from pathlib import Path

from companion.registry import open_registry, redacted
from companion.secret import Secret
from tests.registry.stories import commissioned, every_event, outcome

PERSONAL = ("Kitchen lamp", "SN-0001", "C0:00:00:00:00:01", "127.0.0.1:8883", "aa" * 32, "rp1-0001")


def test_a_run_leaves_the_house_without_names_serials_addresses_and_networks(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    for event in every_event(Secret("secret")):
        registry.append(run, event)
    registry.finish_run(run, outcome(run, commissioned()))
    whole, report = registry.run(run).as_json(), redacted(registry.run(run).as_json())
    registry.close()
    for value in PERSONAL:
        assert value in json.dumps(whole) and value not in json.dumps(report), value
    assert "c2lnbmVk" not in json.dumps(report)
    assert [each["kind"] for each in report["events"]] == [each["kind"] for each in whole["events"]]
    assert report["id"] == run
    assert report["outcome"]["steps"] == whole["outcome"]["steps"]
    assert report["outcome"]["link"] == whole["outcome"]["link"]


def test_the_same_value_has_one_stand_in_also_inside_sentences() -> None:
    report = redacted(
        {
            "ssid": "Home",
            "events": [{"ssid": "Home"}, {"ssid": "Home Office"}],
            "error": {"title": "The passphrase for Home Office is wrong"},
        }
    )
    assert report == {
        "ssid": "<network 1>",
        "events": [{"ssid": "<network 1>"}, {"ssid": "<network 2>"}],
        "error": {"title": "The passphrase for <network 2> is wrong"},
    }


def test_a_short_name_does_not_eat_other_words() -> None:
    assert redacted({"name": "a", "text": "at a glance"}) == {"name": "<name 1>", "text": "at a glance"}


def test_the_original_is_left_alone() -> None:
    document = {"name": "Lamp", "receipt": "abc", "list": [{"serial": "1"}]}
    redacted(document)
    assert document == {"name": "Lamp", "receipt": "abc", "list": [{"serial": "1"}]}


def test_a_device_can_not_be_recognised_even_by_a_run_that_failed() -> None:
    identified = {"kind": "identified", "facts": {"id": "fp-of-its-key", "model": "Lamp", "serial": None}}
    report = redacted({"id": "run-1", "device": None, "events": [identified]})
    assert report["id"] == "run-1" and report["events"][0]["facts"]["id"] == "<device 1>"
