"""Who answers a run's questions: what was decided in advance, or whoever follows its events."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from companion.errors import (
    Cancelled,
    CompanionError,
    MethodUnavailable,
    NetworkMissing,
    NotGenuine,
    RiskUnaccepted,
    SerialInUse,
    SeveralDevices,
    ThreadDatasetMissing,
)
from companion.model import DeviceSettings, Text, WifiCredentials
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
    secret:           the one printed on a device whose setup code does not contain it
    """

    wifi: WifiCredentials | None = None
    name: str | None = None
    room: str = ""
    numbers_match: bool = False
    same_serial: SameSerial | None = None
    secret: SetupSecret | None = None

    async def answer(self, question: Question[Any]) -> Any:
        """Raises Cancelled, NetworkMissing, SerialInUse, SeveralDevices or MethodUnavailable without one."""
        prepared = self.prepared_answer(question)
        if prepared is not None:
            return prepared
        if isinstance(question, ChooseDevice) and len(question.devices) == 1:
            return question.devices[0]
        if isinstance(question, TryAgain):
            return False  # nobody is there who could change anything
        raise _unanswered(question)

    def prepared_answer(self, question: Question[Any]) -> Any | None:
        """The answer that was given in advance; None if there is none, or if it was wrong."""
        match question:
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
        case EnterSecret(prompt=Text()):
            return MethodUnavailable(
                "what the device shows is required, but there is no terminal to ask for it"
            )
        case EnterSecret():
            return MethodUnavailable(
                "the secret on the device's label is required, but there is no terminal to ask for it"
            )
    return Cancelled(type(question).__name__)
