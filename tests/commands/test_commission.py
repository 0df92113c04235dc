"""`commission`, `demo`, `nearby`, `devices` and `runs` on the virtual radio: outputs and exit statuses."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from companion.errors import FileUnwritable
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.commands.conftest import Run

CODE = rp1_factory.label(rp1_factory.sample())
VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def wifi(tmp_path: Path) -> str:
    assert HAFEN.passphrase is not None
    path = tmp_path / "wifi.json"
    path.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    return str(path)


def test_a_label_that_cannot_be_saved_ends_the_demo_before_it_begins(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--json", "--save-label", str(tmp_path / "nowhere" / "label.png"))
    assert ran.status == 2
    assert ran.document["error"]["code"] == FileUnwritable.code


def test_the_demo_ends_in_a_proof_and_prints_one_document(run: Run) -> None:
    ran = run("demo", "--json")
    done = ran.document
    assert ran.status == 0
    assert done["outcome"] == "commissioned"
    assert done["handshake"] == {"messages": 4, "bytes": 436}
    assert done["proof"]["tls"] == "TLSv1.3"
    assert done["proof"]["peer_serial"] == done["device"]["serial"] == "HS-00482913"
    assert [step["name"] for step in done["steps"]] == [
        "find",
        "connect",
        "secure",
        "confirm",
        "hand_over",
        "check",
    ]
    carried = done["link"]
    spent = sum(carried[name] for name in ("reads", "writes", "write_commands", "notifications"))
    assert spent <= 37
    kinds = {credential["kind"] for credential in done["credentials"]}
    assert kinds == {"ldevid", "anchors", "wifi", "endpoint", "owner", "time", "label"}


def test_numeric_comparison_takes_301_octets(run: Run, wifi: str) -> None:
    ran = run(
        "commission",
        "--code",
        CODE,
        *VIRTUAL,
        "--wifi-file",
        wifi,
        "--method",
        "nc",
        "--confirm",
        "yes",
        "--json",
    )
    assert ran.status == 0
    assert ran.document["method"] == "nc"
    assert ran.document["handshake"] == {"messages": 4, "bytes": 301}


def test_a_commissioned_device_and_its_run_are_in_the_registry(run: Run, wifi: str) -> None:
    done = run(
        "commission", "--code", CODE, *VIRTUAL, "--wifi-file", wifi, "--name", "Hall", "--json"
    ).document
    (device,) = run("devices", "--json").document["devices"]
    assert (device["id"], device["name"], device["state"]) == (done["record"], "Hall", "commissioned")
    shown = run("devices", "show", "HS-00482913", "--json").document
    assert shown["receipts"][0]["signed"] == done["receipt"]
    assert shown["runs"] == [done["run"]]
    (listed,) = run("runs", "--json").document["runs"]
    assert (listed["id"], listed["state"]) == (done["run"], "commissioned")
    assert (
        "Hand over" in run("runs", "show", done["run"][:6]).out
        or "hand_over" in run("runs", "show", "last").out
    )
    assert run("runs", "replay", done["run"], "--speed", "1000").out.count("\n") > 10


def test_an_exported_run_names_no_person_no_network_and_no_device(run: Run, wifi: str) -> None:
    run("commission", "--code", CODE, *VIRTUAL, "--wifi-file", wifi, "--name", "Annas Zimmer")
    exported = run("runs", "export", "last").out
    for private in ("Annas", "HS-00482913", HAFEN.name):
        assert private not in exported
    assert json.loads(exported)["state"] == "commissioned"


def test_events_come_one_a_line(run: Run, wifi: str) -> None:
    ran = run("commission", "--code", CODE, *VIRTUAL, "--wifi-file", wifi, "--json-lines")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert events[0]["event"] == "run_started"
    assert events[-1]["event"] == "run_finished"
    assert events[-1]["outcome"] == "commissioned"
    assert {"event": "step_started", "step": "secure"} in events


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({"ssid": "Hafen 12", "passphrase": "not this one"}, 6, "N-101"),
        ({"ssid": "Nirgendwo", "passphrase": "whatever it is"}, 6, "N-102"),
        ({"ssid": "Leuchtturm", "passphrase": "far from anywhere"}, 6, "N-103"),
        ({"ssid": "x" * 33, "passphrase": "too long a name"}, 6, "N-107"),
        ({"passphrase": "no name"}, 6, "N-107"),
    ],
)
def test_each_wrong_network_has_its_own_error(
    run: Run, tmp_path: Path, content: dict[str, str], status: int, code: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(content))
    ran = run("commission", "--code", CODE, *VIRTUAL, "--wifi-file", str(path), "--json")
    assert (ran.status, ran.document["error"]["code"]) == (status, code)
    assert content["passphrase"] not in ran.out + ran.err


def test_an_endpoint_that_is_down_is_named(run: Run, wifi: str) -> None:
    ran = run(
        "commission", "--code", CODE, *VIRTUAL, "--wifi-file", wifi, "--endpoint", "127.0.0.1:9", "--json"
    )
    assert (ran.status, ran.document["error"]["code"]) == (6, "N-105")
    assert "127.0.0.1:9" in ran.document["error"]["title"]


def test_without_a_network_and_without_anybody_to_ask_it_says_what_to_give(run: Run) -> None:
    ran = run("commission", "--code", CODE, *VIRTUAL, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (6, "N-109")


def test_a_computer_without_bluetooth_says_so(run: Run) -> None:
    ran = run("commission", "--code", CODE, "--radio", "os", "--json")
    assert ran.status == 4
    assert ran.document["error"]["code"] in ("R-110", "R-113")
    assert ran.document["steps"] == []


@pytest.mark.parametrize("code", ["hello", "X-HM://0023ISYWY8H2B", "RP1:ABC"])
def test_a_code_that_cannot_be_used_ends_before_any_radio_is_opened(run: Run, code: str) -> None:
    ran = run("commission", "--code", code, "--radio", "bumble:no-such-transport:1", "--json")
    assert ran.status == 3
    assert ran.document["outcome"] == "failed"


def test_a_radio_that_cannot_be_opened_is_named(run: Run) -> None:
    ran = run("commission", "--code", CODE, "--radio", "bumble:tcp-client:127.0.0.1:1", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (4, "R-121")


@pytest.mark.parametrize("radio", ["os", "bumble:tcp-client:127.0.0.1:1"])
def test_numbers_are_never_taken_as_equal_on_a_radio_that_is_not_said_to_be_virtual(
    run: Run, radio: str
) -> None:
    ran = run("commission", "--code", CODE, "--radio", radio, "--confirm", "yes")
    assert ran.status == 2
    assert "virtual" in ran.err


async def test_a_controller_behind_a_port_of_this_machine_gets_no_throwaway_key(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What listens on loopback may be a real controller; only `--virtual` makes its keys worthless."""
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a passphrase for this test")
    async with Air() as air:
        radio = ("--radio", f"bumble:tcp-client:127.0.0.1:{air.ports[0]}")
        words = ("commission", "--code", CODE, "--timeout", "0.1", "--json", *radio)
        real = await asyncio.to_thread(run, *words)
        assert (real.status, real.document["error"]["code"]) == (4, "R-101")
        assert (tmp_path / "data" / "vault.sealed").exists()
        assert not (tmp_path / "data" / "virtual.sealed").exists()
        virtual = await asyncio.to_thread(run, *words, "--virtual", "--confirm", "yes")
        assert (virtual.status, virtual.document["error"]["code"]) == (4, "R-101")
        assert (tmp_path / "data" / "virtual.sealed").exists()


def test_a_device_of_another_label_is_not_found(run: Run, wifi: str) -> None:
    other = rp1_factory.label(rp1_factory.make())
    ran = run("commission", "--code", other, *VIRTUAL, "--wifi-file", wifi, "--timeout", "0.5", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (4, "R-101")


def test_nearby_lists_the_virtual_world(run: Run) -> None:
    ran = run("nearby", *VIRTUAL, "--seconds", "1", "--json")
    assert "rp1" in {device["protocol"] for device in ran.document["devices"]}


@pytest.mark.parametrize("command", ["devices", "runs"])
def test_a_record_that_is_not_there_is_a_clear_error(run: Run, command: str) -> None:
    ran = run(command, "show", "nothing", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (8, "S-105")


def test_border_routers_are_listed_on_request(run: Run) -> None:
    listed = run("nearby", *VIRTUAL, "--seconds", "0.2", "--thread", "--json").document
    assert isinstance(listed["border_routers"], list)
    assert "border_routers" not in run("nearby", *VIRTUAL, "--seconds", "0.2", "--json").document


def test_a_dataset_that_nobody_hands_out_ends_the_run_before_it_began(run: Run) -> None:
    ran = run("commission", "--code", CODE, *VIRTUAL, "--thread-from", "127.0.0.1:9", "--json")
    assert "N-114" in ran.out + ran.err and ran.status == 6
