"""A run's questions on a terminal: answered from the command line where it can, else asked.

Prompts go to `out`; with JSON that is standard error, so that standard output stays a document.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, TextIO

from companion import claims
from companion.claims import RunFacts
from companion.claims.tracker import follow
from companion.commands.arguments.options import wifi_from_file
from companion.commands.terminal.places import told_apart
from companion.commands.terminal.reader import LineReader
from companion.commands.terminal.streams import ask_hidden, write
from companion.commands.terminal.thread_choice import Terminal, choose_dataset
from companion.errors import Cancelled, CredentialsUnusable, NetworkUnsupported, StorageError
from companion.events import Event, Found, Identified, LinkLost
from companion.model import DeviceSettings, Network, WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.questions import (
    AcceptRisk,
    AskRouter,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    EnterSecret,
    Question,
    ReviewAttestation,
    SameSerial,
    SerialKnown,
    SetupSecret,
    TryAgain,
)
from companion.runs.answers import Answers
from companion.secret import Secret


class TerminalPrompts:
    """Answers a run's questions: from the command line where it can, else by asking.

    interactive: somebody is at the terminal; else only numbers and risks are asked about, for a script that
    pipes its answers
    """

    def __init__(self, out: TextIO, answers: Answers, *, interactive: bool = True) -> None:
        self._out = out
        self._answers = answers
        self._interactive = interactive
        self._facts = RunFacts()
        self._device = "the device"
        self._reader = LineReader(self._discard)
        self._asking: asyncio.Task[Any] | None = None

    def follow(self, event: Event) -> None:
        """Follow the run: a prompt says for which device its answer is and how it will be sent."""
        self._facts = follow(self._facts, event)
        if isinstance(event, Found | Identified):
            self._device = event.device.name
        elif isinstance(event, LinkLost) and self._asking is not None and self._reader.prompt:
            # What was told stands where the question was; what is typed for it still counts.
            write(self._out, self._reader.prompt, end="")

    async def answer(self, question: Question[Any]) -> Any:
        """The answer to a question. Raises Cancelled, and where nobody can be asked NetworkMissing,
        SerialInUse, SeveralDevices or SecretUnasked. A question that is put meanwhile ends this one.
        """
        if self._asking is not None:
            self._asking.cancel()
        self._asking = asyncio.current_task()
        try:
            return await self._answer(question)
        finally:
            if self._asking is asyncio.current_task():
                self._asking = None

    async def _answer(self, question: Question[Any]) -> Any:
        prepared = self._answers.prepared_answer(question)
        if prepared is not None:
            return prepared
        if isinstance(question, CompareNumbers):
            return await self._compare(question)
        if isinstance(question, AcceptRisk):
            return await self._accept_risk(question)
        if not self._interactive:
            return await self._answers.answer(question)
        if isinstance(question, ReviewAttestation):
            return await self._review(question)
        if isinstance(question, TryAgain):
            return await self.yes(f"{question.problem}. {question.advice} Try again?")
        if isinstance(question, ChooseDevice):
            return await self._choose_device(question)
        if isinstance(question, ChooseNetwork):
            return await self._choose_network(question)
        if isinstance(question, SerialKnown):
            return await self._serial(question)
        if isinstance(question, EnterSecret):
            return await self._enter_secret(question)
        raise Cancelled(type(question).__name__)

    async def _compare(self, question: CompareNumbers) -> bool:
        return await self.yes(f"The device shows a number. Is it {question.number}?")

    async def _accept_risk(self, question: AcceptRisk) -> bool:
        finding = question.finding
        try:
            return await self.yes(f"{finding.claim}. {finding.sentence} Continue?")
        except (Cancelled, OSError):
            if self._interactive:
                raise
            return False  # nobody is there who could say yes

    async def _review(self, question: ReviewAttestation) -> bool:
        return await self.yes(f"Attestation of {question.device.name} failed. Continue?")

    async def _serial(self, question: SerialKnown) -> SameSerial:
        known = ", ".join(f"{one.name} ({one.id})" for one in question.known)
        title = f"{known} has the serial number {question.device.serial} too. Is this device a replacement?"
        choices = ["Yes, revoke the other device's certificates", "No, keep both devices"]
        return tuple(SameSerial)[await self.pick(title, choices)]

    async def _enter_secret(self, question: EnterSecret) -> SetupSecret:
        if question.problem is not None:
            write(self._out, str(question.problem))
        username = None
        if question.needs_username:
            usual = question.suggested_username
            typed = await self._visible(f"User name on the device's label [{usual}]: ")
            username = typed or usual
        wanted = "Secret on the device's label" if question.prompt is None else str(question.prompt)
        secret = await self._hidden(f"{wanted}: ")
        return SetupSecret(Secret(secret), username)

    async def _choose_device(self, question: ChooseDevice) -> Any:
        labels = [told_apart(found) for found in question.devices]
        return question.devices[await self.pick("Which device?", labels)]

    async def _choose_network(self, question: ChooseNetwork) -> DeviceSettings | AskRouter:
        write(self._out, f"For {self._device}. {claims.reach(self._facts)}")
        if question.problem is not None:
            write(self._out, str(question.problem))
        name, room = self._answers.device_name(question), self._answers.room
        if not question.needs_thread:
            return DeviceSettings(name, room, await self._network(question))
        chosen = await choose_dataset(Terminal(self._out, self.pick, self._hidden), question)
        return chosen if isinstance(chosen, AskRouter) else DeviceSettings(name, room, thread=chosen)

    async def _network(self, question: ChooseNetwork) -> WifiCredentials:
        previous = question.previous.wifi if question.previous else None
        if previous is not None and not question.other_network and _can_be_corrected(previous):
            same = Network(previous.ssid, previous.security)
            wifi = await self._details(question, same, hidden=previous.hidden, may_leave=True)
            if wifi is not None:
                return wifi
        while True:
            network, hidden = await self._choose(question)
            if question.joinable is not None and network.security not in question.joinable:
                refused = NetworkUnsupported(ssid=network.name)
                write(self._out, f"{refused.title_text}. {refused.advice_text}")
            elif (wifi := await self._details(question, network, hidden=hidden)) is not None:
                return wifi

    async def _choose(self, question: ChooseNetwork) -> tuple[Network, bool]:
        """A network that the device sees, or one by its name; whether the device does not see it."""
        if question.networks:
            labels = [f"{seen.name} ({seen.security.value})" for seen in question.networks]
            place = await self.pick("Which network?", [*labels, "Another network, by its name"])
            if place < len(labels):
                return question.networks[place], False
        ssid = await self._name()
        seen = next((each for each in question.networks if each.ssid == ssid), None)
        return seen or Network(ssid, WifiSecurity.WPA2), seen is None and bool(question.networks)

    async def _details(
        self, question: ChooseNetwork, network: Network, *, hidden: bool, may_leave: bool = False
    ) -> WifiCredentials | None:
        """The network with what it needs; None if the user wants another one."""
        if network.security is WifiSecurity.OPEN and not may_leave:
            return WifiCredentials(network.ssid, None, WifiSecurity.OPEN)
        if network.security is WifiSecurity.OPEN:
            again = await self.yes(f"{network.name} has no password. Try it again?")
            return WifiCredentials(network.ssid, None, WifiSecurity.OPEN, hidden=hidden) if again else None
        known = next((each for each in question.remembered if each.ssid == network.ssid), None)
        if known is not None and question.problem is None:
            what = "login" if known.login is not None else "password"
            sentence = f"Companion knows the {what} for {network.name}. Send it?"
            if await self.yes(sentence):
                return known
        if network.security is WifiSecurity.ENTERPRISE:
            return await self._company_network()
        return await self._passphrase(network, hidden=hidden, may_leave=may_leave)

    async def _company_network(self) -> WifiCredentials | None:
        """The network in a file, asked for until there is one in it; None if another is wanted."""
        while True:
            typed = await self._visible("Its file, from `companion network make` (empty: another network): ")
            if not typed:
                return None
            try:
                return wifi_from_file(Path(typed))
            except (StorageError, CredentialsUnusable) as error:
                write(self._out, f"{error.title_text}. {error.advice_text}")

    async def _name(self) -> bytes:
        """A network's name, asked for until it can be one."""
        while True:
            ssid = (await self._visible("Wi-Fi network: ")).encode()
            if len(ssid) in wifi_rules.SSID:
                return ssid
            self._say_invalid()

    async def _passphrase(self, network: Network, *, hidden: bool, may_leave: bool) -> WifiCredentials | None:
        """The network with its passphrase, asked for until it can be one; None if another is wanted."""
        leave = " (empty: another network)" if may_leave else ""
        while True:
            typed = await self._hidden(f"Password for {network.name}{leave}: ")
            if not typed and may_leave:
                return None
            wifi = WifiCredentials(
                network.ssid, Secret(typed) if typed else None, network.security, hidden=hidden
            )
            if wifi_rules.flaw(wifi) is None:
                return wifi
            self._say_invalid()

    def _say_invalid(self) -> None:
        write(self._out, f"{CredentialsUnusable.title}. {CredentialsUnusable.advice}")

    async def pick(self, title: str, labels: list[str]) -> int:
        """The place of the label that was chosen, from 0. Raises Cancelled at the end of input."""
        while True:
            write(self._out, title)
            for number, label in enumerate(labels, 1):
                write(self._out, f"  {number}  {label}")
            typed = await self._visible("> ")
            if typed.isdecimal() and 1 <= int(typed) <= len(labels):
                return int(typed) - 1

    async def yes(self, sentence: str) -> bool:
        while True:
            typed = (await self._visible(f"{sentence} [yes/no] ")).lower()
            if typed in ("yes", "y"):
                return True
            if typed in ("no", "n"):
                return False

    def _prompt(self, text: str) -> str:
        write(self._out, text, end="")
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    async def _visible(self, text: str) -> str:
        return await self._reader.read(text, lambda: self._prompt(text))

    async def _hidden(self, text: str) -> str:
        return await self._reader.read(text, lambda: ask_hidden(self._out, text))

    def _discard(self) -> None:
        write(self._out, "")
        write(self._out, "That question is closed. Press Enter to continue.")


def _can_be_corrected(wifi: WifiCredentials) -> bool:
    """Another password may make it work; else another network has to be chosen."""
    return len(wifi.ssid) in wifi_rules.SSID and wifi.security is not WifiSecurity.ENTERPRISE
