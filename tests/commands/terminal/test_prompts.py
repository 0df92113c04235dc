"""What a terminal is asked before anything leaves: which device, which network, and how it will travel."""

from __future__ import annotations

import asyncio
import io
import json
import queue
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.claims import Channel, SessionFacts
from companion.commands.terminal.prompts import TerminalPrompts
from companion.commands.terminal.step_printer import StepPrinter
from companion.errors import CredentialsUnusable, DeviceNotFound, NotGenuine, SecretUnasked, SeveralDevices
from companion.events import AttestationChecked, Connected, Found, Progress, Secured
from companion.model import (
    Advertisement,
    Check,
    DeviceIdentity,
    DeviceSettings,
    FoundDevice,
    Network,
    Ownership,
    Step,
    Text,
    Verdict,
    WifiCredentials,
    WifiSecurity,
)
from companion.networks.company import document
from companion.questions import ChooseDevice, ChooseNetwork, CompareNumbers, EnterSecret, ReviewAttestation
from companion.runs.answers import Answers
from companion.secret import Secret
from tests.networks.company.werk import network
from tests.support.until import until

KEY = "0f" * 32
LAMP = FoundDevice("improv", Advertisement("F0:00:00:00:00:01", "Desk lamp", -48), "Desk lamp")
PLUG = FoundDevice("rp1", Advertisement("F0:00:00:00:00:02", "Plug", -60), "Plug")
KEPT = WifiCredentials(b"Hafen 12", Secret("seven gulls at noon"))
SEEN = ChooseNetwork(
    networks=(Network(b"Hafen 12", WifiSecurity.WPA2, -50),), suggested_name="Desk lamp", remembered=(KEPT,)
)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """The lines that the user types; hidden ones come from there too."""
    lines = io.StringIO()
    monkeypatch.setattr("sys.stdin", lines)
    monkeypatch.setattr(
        "companion.commands.terminal.prompts.ask_hidden",
        lambda out, text: (out.write(text), lines.readline().strip())[1],
    )
    return lines


def says(typed: io.StringIO, *lines: str) -> None:
    typed.write("".join(f"{line}\n" for line in lines))
    typed.seek(0)


async def test_one_device_is_asked_about_too(typed: io.StringIO) -> None:
    terminal = io.StringIO()
    says(typed, "1")
    assert await TerminalPrompts(terminal, Answers()).answer(ChooseDevice((LAMP,))) == LAMP
    assert "Desk lamp" in terminal.getvalue()


CHAIN = Check("chain", Text("Vendor"), Text("It is another one in its PAI"), Verdict.FAILED)
GOOD = Check("nonce", Text("Nonce"), Text("It is ours"), Verdict.PASSED)
DOUBT = ReviewAttestation(DeviceIdentity("lamp", "Desk lamp"), (GOOD, CHAIN))


@pytest.mark.parametrize("agrees", [True, False])
async def test_what_failed_about_a_device_is_listed_before_its_user_says_yes(
    typed: io.StringIO, agrees: bool
) -> None:
    terminal = io.StringIO()
    says(typed, "yes" if agrees else "no")
    StepPrinter(terminal).show(AttestationChecked(DOUBT.checks))
    assert await TerminalPrompts(terminal, Answers()).answer(DOUBT) is agrees
    assert "Vendor: It is another one in its PAI" in terminal.getvalue()
    assert "Nonce" not in terminal.getvalue()


async def test_a_device_that_is_not_genuine_is_refused_where_nobody_can_be_asked() -> None:
    with pytest.raises(NotGenuine):
        await TerminalPrompts(io.StringIO(), Answers(), interactive=False).answer(DOUBT)


async def test_where_nobody_can_be_asked_the_nearest_of_several_is_not_taken() -> None:
    asker = TerminalPrompts(io.StringIO(), Answers(), interactive=False)
    with pytest.raises(SeveralDevices):
        await asker.answer(ChooseDevice((LAMP, PLUG)))
    assert await asker.answer(ChooseDevice((PLUG,))) == PLUG


async def test_a_device_is_chosen_in_advance_by_its_name_or_address() -> None:
    def asker(wanted: str) -> TerminalPrompts:
        return TerminalPrompts(io.StringIO(), Answers(device=wanted), interactive=False)

    twin = replace(LAMP, advertisement=replace(LAMP.advertisement, address="F0:00:00:00:00:03"))
    question = ChooseDevice((LAMP, PLUG, twin))
    assert await asker("Plug").answer(question) == PLUG
    assert await asker("f0:00:00:00:00:03").answer(question) == twin
    with pytest.raises(SeveralDevices) as several:
        await asker("Desk lamp").answer(question)
    assert "address" in several.value.advice_text
    with pytest.raises(DeviceNotFound):
        await asker("Lamp").answer(ChooseDevice((PLUG,)))


async def test_equal_names_are_told_apart_and_what_has_an_owner_is_said(typed: io.StringIO) -> None:
    terminal = io.StringIO()
    says(typed, "1")
    owned = replace(PLUG, name=LAMP.name, ownership=Ownership.OWNED)
    await TerminalPrompts(terminal, Answers()).answer(ChooseDevice((LAMP, owned)))
    told = terminal.getvalue()
    assert LAMP.address in told and f"{PLUG.address}, already set up" in told


@pytest.mark.parametrize(("protocol", "option"), [("mesh", "--static-oob"), ("tcat", "--pskd")])
async def test_a_secret_that_nobody_can_be_asked_for_names_the_option_that_gives_it(
    protocol: str, option: str
) -> None:
    with pytest.raises(SecretUnasked) as error:
        await Answers().answer(EnterSecret(replace(LAMP, protocol=protocol)))
    assert f"`{option}`" in error.value.advice_text


@pytest.mark.parametrize("agrees", [True, False])
async def test_a_passphrase_that_is_kept_is_sent_only_to_a_device_that_its_user_was_told_of(
    typed: io.StringIO, agrees: bool
) -> None:
    terminal = io.StringIO()
    asker = TerminalPrompts(terminal, Answers())
    for event in (
        Found(LAMP),
        Connected(247),
        Secured("improv", None, SessionFacts("improv", Channel.CLEAR)),
    ):
        asker.follow(event)
    says(typed, "1", *(("yes",) if agrees else ("no", "another one")))
    answer = await asker.answer(SEEN)
    assert isinstance(answer, DeviceSettings) and answer.wifi is not None
    assert answer.wifi.passphrase == (KEPT.passphrase if agrees else Secret("another one"))
    shown = terminal.getvalue()
    assert "For Desk lamp. This is sent unencrypted" in shown
    assert shown.index("unencrypted") < shown.index("Which network?"), "said before anything is chosen"


async def test_details_that_can_not_be_right_are_asked_for_again_at_once(typed: io.StringIO) -> None:
    terminal = io.StringIO()
    says(typed, "x" * 33, "Hafen 12", "short", KEY)
    settings = await TerminalPrompts(terminal, Answers()).answer(ChooseNetwork(suggested_name="Desk lamp"))
    assert settings.wifi == WifiCredentials(b"Hafen 12", Secret(KEY))
    assert terminal.getvalue().count(f"{CredentialsUnusable.title}. ") == 2


@pytest.mark.parametrize(
    "wifi",
    [
        WifiCredentials(b"", Secret("seven gulls at noon")),
        WifiCredentials(b"Office", Secret("seven gulls at noon"), WifiSecurity.ENTERPRISE),
    ],
    ids=["no name", "enterprise"],
)
async def test_where_no_password_helps_another_network_is_asked_for(
    typed: io.StringIO, wifi: WifiCredentials
) -> None:
    says(typed, "Hafen 12", "seven gulls at noon")
    previous = DeviceSettings("Desk lamp", wifi=wifi)
    question = ChooseNetwork(previous=previous, problem=Text(CredentialsUnusable.title))
    assert (await TerminalPrompts(io.StringIO(), Answers()).answer(question)).wifi == KEPT


WORKSHOP = Network(b"Workshop", WifiSecurity.WPA2, -60)
OFFICE = Network(b"Office", WifiSecurity.ENTERPRISE, -40)
BOTH = (SEEN.networks[0], WORKSHOP)
TRIED = DeviceSettings("Desk lamp", wifi=WifiCredentials(b"Hafen 12", Secret("eight gulls at noon")))


def again(problem: str = "Wrong password for Hafen 12", **options: Any) -> ChooseNetwork:
    return ChooseNetwork(BOTH, TRIED, Text(problem), **options)


@pytest.mark.parametrize(
    ("question", "lines", "wifi"),
    [
        (again(), ["seven gulls at noon"], KEPT),
        (
            again(),
            ["", "2", "correct horse"],
            WifiCredentials(b"Workshop", Secret("correct horse")),
        ),
        (
            again("not found", other_network=True),
            ["3", "Attic", "under the roof"],
            WifiCredentials(b"Attic", Secret("under the roof"), hidden=True),
        ),
        (
            again("not found", other_network=True),
            ["3", "Workshop", "correct horse"],
            WifiCredentials(b"Workshop", Secret("correct horse")),
        ),
    ],
    ids=[
        "another password",
        "another network instead",
        "a hidden one by its name",
        "a listed one by its name",
    ],
)
async def test_after_a_failure_another_password_or_network_can_be_chosen(
    typed: io.StringIO, question: ChooseNetwork, lines: list[str], wifi: WifiCredentials
) -> None:
    says(typed, *lines)
    assert (await TerminalPrompts(io.StringIO(), Answers()).answer(question)).wifi == wifi


async def test_an_enterprise_network_is_refused_before_its_password_is_asked_for(typed: io.StringIO) -> None:
    terminal = io.StringIO()
    says(typed, "1", "2", "correct horse")
    question = ChooseNetwork((OFFICE, WORKSHOP), joinable=frozenset(WifiSecurity) - {WifiSecurity.ENTERPRISE})
    assert (await TerminalPrompts(terminal, Answers()).answer(question)).wifi.name == "Workshop"
    assert "can't join Office" in terminal.getvalue()
    assert "Password for Office" not in terminal.getvalue()


async def test_a_company_network_comes_from_its_file(typed: io.StringIO, tmp_path: Path) -> None:
    """A wrong file is asked about again, and an empty answer leads back to the list."""
    terminal, file = io.StringIO(), tmp_path / "werk.json"
    file.write_text(json.dumps(document.as_json(network())))
    says(typed, "1", str(tmp_path / "nothing"), "", "1", str(file))
    question = ChooseNetwork((OFFICE, WORKSHOP))
    assert (await TerminalPrompts(terminal, Answers()).answer(question)).wifi == network()
    assert "Password for Office" not in terminal.getvalue()


class Slow:
    """A standard input on which each line comes when the test says so; counts who waits for one."""

    def __init__(self) -> None:
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.reads = 0

    def readline(self) -> str:
        self.reads += 1
        return self.lines.get(timeout=30)


async def test_a_question_that_is_put_again_after_a_lost_link_gets_the_line_that_is_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", slow := Slow())
    prompts = TerminalPrompts(io.StringIO(), Answers())
    before = asyncio.ensure_future(prompts.answer(ChooseDevice((LAMP, PLUG))))
    await until(lambda: slow.reads == 1)
    after = asyncio.ensure_future(prompts.answer(ChooseDevice((LAMP, PLUG))))
    await until(before.done)
    slow.lines.put("2\n")
    assert await after == PLUG
    assert before.cancelled() and slow.reads == 1


async def test_what_is_typed_for_a_question_of_before_does_not_answer_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr("sys.stdin", slow := Slow())
    prompts = TerminalPrompts(terminal, Answers())
    before = asyncio.ensure_future(prompts.answer(ChooseDevice((LAMP, PLUG))))
    await until(lambda: slow.reads == 1)
    after = asyncio.ensure_future(prompts.answer(CompareNumbers("482-913")))
    await until(lambda: "Press Enter" in terminal.getvalue())
    slow.lines.put("yes\n")
    await until(lambda: slow.reads == 2)
    assert not after.done()
    slow.lines.put("no\n")
    assert await after is False
    assert before.cancelled()


def test_a_question_stands_on_a_line_of_its_own() -> None:
    """What a step is doing is replaced, and not written on."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    printer = StepPrinter(terminal := Terminal())
    printer.show(Progress(Step.HAND_OVER, Text("The device is scanning for networks")))
    printer.show(again())
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_off_a_terminal_only_what_lasts_has_a_line() -> None:
    printer = StepPrinter(out := io.StringIO())
    printer.show(Progress(Step.SECURE, Text("Checking the device's certificates")))
    printer.show(Progress(Step.SECURE, Text("The device is busy"), lasts=True))
    assert out.getvalue() == "… The device is busy\n"
