"""Sessions on the virtual air: what is wrong with a device ends its runs, and nothing else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.claims.run_facts import Evidence
from companion.errors import ScenarioInvalid
from companion.lab.faults import AMOUNTS, LabFault, is_possible
from companion.lab.lab import Lab, LabDisplay, LabEvent, LabRunEnded, LabRunStarted
from companion.lab.results import Ending
from companion.lab.scenario import Button, LabDevice, Scenario, checked
from companion.lab.source import Source, read_shown, read_tag
from companion.protocols import installed, recognise
from companion.protocols.improv.codec import COMMAND
from companion.radio.capture import recording_of
from companion.secret import Secret
from companion.services import Services
from companion.testing.btsnoop import read_values

PROTOCOLS = tuple(name for name, each in installed().protocols.items() if each.virtual is not None)
# What a fault ends in; those that are not here end well, at once or after a retry.
ENDS_IN = {
    ("rp1", LabFault.WRONG_SECRET): "A-101",
    ("rp1", LabFault.WEAK_RANDOM): "C-104",
    ("rp1", LabFault.TAMPERED_INFO): "A-105",
    ("rp1", LabFault.WRONG_NUMBER): "A-103",
    ("rp1", LabFault.FULL_FLASH): "D-104",
    ("rp1", LabFault.BUSY): "D-103",
    ("espressif", LabFault.WRONG_SECRET): "A-101",
    ("matter", LabFault.WRONG_SECRET): "A-101",
    ("matter", LabFault.EXPIRED_CERTIFICATE): "A-130",
    ("matter", LabFault.FULL_FLASH): "D-104",
    ("mesh", LabFault.WRONG_SECRET): "A-175",
    ("mesh", LabFault.FULL_FLASH): "D-104",
}
# A Matter device that is busy is asked again for a minute.
SLOW = {("matter", LabFault.BUSY)}
AMOUNT = {LabFault.LOSSY: 5, LabFault.SLOW: 5, LabFault.DROP_LINK: 3}


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with Services(["virtual"], data_dir=tmp_path) as made:
        made.open_identity()
        made.open_registry()
        await made.open_endpoint()
        yield made


def cases() -> list[tuple[str, LabFault | None]]:
    return [
        (protocol, fault)
        for protocol in PROTOCOLS
        for fault in (None, *LabFault)
        if (fault is None or is_possible(protocol, fault)) and (protocol, fault) not in SLOW
    ]


async def test_every_fault_of_every_protocol_in_one_session(services: Services) -> None:
    """All at once, eight at a time: each device ends as its own fault wants it, and is in the registry."""
    wanted = cases()
    devices = tuple(
        LabDevice(
            f"{protocol} {fault}", protocol, faults={} if fault is None else {fault: AMOUNT.get(fault, 1)}
        )
        for protocol, fault in wanted
    )
    scenario = checked(Scenario("All faults", devices, runs=len(devices), at_a_time=8, seed=7))
    told = await Lab(services, scenario).run()
    assert [run.number for run in told.runs] == list(range(1, len(devices) + 1))
    found = {case: run.code for case, run in zip(wanted, told.runs, strict=True)}
    assert found == {case: ENDS_IN.get(case, "") for case in wanted}
    dropped = [
        run.ending for (_, fault), run in zip(wanted, told.runs, strict=True) if fault is LabFault.DROP_LINK
    ]
    assert dropped == [Ending.RETRIED] * len(PROTOCOLS)
    kept = [services.registry.run(f"id:{run.run}") for run in told.runs if run.run]
    assert len(kept) == len(devices)
    origins = [next(event.facts for event in run.events if event.kind == "in_lab") for run in kept]
    assert [origin["number"] for origin in origins] == [run.number for run in told.runs]
    assert {origin["scenario"] for origin in origins} == {"All faults"}


async def test_a_device_is_set_up_from_what_it_shows(services: Services) -> None:
    """Played, and heard as from a microphone: the run knows no label, and says that the secret was heard."""
    device = LabDevice("Lock", "rp1", source=Source.SOUND)
    told = await Lab(services, checked(Scenario("Heard", (device,)))).run()
    assert [run.code for run in told.runs] == [""]
    kept = services.registry.run(f"id:{told.runs[0].run}")
    sessions = [event.facts["session"] for event in kept.events if event.kind == "secured"]
    assert [session["evidence"] for session in sessions] == [[Evidence.HEARD_SECRET.value]]


def test_what_a_device_shows_is_read_as_from_a_camera_or_a_tag() -> None:
    secret = Secret(bytes(range(16, 32)))
    assert read_shown(Source.LIGHT, secret) == secret
    code = recognise("MT:Y.K9042C00KA0648G00")
    assert read_tag(code).text == code.text


async def test_what_a_seed_loses_it_loses_again(services: Services) -> None:
    device = LabDevice("Board", "improv", faults={LabFault.LOSSY: 30})

    async def endings(seed: int) -> list[tuple[Ending, str]]:
        told = await Lab(services, Scenario("Lossy", (device,), runs=6, at_a_time=3, seed=seed)).run()
        return [(run.ending, run.code) for run in told.runs]

    assert await endings(1) == await endings(1)


async def test_the_first_failure_stops_the_others(services: Services) -> None:
    devices = (LabDevice("Good", "improv"), LabDevice("Bad", "rp1", faults={LabFault.WEAK_RANDOM: 1}))
    scenario = Scenario("Stop", devices, runs=50, at_a_time=2, stop_at_failure=True)
    told = await Lab(services, scenario).run()
    assert told.count(Ending.FAILED) >= 1 and len(told.runs) < 10
    assert told.first_failure is not None and told.first_failure.device == "Bad"


async def test_whoever_watches_can_stop_or_end_it(services: Services) -> None:
    scenario = Scenario("Ended", (LabDevice("Sensor", "rp1", button=Button.HAND),), runs=9)
    seen: list[LabEvent] = []

    def tell(event: LabEvent) -> None:
        seen.append(event)
        if isinstance(event, LabDisplay) and event.number is not None:
            lab.cancel()

    lab = Lab(services, scenario, tell=tell)
    told = await lab.run()
    assert [run.ending for run in told.runs] == [Ending.STOPPED] and told.exit_status == 130
    assert isinstance(seen[0], LabRunStarted) and isinstance(seen[-1], LabRunEnded)


@pytest.mark.parametrize(("matches", "code"), [(True, ""), (False, "A-103")])
async def test_a_hand_presses_the_button(services: Services, matches: bool, code: str) -> None:
    def tell(event: LabEvent) -> None:
        if isinstance(event, LabDisplay) and event.number is not None:
            lab.press(event.place, matches)

    lab = Lab(services, Scenario("Hand", (LabDevice("Sensor", "rp1", button=Button.HAND),)), tell=tell)
    (run,) = (await lab.run()).runs
    assert run.code == code


async def test_many_compare_at_a_time(services: Services) -> None:
    """Each user action has three comparisons of its own, however many go on at once."""
    told = await Lab(
        services, Scenario("Numbers", (LabDevice("Sensor", "rp1", method="nc"),), runs=6, at_a_time=6)
    ).run()
    assert {run.ending for run in told.runs} == {Ending.GOOD}


async def test_devices_and_radio_fit_together(services: Services, tmp_path: Path) -> None:
    with pytest.raises(ScenarioInvalid, match="--radio os"):
        Lab(services, Scenario("Real", (LabDevice("Lamp", code=Secret("MT:Y.K9042C00KA0648G00")),)))
    with pytest.raises(ScenarioInvalid, match="--radio virtual"):
        Lab(Services(["os"], data_dir=tmp_path / "os"), Scenario("Virtual", (LabDevice("Lamp", "matter"),)))


async def test_a_word_of_the_protocol_that_it_does_not_know_is_named(services: Services) -> None:
    scenario = checked(Scenario("Odd", (LabDevice("Lamp", "matter", native=("sulks",)),)))
    with pytest.raises(ScenarioInvalid, match=r"available: .*busy"):
        await Lab(services, scenario).run()


def test_each_amount_has_a_usual_one_within_its_limits() -> None:
    assert all(amount.least <= amount.usual <= amount.most for amount in AMOUNTS.values())


async def test_a_session_that_is_cancelled_at_once_ends(services: Services) -> None:
    """The run that began has no device on the air yet, and nobody will press its button."""
    scenario = Scenario("Hand", (LabDevice("Sensor", "rp1", button=Button.HAND),), runs=5)
    lab = Lab(services, scenario, tell=lambda event: lab.cancel())
    (run,) = (await lab.run()).runs
    assert run.ending is Ending.STOPPED


async def test_runs_that_follow_one_another_are_recorded(services: Services) -> None:
    """Each in a file of its own, which its record names, with the octets of its own device alone."""
    board = LabDevice("Board", "improv")
    await Lab(services, Scenario("Two", (board,), runs=2), records=True).run()
    files = []
    for run in services.registry.runs():
        (named,) = [each for each in services.registry.run(run.id).events if each.kind == "captured"]
        file = recording_of(services.data_dir, str(named.facts["file"]))
        assert file is not None and any(value.uuid == COMMAND for value in read_values(file))
        files.append(file)
    assert len(set(files)) == 2
    await Lab(services, Scenario("At once", (board,), runs=2, at_a_time=2), records=True).run()
    assert len(list(files[0].parent.iterdir())) == 2, "of runs at a time nobody could tell whose they are"
