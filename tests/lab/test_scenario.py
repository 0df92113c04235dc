"""Scenario files: what is read is what was written, and each mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileMissing, ScenarioInvalid
from companion.lab.examples import STARTER
from companion.lab.faults import AMOUNTS, LabFault, is_possible
from companion.lab.scenario import Button, LabDevice, Scenario, checked
from companion.lab.scenario_file import parse, read, written
from companion.lab.source import Source, is_possible_source
from companion.secret import Secret

NAMES = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=20)


@st.composite
def virtual_devices(draw: st.DrawFn) -> LabDevice:
    protocol = draw(st.sampled_from(("rp1", "espressif", "improv", "matter")))
    possible = [fault for fault in LabFault if is_possible(protocol, fault)]
    faults = {
        fault: draw(st.integers(AMOUNTS[fault].least, AMOUNTS[fault].most)) if fault in AMOUNTS else 1
        for fault in draw(st.sets(st.sampled_from(possible)))
    }
    return LabDevice(
        draw(NAMES),
        protocol,
        signal=draw(st.integers(-100, -30)),
        copies=draw(st.integers(1, 9)),
        faults=faults,
        native=draw(st.sampled_from(((), ("drop-at=7",), ("silent-connect", "slow=0.5")))),
        button=draw(st.sampled_from(Button)),
        method=draw(st.sampled_from(("", "nc", "oob"))),
        source=draw(st.sampled_from([each for each in Source if is_possible_source(protocol, each)])),
        is_on=draw(st.booleans()),
    )


@given(
    st.builds(
        Scenario,
        NAMES,
        st.lists(virtual_devices(), min_size=1, max_size=4).map(tuple),
        runs=st.integers(1, 10_000),
        at_a_time=st.integers(1, 32),
        stop_at_failure=st.booleans(),
        seed=st.integers(0, 2**63 - 1),
        timeout=st.integers(1, 600).map(float),
        accept_risks=st.booleans(),
    ).filter(lambda scenario: scenario.present)
)
def test_a_scenario_is_read_as_it_was_written(scenario: Scenario) -> None:
    assert parse(written(scenario).encode()) == scenario


def test_real_devices_have_a_code_and_nothing_wrong_with_them() -> None:
    device = LabDevice("Lamp", code=Secret('a "code" with \\ and \x7f'))
    scenario = Scenario("Line 2", (device,))
    assert parse(written(scenario).encode()) == scenario
    assert not scenario.is_virtual and STARTER.is_virtual
    assert "code" not in repr(parse(written(scenario).encode())).replace("code=<redacted>", "")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_else_is_refused_with_its_code(content: bytes) -> None:
    try:
        checked(parse(content))
    except ScenarioInvalid as wrong:
        assert wrong.detail and wrong.exit_status == 2


RP1 = '[[device]]\nname = "a"\nprotocol = "rp1"\n'


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name = ", "not TOML"),
        ('name = "x"', "no [[device]]"),
        (f'name = "a\\u202eb"\n{RP1}', "name: 1 to 64"),
        (f'name = "x"\nsede = 1\n{RP1}', "unknown entry “sede”"),
        (f'name = "x"\n[run]\nruns = 0\n{RP1}', "runs: 1 to 10000, not 0"),
        (f'name = "x"\n[run]\nruns = true\n{RP1}', "run: runs: a whole number"),
        (f'name = "x"\n[run]\nat-a-time = 33\n{RP1}', "at-a-time: 1 to 32"),
        (f'name = "x"\n[run]\ntimeout = inf\n{RP1}', "timeout: more than 0"),
        (f'name = "x"\n[run]\ntimeout = nan\n{RP1}', "timeout: more than 0"),
        ('name = "x"\n[[device]]\nname = "a"\nprotocol = "fax"', "device 1: protocol “fax”"),
        (f'name = "x"\n{RP1}code = "MT:"', "either a protocol or a code"),
        (f'name = "x"\n{RP1}button = "kick"', "button: one of match"),
        (f'name = "x"\n{RP1}from = "smell"', "from: one of label, light, sound, nfc"),
        (
            'name = "x"\n[[device]]\nname = "a"\nprotocol = "matter"\nfrom = "light"',
            "from “light” is not possible with matter; possible: label, nfc",
        ),
        ('name = "x"\n[[device]]\nname = "a"\ncode = "y"\nfrom = "nfc"', "need a virtual device"),
        (f'name = "x"\n{RP1}signal = 5', "signal: -100 to -30"),
        (f'name = "x"\n{RP1}copies = 1001', "copies: 1 to 1000"),
        (f'name = "x"\n{RP1}native-faults = ["crash-at-message=3"]', "can’t be used here"),
        (f'name = "x"\n{RP1}native-faults = ["a b"]', "can’t be used here"),
        (f'name = "x"\n{RP1}faults = {{rain = 1}}', "unknown fault “rain”; known: lossy"),
        (f'name = "x"\n{RP1}faults = {{lossy = true}}', "needs a whole number"),
        (f'name = "x"\n{RP1}faults = {{lossy = 91}}', "1 to 90, not 91"),
        (f'name = "x"\n{RP1}faults = {{busy = 2}}', "true or false"),
        (
            f'name = "x"\n{RP1}faults = {{expired-certificate = true}}',
            "not possible with rp1; possible: lossy",
        ),
        ('name = "x"\n[[device]]\nname = "a"\ncode = "y"\ncopies = 2', "need a virtual device"),
        ('name = "x"\n[run]\nruns = 2\n[[device]]\nname = "a"\ncode = "y"', "a real device is set up once"),
        (f'name = "x"\n{RP1}[[device]]\nname = "a"\ncode = "y"', "need a scenario each"),
        (f'name = "x"\n{RP1}on = false', "copies of all devices: 1 to 1000, not 0"),
        ('name = "x"\ndevice = 3', "device: a table"),
        ('name = "x"\ndevice = [3]', "device 1: not a table"),
    ],
)
def test_a_mistake_is_named(text: str, where: str) -> None:
    with pytest.raises(ScenarioInvalid) as wrong:
        parse(text.encode())
    assert where in wrong.value.detail


def test_what_is_wrong_with_toml_is_said_without_what_stands_there() -> None:
    with pytest.raises(ScenarioInvalid) as wrong:
        parse(b'name = "x"\ncode = MT:SECRET')
    assert "SECRET" not in wrong.value.detail and "line 2" in wrong.value.detail


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read(tmp_path / "none.toml")
    (tmp_path / "new.toml").write_text(written(STARTER))
    assert read(tmp_path / "new.toml") == STARTER
