"""What an Improv device says is heard as it comes, what is asked is awaited, over a link and a cable."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable

from companion.errors import CompanionError, OperationTimeout, ProtocolViolation
from companion.model import Network
from companion.networks.survey import strongest_first
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault, Result
from companion.protocols.improv.device_state import DeviceState, refusal

ANSWER_SECONDS = 10.0


class Connection(ABC):
    """One device on one carrier, which feeds what it receives to `_hear` and its end to `_fail`.

    capabilities: what the device may be asked for
    """

    def __init__(self) -> None:
        self.device_state = DeviceState()
        self.capabilities = Capability(0)
        self._news = asyncio.Event()
        self._failure: CompanionError | None = None

    @property
    @abstractmethod
    def is_up(self) -> bool:
        """Whether the device can still be reached over this carrier."""

    @abstractmethod
    async def stop(self) -> None:
        """End listening. Never raises."""

    @abstractmethod
    async def _transmit(self, body: bytes) -> None:
        """Carry a command to the device. Raises RadioError leaves."""

    def can(self, capability: Capability) -> bool:
        return capability in self.capabilities

    async def send(self, body: bytes) -> None:
        """A command. What the device said to an earlier one is forgotten first."""
        self.device_state.begin_command()
        await self._transmit(body)

    async def ask(self, command: Command, data: bytes = b"", *, seconds: float = ANSWER_SECONDS) -> Result:
        """A command and its result. Raises what `refusal` makes of the device's error, OperationTimeout."""
        await self.send(codec.rpc(command, data))
        return await self._result(command, seconds)

    async def networks(self, seconds: float) -> tuple[Network, ...]:
        """What the device sees, strongest first. Raises DeviceError leaves, OperationTimeout."""
        return strongest_first(codec.read_networks(await self.ask(Command.SCAN, seconds=seconds)))

    async def wait(self, met: Callable[[], bool], seconds: float) -> None:
        """Wait until `met` says so after something was heard.

        Raises OperationTimeout after `seconds`, LinkLostError, and ProtocolViolation for nonsense.
        """
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    if self._failure is not None:
                        raise self._failure
                    self._news.clear()
                    await self._until_news()
        except TimeoutError:
            raise OperationTimeout(f"no answer from the device for {seconds:g} s") from None

    # --- for carriers -------------------------------------------------------------------------------

    async def _result(self, command: Command, seconds: float) -> Result:
        device_state = self.device_state
        await self.wait(lambda: device_state.has(command) or device_state.fault is not Fault.NONE, seconds)
        result = device_state.take(command)
        if result is None:
            raise refusal(device_state.fault)
        return result

    async def _until_news(self) -> None:
        await self._news.wait()

    def _hear(self, note: Callable[[bytes], None], value: bytes) -> None:
        """Something came. Nonsense ends the next wait."""
        try:
            note(value)
        except ProtocolViolation as failure:
            self._fail(failure)
        self._news.set()

    def _fail(self, failure: CompanionError) -> None:
        """Nothing more will come, or nothing that can be believed. The first reason counts."""
        self._failure = self._failure or failure
        self._news.set()
