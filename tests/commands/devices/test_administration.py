"""`companion devices status`, `share`, `controllers` and the like, against a device in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.administration import Controller
from companion.commands.devices.sharing_code import half_blocks
from companion.errors import DeviceUnreachable, FabricUnknown
from companion.label.symbol import symbol
from companion.plain_text import plain
from companion.registry import open_registry
from companion.runs import administration
from companion.scanner import codes_in_file
from tests.commands.conftest import Run
from tests.support.administered_device import CODE, DIGITS, HOME, US, FakePlug, installed_plug, record_plug

RADIO = ("--radio", "virtual")


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakePlug]:
    monkeypatch.setattr(administration, "POLL_SECONDS", 0.01)
    registry = open_registry(tmp_path / "data")
    record_plug(registry)
    registry.close()
    with installed_plug(monkeypatch) as made:
        yield made


def test_status_for_people_and_for_scripts(run: Run, plug: FakePlug) -> None:
    shown = run("devices", "status", "kitchen plug", *RADIO)
    assert shown.status == 0
    for words in ("1 d 2 h", "Wi-Fi Home -58 dBm channel 6", "2.1.0", "off"):
        assert words in shown.out
    document = run("devices", "status", "kitchen plug", *RADIO, "--json").document
    assert document["act"] == "status" and document["outcome"] == "done"
    assert document["status"]["network"]["medium"] == "wifi"


@pytest.mark.parametrize("word", ["Kitchen Plug", "id:{id}", "{id}", "{beginning}", "{serial}"])
def test_the_device_is_named_as_for_every_other_command(run: Run, plug: FakePlug, word: str) -> None:
    (known,) = run("devices", "list", *RADIO, "--json").document["devices"]
    named = word.format(id=known["id"], beginning=known["id"][:3], serial=known["serial"])
    assert run("devices", "status", named, *RADIO).status == 0


@pytest.mark.parametrize("action", ["controllers", "fabrics"])
def test_who_controls_it(run: Run, plug: FakePlug, action: str) -> None:
    shown = run("devices", action, "kitchen plug", *RADIO)
    assert "Apple Home" in shown.out and "this computer" in shown.out
    assert "2 of 5 apps" in shown.out


@pytest.mark.parametrize("name", ["\x1b[2J\u202eexe\nthis computer\u2028\x85", "Z" * 10_000])
def test_labels_and_names_of_others_steer_no_terminal(run: Run, plug: FakePlug, name: str) -> None:
    plug.controllers = [US, Controller("2", name, name)]
    shown = run("devices", "controllers", "kitchen plug", *RADIO)
    assert shown.status == 0 and plain(shown.out.replace("\n", "")) == shown.out.replace("\n", "")
    entries = run("devices", "controllers", "kitchen plug", *RADIO, "--json").document["controllers"]
    assert entries[1]["name"] == name, "programs get it as it is"
    removed = run("devices", "remove", "kitchen plug", *RADIO)
    assert plain(removed.out.replace("\n", "")) == removed.out.replace("\n", "")


def test_an_app_is_removed_by_its_name(run: Run, plug: FakePlug) -> None:
    ran = run("devices", "remove-controller", "kitchen plug", "Apple Home", *RADIO, "--json")
    assert [each["this_computer"] for each in ran.document["controllers"]] == [True]
    assert plug.controllers == [US]
    gone = run("devices", "remove-controller", "kitchen plug", "Apple Home", *RADIO, "--json")
    assert (gone.status, gone.document["error"]["code"]) == (6, "D-114")


def test_sharing_as_json_brings_the_code_at_once_and_stays_open(
    run: Run, plug: FakePlug, tmp_path: Path
) -> None:
    picture = tmp_path / "code.png"
    ran = run("devices", "share", "kitchen plug", *RADIO, "--minutes", "5", "--qr", str(picture), "--json")
    sharing = ran.document["sharing"]
    assert (sharing["code"], sharing["digits"], sharing["end"]) == (CODE, DIGITS, None)
    assert plug.sharing is not None and plug.seconds_asked == 300
    (read,) = codes_in_file(picture).usable()
    assert read.text.reveal_text() == CODE
    assert run("devices", "stop-sharing", "kitchen plug", *RADIO).status == 0
    assert plug.sharing is None


def test_sharing_waits_until_another_app_joined(
    run: Run, plug: FakePlug, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []

    def joins_the_second_time(self: FakePlug) -> None:
        asked.append(None)
        if len(asked) == 3:
            self.join()

    monkeypatch.setattr(FakePlug, "check", joins_the_second_time)
    lines = [
        json.loads(line)
        for line in run("devices", "share", "kitchen plug", *RADIO, "--json-lines").out.splitlines()
    ]
    told = {line["event"]: line for line in lines}
    assert told["sharing_opened"]["digits"] == DIGITS
    assert told["controller_joined"]["vendor"] == "Home Assistant"
    assert told["sharing_ended"]["end"] == "joined"
    assert "digits" not in told["run_finished"]["sharing"]


def test_a_file_that_cannot_be_written_is_said_after_the_run(
    run: Run, plug: FakePlug, tmp_path: Path
) -> None:
    missing = tmp_path / "nowhere" / "code.png"
    ran = run("devices", "share", "kitchen plug", *RADIO, "--no-wait", "--qr", str(missing))
    assert ran.status == 2 and "(S-124)" in ran.err
    assert DIGITS in ran.out


def test_changes_are_told_as_they_come(run: Run, plug: FakePlug) -> None:
    ran = run("devices", "follow", "kitchen plug", *RADIO)
    assert ran.status == 0
    said = [line.split(maxsplit=1)[1] for line in ran.out.splitlines() if line[2:3] == ":"]
    assert "switch:       off" in said and said[-1] == "switch:       on"
    assert len([line for line in said if line.startswith("firmware")]) == 1, "only what changed is told again"


@pytest.mark.parametrize(("value", "word"), [(("on",), "on"), ((), "on"), (("off",), "off")])
def test_it_is_switched(run: Run, plug: FakePlug, value: tuple[str, ...], word: str) -> None:
    ran = run("devices", "switch", "kitchen plug", *value, *RADIO)
    assert ran.status == 0
    assert f"It is {word}" in ran.out
    assert plug.status.is_on is (word == "on")


def test_a_name_is_told_to_the_device_on_request(run: Run, plug: FakePlug) -> None:
    run("devices", "rename", "kitchen plug", "--name", "Desk", *RADIO)
    assert plug.name == "Plug"
    assert (
        run("devices", "rename", "Desk", "--name", "Coffee", "--room", "Bar", "--on-device", *RADIO).status
        == 0
    )
    assert plug.name == "Coffee"
    shown = run("devices", "show", "Coffee", *RADIO, "--json").document
    assert (shown["name"], shown["room"]) == ("Coffee", "Bar")


def test_after_a_removal_the_terminal_says_who_is_left(run: Run, plug: FakePlug) -> None:
    run("devices", "rename", "kitchen plug", "--name", "Desk", *RADIO)
    ran = run("devices", "remove", "Desk", *RADIO)
    assert "\nDesk (" in ran.out and "no longer controlled from here" in ran.out
    assert "Apple Home can still control it" in ran.out
    assert "removed" in run("devices", "list", *RADIO).out


def test_the_last_one_who_leaves_reads_that_its_code_works_again(run: Run, plug: FakePlug) -> None:
    plug.controllers = [US]
    assert "set up again with its code" in run("devices", "remove", "kitchen plug", *RADIO).out


def test_a_device_that_is_silent_is_removed_with_a_word_that_the_error_names(
    run: Run, plug: FakePlug
) -> None:
    plug.unreachable = DeviceUnreachable()
    ran = run("devices", "remove", "kitchen plug", *RADIO)
    assert ran.status == 6 and "`companion devices remove 'kitchen plug' --offline`" in ran.out


def test_a_device_that_is_gone_is_removed_offline(run: Run, plug: FakePlug) -> None:
    plug.unreachable = FabricUnknown()
    ran = run("devices", "remove", "kitchen plug", "--offline", *RADIO)
    assert ran.status == 0 and "reset it as its manual says" in ran.out
    assert plug.controllers == [US, HOME], "nobody told it"
    assert "removed" in run("devices", "list", *RADIO).out


def test_an_error_has_its_code_and_status(run: Run, plug: FakePlug) -> None:
    plug.unreachable = FabricUnknown()
    ran = run("devices", "status", "kitchen plug", *RADIO, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (5, "A-128")


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("remove-controller", "kitchen plug"),
        ("switch", "kitchen plug", "up"),
        ("share", "kitchen plug", "--minutes", "60"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_anything_is_opened(
    run: Run, plug: FakePlug, words: tuple[str, ...]
) -> None:
    try:
        status = run("devices", *words, *RADIO).status
    except SystemExit as refused:
        status = int(refused.code or 0)
    assert status == 2


def test_half_blocks_keep_every_module() -> None:
    modules = symbol(CODE, "L").modules
    lines = half_blocks(modules)
    assert {len(line) for line in lines} == {len(modules) + 4}
    dark = {" ": 0, "▀": 1, "▄": 1, "█": 2}
    assert sum(dark[each] for line in lines for each in line) == sum(map(sum, modules))
