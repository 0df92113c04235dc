"""Name and room are the owner's words: kept for every protocol, and changed without the device."""

from dataclasses import replace

import pytest

from companion.errors import RecordMissing
from companion.model import Credential, DeviceSettings
from companion.registry import DeviceRecord, Registry
from tests.registry.run_samples import commissioned, outcome

GIVEN = DeviceSettings("Reading lamp", "Bedroom")


def set_up(registry: Registry, settings: DeviceSettings | None, *labels: Credential) -> DeviceRecord:
    """A device that calls itself "Lamp" was set up, and its owner called it this."""
    run = registry.begin_run(ecosystem="improv", radio="os")
    done = commissioned(name="Lamp", key=None)
    done = replace(done, credentials=(*done.credentials, *labels))
    registry.finish_run(run, replace(outcome(run, done), settings=settings))
    (device,) = registry.devices()
    return device


def words(device: DeviceRecord) -> tuple[str, str, str]:
    return device.name, device.room, device.own_name


def test_what_the_owner_said_in_the_run_is_kept(registry: Registry) -> None:
    assert words(set_up(registry, GIVEN)) == ("Reading lamp", "Bedroom", "Lamp")


def test_a_device_that_nobody_named_is_called_what_it_calls_itself(registry: Registry) -> None:
    assert words(set_up(registry, None)) == ("Lamp", "", "Lamp")


def test_a_run_that_asked_for_no_name_leaves_it(registry: Registry) -> None:
    set_up(registry, GIVEN)
    assert words(set_up(registry, None)) == ("Reading lamp", "Bedroom", "Lamp")


def test_the_label_that_the_device_took_counts_most(registry: Registry) -> None:
    label = Credential("label", {"name": "Desk lamp", "room": "Study"})
    assert words(set_up(registry, GIVEN, label)) == ("Desk lamp", "Study", "Lamp")


def test_a_device_is_renamed_without_it_and_found_by_both_names(registry: Registry) -> None:
    set_up(registry, GIVEN)
    registry.rename("Reading lamp", name=" Desk lamp ")
    assert words(registry.device("Desk lamp")) == ("Desk lamp", "Bedroom", "Lamp")
    registry.rename("Lamp", room="Study")
    assert words(registry.device("Lamp")) == ("Desk lamp", "Study", "Lamp")
    registry.rename("Lamp", name="", room="")
    assert words(registry.device("Lamp")) == ("Lamp", "", "Lamp")
    with pytest.raises(RecordMissing):
        registry.rename("Desk lamp", name="x")
