"""No owner anywhere near: a station works under a grant, and a second one under a grant of the first."""

from __future__ import annotations

from tests.station.line import Line, owner_of, states


async def test_devices_of_a_station_and_of_its_own_delegate_belong_to_the_owner(line: Line) -> None:
    rights = ("--right", "onboard", "--right", "networks")
    first = await line.give("anna", "hall", *rights, "--depth", "1", "--site", "hall-2")
    second = await line.give("hall", "jig", *rights, "--under", first, "--devices", "2")
    devices = await line.power_on(3)
    codes = line.codes("hall.csv", devices[:1]), line.codes("jig.csv", devices[1:])

    told = await line.station("--csv", codes[0], app="hall")
    assert told[0]["owner"] and told[0]["grant"] == first and told[0]["site"] == "hall-2"
    assert states(told) == ["waiting", "running", "commissioned"]
    told = await line.station("--csv", codes[1], "--at-once", "2", "--radio", line.radio, app="jig")
    assert states(told).count("commissioned") == 2 and told[-1]["counts"]["commissioned"] == 2

    anna = line.owner_key("anna")
    assert [owner_of(device) for device in devices] == [anna] * 3
    home = [
        *await line.bring_home(first, "hall", "anna"),
        *await line.bring_home(second, "jig", "anna"),
    ]
    assert [(each["refused"], each["onboarded"], each["site"]) for each in home] == [
        (None, True, "hall-2")
    ] * 3
    (listed,) = await line.run("devices", app="anna")
    assert {each["serial"] for each in listed["devices"]} == {device.label.serial for device in devices}
    assert {each["state"] for each in listed["devices"]} == {"commissioned"}
