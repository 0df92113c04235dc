"""A run of the field becomes a test that fails in the same way: `companion runs to-test`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from companion.api import commission
from companion.commands.runs.to_test import Played, from_capture
from companion.link_trace import Clear, read_traces
from companion.model import WifiCredentials
from companion.protocols import Order, installed
from companion.registry.privacy.safe_forms import Placeholders
from companion.registry.privacy.safe_forms import link as redacted_link
from companion.secret import Secret
from companion.services import Services
from companion.testing.bench import VirtualDevice
from companion.testing.btsnoop import read_btsnoop
from companion.testing.recorded_link import Only, play
from companion.virtual.access_points import HAFEN
from companion.virtual.devices import DeviceOptions
from companion.virtual.world import devices_of
from tests.commands.conftest import Run, run
from tests.commands.test_lab import SCENARIO
from tests.protocols.on_air import World

__all__ = ["run"]
SECONDS = 120

# With this seed the link goes again and again until the run gives up: what a bad antenna does.
BAD = """
name = "Bad antenna"
seed = 1
[[device]]
name = "Board"
protocol = "improv"
faults = {lossy = 90}
"""


def failed_run(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "bad.toml"
    file.write_text(BAD)
    document = run("lab", "run", str(file), "--json").document
    (bad,) = document["runs"]
    assert bad["outcome"] == "failed", document
    return str(bad["run"])


def played(file: Path) -> subprocess.CompletedProcess[str]:
    """The file in a pytest of its own, as a project has it."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    if "companion" not in entry_points(group="pytest11").names:  # a set-up of before there was a plugin
        words += ["-p", "companion.testing.plugin"]
    return subprocess.run(
        [*words, file.name], cwd=file.parent, capture_output=True, text=True, timeout=SECONDS, check=False
    )


@pytest.mark.parametrize("is_report", [False, True])
def test_a_failed_run_becomes_a_test_that_fails_alike(run: Run, tmp_path: Path, is_report: bool) -> None:
    wanted = failed_run(run, tmp_path)
    code = run("runs", "show", wanted, "--radio", "virtual", "--json").document["error"]
    source = wanted
    if is_report:
        source = str(tmp_path / "report.json")
        words = ("runs", "export", wanted, "--radio", "virtual", "--out", source)
        assert run(*words).status == 0
    made = tmp_path / "test_field.py"
    assert run("runs", "to-test", source, str(made), "--radio", "virtual").status == 0
    assert run("runs", "to-test", source, str(made), "--radio", "virtual").status == 2, "not overwritten"
    told = played(made)
    assert told.returncode == 1 and code in told.stdout, told.stdout + told.stderr


def test_a_good_run_becomes_a_test_that_passes(run: Run, tmp_path: Path) -> None:
    file, made = tmp_path / "line.toml", tmp_path / "test_good.py"
    file.write_text(SCENARIO)
    good = run("lab", "run", str(file), "--json").document["runs"][0]["run"]
    assert run("runs", "to-test", good, str(made), "--radio", "virtual").status == 0
    told = played(made)
    assert told.returncode == 0, told.stdout + told.stderr


async def test_a_device_says_in_clear_what_the_real_one_said(tmp_path: Path) -> None:
    """One that can't join says so; another one, which could, says the same when that is played to it."""
    good, wrong = HAFEN, replace(HAFEN, passphrase=Secret("not the passphrase"))
    capture = tmp_path / "field.btsnoop"
    failed, _ = await improv_run(tmp_path / "field", wrong, capture=capture)
    assert failed is not None
    links = read_btsnoop(capture, installed().protocols["improv"].clear(()).characteristics)
    assert links and any(link.said for link in links)
    assert "passphrase" not in repr(links) and b"not the passphrase" not in b"".join(
        said.value for link in links for said in link.said
    )
    assert read_traces([link.as_json() for link in links])[0].said == links[0].said
    told = [link.as_json() for link in links]
    assert (await improv_run(tmp_path / "test", good))[0] is None
    played_error, _ = await improv_run(tmp_path / "played", good, links=told)
    assert played_error == failed

    made = tmp_path / "test_clear.py"
    as_test = from_capture(capture, "improv", made, as_json=False, force=False)
    assert as_test == 0 and '"said": [' in made.read_text()
    compile(made.read_text(), str(made), "exec")
    assert "said" not in repr(redacted_link(told[0], Placeholders()))


async def test_without_keys_a_whole_link_is_played(tmp_path: Path) -> None:
    """ESP-IDF with security 0: a device that could join fails as the recorded one did, octet by octet."""
    wrong, capture = replace(HAFEN, passphrase=Secret("not the passphrase")), tmp_path / "field.btsnoop"
    kind = ("espressif", "security=0")
    failed, _ = await recorded_run(tmp_path / "field", wrong, capture=capture, kind=kind)
    assert failed is not None
    made = tmp_path / "test_clear.py"
    assert from_capture(capture, "espressif", made, as_json=False, force=False) == 0
    text = made.read_text()
    assert "virtual_device('espressif', 'security=0')" in text and "no recording has" not in text
    assert b"not the passphrase".hex() not in text
    links = re.search(r"^LINKS = (\[.*?^\])", text, re.DOTALL | re.MULTILINE)
    assert links is not None
    told = ast.literal_eval(links[1])
    uuids = {uuid[4:8] for link in told for uuid, *_ in link["said"]}
    assert uuids >= {"ff51", "ff52", "ff53"}, "session, configuration and version"
    played_error, _ = await recorded_run(tmp_path / "played", HAFEN, links=told, kind=kind)
    assert played_error == failed


def test_of_a_session_with_keys_only_what_precedes_them_is_played() -> None:
    clear = installed().protocols["espressif"].clear
    version, session = (f"1775{digits}-6b43-439b-877c-060f2d9bed07" for digits in ("ff53", "ff51"))
    for security in (1, 2):
        told = f'{{"prov": {{"ver": "v1.1", "sec_ver": {security}, "cap": ["wifi_scan"]}}}}'.encode()
        found = clear([(version, told), (session, b"\x10\x01")])
        assert found == Clear((version,), (f"security={security}",))
    old = b'{"prov": {"ver": "v1.1", "cap": ["no_sec"]}}'
    assert set(clear([(version, old), (session, b"\x10\x01")]).characteristics) == {version, session}
    assert clear([(session, b"\x10\x01")]) == Clear(), (
        "what says nothing of itself is not believed to be open"
    )
    assert "no recording has" in Played((), found).summary
    assert "not recorded" in Played(()).summary


async def improv_run(
    folder: Path, wifi: WifiCredentials, *, capture: Path | None = None, links: Sequence[object] = ()
) -> tuple[str | None, str]:
    """With a virtual Improv board."""
    return await recorded_run(folder, wifi, capture=capture, links=links, kind=("improv",))


async def recorded_run(
    folder: Path,
    wifi: WifiCredentials,
    *,
    capture: Path | None = None,
    links: Sequence[object] = (),
    kind: Sequence[str],
) -> tuple[str | None, str]:
    """The error's code, and the run's id, with a virtual device of its own. kind: its protocol and faults"""
    options = DeviceOptions(say=lambda text: None, faults=tuple(kind[1:]))
    device = devices_of(kind[0]).make(options)
    if links:
        play(VirtualDevice(device), links)
    world = World(device)
    async with Services(
        ["virtual"], data_dir=folder, make_world=lambda: world, with_endpoint=False
    ) as services:
        radio = await services.open_radio()
        services.open_identity()
        services.open_registry()
        recording = radio.capture(capture) if capture is not None else nullcontext()
        async with recording:
            answers = Only(wifi, address=device.address)
            outcome = await commission(
                services, None, order=Order(wifi=wifi, accept_risks=True), answers=answers
            )
    return outcome.error.code if outcome.error is not None else None, outcome.run


def test_a_run_without_a_link_makes_no_test(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "line.toml"
    file.write_text(SCENARIO)
    document = run("lab", "run", str(file), "--json").document
    forged = next(each["run"] for each in document["runs"] if each["device"] == "Forged")
    ran = run("runs", "to-test", forged, str(tmp_path / "x.py"), "--radio", "virtual")
    assert ran.status == 2 and "S-136" in ran.err and not (tmp_path / "x.py").exists()
    assert run("runs", "to-test", forged, "--radio", "virtual").status == 2


@pytest.mark.parametrize(
    "told",
    [
        None,
        3,
        [3],
        [{}],
        [{"operations": [3]}],
        [{"operations": [["eat", "", 0, 0, 0, "ok"]]}],
        [{"operations": [[]]}],
    ],
)
def test_what_is_no_record_of_links_is_refused(told: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_traces(told)
