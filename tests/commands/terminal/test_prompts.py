"""What a terminal is asked before anything leaves: which device, which network, and how it will travel."""

from __future__ import annotations

import io

import pytest

from companion.claims import Channel, SessionFacts
from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import CredentialsUnusable, NotGenuine, SeveralDevices
from companion.events import Connected, Found, Secured
from companion.model import (
    Advertisement,
    Check,
    DeviceIdentity,
    DeviceSettings,
    FoundDevice,
    Network,
    Text,
    Verdict,
    WifiCredentials,
    WifiSecurity,
)
from companion.questions import ChooseDevice, ChooseNetwork, ReviewAttestation
from companion.runs.answers import Answers
from companion.secret import Secret

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
