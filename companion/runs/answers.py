"""Who answers a run's questions: what was decided in advance, or whoever follows its events."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from companion.errors import (
    Cancelled,
    CompanionError,
    DeviceNotFound,
    NetworkMissing,
    NotGenuine,
    RiskUnaccepted,
    SecretUnasked,
    SerialInUse,
    SeveralDevices,
    ThreadDatasetMissing,
)
from companion.model import DeviceSettings, FoundDevice, Text, WifiCredentials
from companion.protocols import installed
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    ReviewAttestation,
    SameSerial,
    SerialKnown,
    SetupSecret,
    TryAgain,
)
from companion.secret import Secret

_NOT_AMONG = Text(
    "No device in range has this name or address. `companion nearby` lists those that can be set up."
)
_SAME_NAME = Text("Their names are equal. Give the address of one in place of its name.")


class AnswerPolicy(Protocol):
    """Answers questions for a run."""

    async def answer(self, question: Question[Any]) -> Any:
        """The answer, of the question's own type. Raises the CompanionError that the run is to end with."""


@dataclass(frozen=True)
class Answers:
    """Answers given before the run starts. A question that they do not cover ends the run.

    wifi, name, room: for `ChooseNetwork`; refused Wi-Fi details are not sent again
    numbers_match:    confirm comparisons unseen; only for virtual devices, because it defeats them
    same_serial:      what to do if another device has the serial number
    device:           the name or address of the device that is meant, where there are several
    secret:           the one printed on a device whose setup code does not contain it
    """

    wifi: WifiCredentials | None = None
    name: str | None = None
    room: str = ""
    numbers_match: bool = False
    same_serial: SameSerial | None = None
    secret: SetupSecret | None = None
    device: str = ""

    async def answer(self, question: Question[Any]) -> Any:
        """Raises Cancelled, NetworkMissing, SerialInUse, SeveralDevices or SecretUnasked without one."""
        prepared = self.prepared_answer(question)
        if prepared is not None:
            return prepared
        if isinstance(question, ChooseDevice) and len(question.devices) == 1:
            return question.devices[0]
        if isinstance(question, TryAgain):
            return False  # nobody is there who could change anything
        raise _unanswered(question)

    def prepared_answer(self, question: Question[Any]) -> Any | None:
        """The answer that was given in advance; None if there is none, or if it was wrong.

        Raises DeviceNotFound and SeveralDevices where the device that is meant is none, or not one alone.
        """
        match question:
            case ChooseDevice(devices) if self.device:
                return _named(self.device, devices)
            case ConfirmDevice():
                return True
            case CompareNumbers():
                return True if self.numbers_match else None
            case SerialKnown():
                return self.same_serial
            case EnterSecret(problem=None, prompt=None):
                return self.secret
            case ChooseNetwork(needs_wifi=False, needs_thread=False):
                return DeviceSettings(self.device_name(question), self.room)
            case ChooseNetwork(
                needs_thread=True, problem=None, previous=DeviceSettings(thread=Secret() as given)
            ):
                # Of the order, or what a border router handed out because it was asked to.
                return DeviceSettings(self.device_name(question), self.room, thread=given)
            case ChooseNetwork(problem=None, needs_wifi=True) if self.wifi is not None:
                return DeviceSettings(self.device_name(question), self.room, self.wifi)
        return None

    def device_name(self, question: ChooseNetwork) -> str:
        """What the device will be called."""
        previous = question.previous
        return self.name or (previous.name if previous is not None else question.suggested_name)


def _named(wanted: str, devices: Iterable[FoundDevice]) -> FoundDevice:
    """By its address, which is no other one's, or by its name."""
    devices = tuple(devices)
    found = [each for each in devices if each.address.casefold() == wanted.casefold()]
    found = found or [each for each in devices if each.name == wanted]
    if len(found) == 1:
        return found[0]
    if not found:
        raise DeviceNotFound(missing=_NOT_AMONG)
    several = SeveralDevices(", ".join(f"{each.name} ({each.address})" for each in found))
    several.missing = _SAME_NAME
    raise several


class ByHand:
    """Leaves every question to the program that iterates over the run: see `RunHandle.answer`."""

    async def answer(self, question: Question[Any]) -> Any:
        """Waits for as long as the run does."""
        await asyncio.get_running_loop().create_future()


def _unanswered(question: Question[Any]) -> CompanionError:
    """The error of a run whose question nobody answers."""
    match question:
        case ChooseDevice(devices):
            return SeveralDevices(f"{len(devices)} devices")
        case ChooseNetwork(problem=problem, needs_thread=True):
            return ThreadDatasetMissing(str(problem or ""))
        case ChooseNetwork(problem=problem):
            return NetworkMissing(str(problem or ""))
        case SerialKnown(device=device):
            return SerialInUse(f"serial number {device.serial}")
        case AcceptRisk(finding=finding):
            return RiskUnaccepted(str(finding.claim))
        case ReviewAttestation():
            return NotGenuine("nobody is there who could accept the risk")
        case EnterSecret():
            return _secret_unasked(question)
    return Cancelled(type(question).__name__)


def _secret_unasked(question: EnterSecret) -> SecretUnasked:
    """With the option that would have given it, where its protocol has one."""
    if question.prompt is not None:
        return SecretUnasked("what the device shows is required, but there is no terminal to ask for it")
    error = SecretUnasked(
        "the secret on the device's label is required, but there is no terminal to ask for it"
    )
    protocol = installed().protocols.get(question.device.protocol)
    given_by = [option.flag for option in protocol.options if option.gives_secret] if protocol else []
    if given_by:
        error.missing = Text(
            "Give the secret on its label with `{option}`, or run the command in a terminal.",
            {"option": given_by[0]},
        )
    return error
