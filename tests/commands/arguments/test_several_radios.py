"""`--radio` more than once, COMPANION_RADIO with several: together where that makes sense, else refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from companion.cli import main
from companion.virtual.air import Air
from tests.commands.bench import Bench
from tests.commands.conftest import Run
from ui.__main__ import main as window


@pytest.fixture
async def empty() -> AsyncIterator[str]:
    """A radio on an air where nobody is."""
    async with Air() as air:
        yield f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}"


async def test_a_device_is_found_and_owned_over_whichever_radio_hears_it(bench: Bench, empty: str) -> None:
    assert bench.device is not None
    other = ("--radio", empty)
    near: list[dict[str, Any]] = []
    while not near:  # beside many busy processes two seconds may pass before the first advertisement
        near = (await bench.run("nearby", *other, "--seconds", "2"))["devices"]
    assert [each["protocol"] for each in near] == ["rp1"]
    wifi = ("--wifi-file", str(bench.wifi), "--name", "Lamp")
    await bench.run("commission", "--code", bench.device.setup_code, *wifi, *other)
    assert (await bench.run("devices", "rotate", "Lamp", *other))["outcome"] == "done"
    (listed,) = (await bench.run("devices", *other))["devices"]
    assert listed["name"] == "Lamp"


@pytest.mark.parametrize("command", ["nearby", "devices", "runs", "trust"])
def test_virtual_radios_and_others_have_separate_records(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_RADIO", "virtual, os")
    ran = run(command, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (4, "R-114")


def test_a_virtual_device_has_one_radio(capsys: pytest.CaptureFixture[str]) -> None:
    radio = "bumble:tcp-client:127.0.0.1:1"
    assert main(["virtual", "rp1", "--radio", radio, "--radio", radio]) == 2
    assert "once" in capsys.readouterr().err


def test_a_virtual_device_without_a_radio_hears_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["virtual", "rp1"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert "--radio [virtual+]bumble:TRANSPORT" in said and "companion virtual air" in said


def test_the_windows_own_adapter_is_never_virtual(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert window(["--radio", "os", "--virtual"]) == 4
    assert "not virtual" in capsys.readouterr().err


def test_the_window_has_one_radio(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        window(["--radio", "virtual", "--radio", "os"])
    assert refused.value.code == 2
    assert "use --radio only once" in capsys.readouterr().err
