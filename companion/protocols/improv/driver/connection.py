"""One link to an Improv device: what it says is heard as it comes, what is asked is awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.errors import CompanionError, OperationTimeout
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault, Result
from companion.protocols.improv.device_state import DeviceState, refusal

if TYPE_CHECKING:
    from companion.radio import Inbox, Link

ANSWER_SECONDS = 10.0
# A cut-off notification is followed by its rest, or by nothing: then the whole value is read.
PIECE_SECONDS = 0.5
_FOR_EVER = 86400.0


class Connection:
    """Subscribed before anything is written, so that no answer is missed. `stop` when done."""

    def __init__(self, link: Link) -> None:
        self.heard = DeviceState()
        self.capabilities = Capability(0)
        self._link = link
        self._stirred = asyncio.Event()
        self._failure: CompanionError | None = None
        self._listeners: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Subscribe, then read state and capabilities. Raises RadioError leaves, ProtocolViolation."""
        for uuid, note in (
            (codec.ERROR, self.heard.heard_fault),
            (codec.RESULT, self.heard.heard_result),
            (codec.STATE, self.heard.heard_state),
        ):
            inbox = await self._link.subscribe(uuid)
            self._listeners.append(asyncio.ensure_future(self._listen(inbox, note)))
        self.heard.heard_state(await self._link.read(codec.STATE))
        self.capabilities = codec.read_capabilities(await self._link.read(codec.CAPABILITIES))

    @property
    def is_up(self) -> bool:
        return self._link.is_up

    async def says_it_failed(self) -> bool:
        """What the device's error says by itself: the last network could not be joined."""
        self.heard.heard_fault(await self._link.read(codec.ERROR))
        return self.heard.fault is Fault.UNABLE_TO_CONNECT

    async def stop(self) -> None:
        """End listening. The link stays."""
        for listener in self._listeners:
            listener.cancel()
        await asyncio.gather(*self._listeners, return_exceptions=True)

    def can(self, capability: Capability) -> bool:
        return capability in self.capabilities

    async def send(self, body: bytes) -> None:
        """A command, in pieces that each fit one write. An earlier error is forgotten first."""
        self.heard.forget_fault()
        octets, size = codec.frame(body), self._link.max_write
        acknowledged = "write" in self._link.characteristics[codec.COMMAND].properties
        for at in range(0, len(octets), size):
            await self._link.write(codec.COMMAND, octets[at : at + size], response=acknowledged)

    async def ask(self, command: Command, data: bytes = b"", *, seconds: float = ANSWER_SECONDS) -> Result:
        """A command and its result. Raises what `refusal` makes of the device's error, OperationTimeout."""
        await self.send(codec.rpc(command, data))
        answers: list[Result] = []

        def answered() -> bool:
            if (result := self.heard.take(command)) is not None:
                answers.append(result)
            return bool(answers) or self.heard.fault is not Fault.NONE

        await self.wait(answered, seconds)
        if not answers:
            raise refusal(self.heard.fault)
        return answers[0]

    async def wait(self, met: Callable[[], bool], seconds: float) -> None:
        """Wait until `met` says so after something was heard.

        Raises OperationTimeout after `seconds`, LinkLostError, and ProtocolViolation for nonsense.
        """
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    if self._failure is not None:
                        raise self._failure
                    self._stirred.clear()
                    await self._next_word()
        except TimeoutError:
            raise OperationTimeout(f"the device said nothing for {seconds:g} s") from None

    async def _next_word(self) -> None:
        if not self.heard.cut_off:
            await self._stirred.wait()
            return
        try:
            await asyncio.wait_for(self._stirred.wait(), PIECE_SECONDS)
        except TimeoutError:
            self.heard.read_result(await self._link.read(codec.RESULT))

    async def _listen(self, inbox: Inbox, note: Callable[[bytes], None]) -> None:
        try:
            while True:
                note(await inbox.get(timeout=_FOR_EVER))
                self._stirred.set()
        except CompanionError as failure:
            self._failure = self._failure or failure
            self._stirred.set()
