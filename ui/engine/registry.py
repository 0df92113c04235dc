"""Which registry is used, what is found at an address, how a team's server stands: commands and answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from companion.errors import CompanionError, StorageError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry.status import RegistryStatus
    from companion.registry.team.examination import Found
    from companion.registry.team.password import PasswordPlace
    from companion.secret import Secret
    from companion.services import Services

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class AskRegistry(Command):
    """Which registry is used, and how does it stand? `RegistryState`."""


@dataclass(frozen=True)
class CheckRegistry(Command):
    """Look at a server without using it: `RegistryChecked`. password: to try, None for what is kept"""

    address: str
    password: Secret | None = None


@dataclass(frozen=True)
class UseRegistry(Command):
    """Use this registry from now on ("": this computer's), under this name: `RegistryState`, or
    `RegistryChecked` with the error. password: to keep, None for what is kept already"""

    address: str
    operator: str
    password: Secret | None = None


@dataclass(frozen=True)
class ForgetPassword(Command):
    """Keep no password for the server in use: `RegistryState`."""


RegistryCommand = AskRegistry | CheckRegistry | UseRegistry | ForgetPassword


@dataclass(frozen=True)
class RegistryState(Event):
    """How it stands, and where its password is. It also comes by itself, when a server goes or comes and when
    runs wait: then without that."""

    status: RegistryStatus
    password: PasswordPlace | None = None


@dataclass(frozen=True)
class RegistryChecked(Event):
    """What was found at an address. error: nothing, or it is no address"""

    address: str
    found: Found | None = None
    error: CompanionError | None = None


@dataclass(frozen=True)
class EditRefused(Event):
    """What was written of a device (its id) was not kept: somebody else was faster."""

    device: str
    error: CompanionError


def check(command: CheckRegistry, *, virtual: bool) -> RegistryChecked:
    """Blocks for some seconds at most."""
    from companion.registry.database.postgresql import SCHEMA, VIRTUAL_SCHEMA
    from companion.registry.team.address import parse
    from companion.registry.team.examination import examine

    try:
        address = parse(command.address)
        if address is None:
            return RegistryChecked(command.address)
        found = examine(address, schema=VIRTUAL_SCHEMA if virtual else SCHEMA, password=command.password)
        return RegistryChecked(command.address, found)
    except CompanionError as error:
        return RegistryChecked(command.address, error=error)


def state(services: Services) -> RegistryState:
    """Blocks until a server answered or did not. Raises StorageError leaves of this computer."""
    registry = services.open_registry()
    try:
        assert registry.lists is not None
    except CompanionError as error:
        log.debug("the registry's server does not answer: %s", error.code)
    return RegistryState(registry.status, _password_place(registry.status))


def _password_place(status: RegistryStatus) -> PasswordPlace | None:
    from companion.registry.team.address import parse
    from companion.registry.team.password import place_of

    address = parse(status.place)
    return None if address is None else place_of(address)


def keep(command: UseRegistry, services: Services) -> None:
    """Write down what is used from the next opening on. Raises StorageError leaves."""
    from companion.registry.team import password, setting
    from companion.registry.team.address import parse

    address = parse(command.address)
    if address is not None and command.password is not None:
        password.keep(address, command.password)
    setting.keep(services.data_dir, setting.Setting(address, command.operator.strip()))


def forget_password(services: Services) -> None:
    """Keep none for the server in use. Raises StorageError leaves."""
    from companion.registry.team import password
    from companion.registry.team.address import parse

    address = parse(services.open_registry().status.place)
    if address is not None:
        password.keep(address, None)


class RegistryEngine:
    """Answers about the registry, and tells when a team's server goes or comes back.

    current: the services in use; open_anew: closes them, once what it is given was done
    """

    def __init__(
        self,
        emit: Callable[[object], None],
        current: Callable[[], Services],
        open_anew: Callable[[Callable[[Services], None]], Awaitable[None]],
    ) -> None:
        self._emit = emit
        self._current = current
        self._open_anew = open_anew
        self._task: asyncio.Task[None] | None = None
        self._told: RegistryStatus | None = None

    async def handle(self, command: RegistryCommand) -> None:
        """Emit what comes of it. Raises StorageError leaves of what is on this computer."""
        match command:
            case CheckRegistry():
                is_virtual = self._current().is_virtual
                self._emit(await asyncio.to_thread(check, command, virtual=is_virtual))
                return
            case UseRegistry():
                try:
                    await self._open_anew(lambda services: keep(command, services))
                except StorageError as error:
                    self._emit(RegistryChecked(command.address, error=error))
                    return
            case ForgetPassword():
                await self._open_anew(forget_password)
        self._emit(await asyncio.to_thread(state, self._current()))
        self.watch()

    def watch(self) -> None:
        """From now on."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._go_on())

    def stop(self) -> None:
        """Until it is to watch again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    async def _go_on(self) -> None:
        while True:
            # While it is opened anew, there is none.
            with suppress(RuntimeError):
                status = self._current().registry.status
                if status.is_shared and _essence(status) != _essence(self._told):
                    self._told = status
                    self._emit(RegistryState(status))
            await asyncio.sleep(LOOK_SECONDS)


def _essence(status: RegistryStatus | None) -> object:
    """What is worth telling: of an error which one it is, not how often it came."""
    if status is None:
        return None
    return replace(status, problem=None), type(status.problem)
