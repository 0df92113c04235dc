"""The contract for protocols whose devices are controlled over the network once they are commissioned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from companion.protocols.contract import Driver

if TYPE_CHECKING:
    from companion.administration import Controllers, DeviceStatus, Sharing
    from companion.identity import Identity
    from companion.lan import Lan
    from companion.model import Credential, DeviceIdentity
    from companion.protocols.contract import Memory, Reporter


@dataclass(frozen=True)
class AdministrationContext:
    """Everything that a driver gets to talk to one device.

    device: as the registry knows it; `device.id` is what the driver named it when it commissioned it
    credentials: what it was given, as far as it was not replaced
    lan:    on which to find it
    fabric: of several of ours that it is in, the one that this is about, by name or the beginning of its id;
            "": the usual one, or all where it is left
    """

    device: DeviceIdentity
    identity_key: bytes | None
    credentials: tuple[Credential, ...]
    lan: Lan
    memory: Memory
    identity: Identity
    reporter: Reporter
    fabric: str = ""


class Administration(Protocol):
    """A session with a device. Every method raises CompanionError; ActionUnsupported for what it can't do."""

    async def status(self) -> DeviceStatus:
        """How it is. What it does not answer is left out."""

    def follow(self) -> AsyncIterator[DeviceStatus]:
        """How it is, then each time that it says that this changed. Ends with the caller."""

    async def controllers(self) -> Controllers:
        """Who controls it, this computer among them."""

    async def remove_controller(self, key: str) -> None:
        """Take it away from another controller (`Controller.key`). Not ourselves: see `leave`."""

    async def share(self, seconds: int) -> Sharing:
        """Let one more app join, by a fresh code. One that is open already is closed first.

        Raises ControllersFull where there is no room for it.
        """

    async def stop_sharing(self) -> None:
        """Nobody can join any more. Nothing is done if nobody could."""

    async def rename(self, name: str) -> None:
        """Tell it what it is called, so that others see it too."""

    async def identify(self, seconds: int) -> None:
        """Let it blink or beep; 0 ends that."""

    async def switch(self, on: bool | None) -> bool:
        """Switch what it switches; None: the other way round. Returns whether it is on now."""

    async def renew(self) -> tuple[Credential, ...]:
        """Give it a new certificate, and see that it works. Returns what it has now."""

    async def leave(self) -> None:
        """It forgets this computer. The last call; `AdministrationDriver.forget` follows.

        Raises RemovalUnknown where the device did not say so.
        """


@runtime_checkable
class AdministrationDriver(Driver, Protocol):
    """A driver of a protocol whose devices are controlled over the network. Optional."""

    def administer(self, context: AdministrationContext) -> AbstractAsyncContextManager[Administration]:
        """Find it and open a session: the steps CONNECT and SECURE are begun by the driver.

        Raises the NetworkError of the missing link, AuthenticationError leaves where it is not ours any
        more. The session is closed at the end of the context, whatever ends it.
        """

    def forget(self, context: AdministrationContext) -> frozenset[str]:
        """Drop what is needed to talk to it, without telling the device. Returns the ids of those fabrics of
        ours that it is left in."""
