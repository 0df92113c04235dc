"""Carries dialogues over a GATT link: write a request with response, then read the same characteristic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from companion.errors import AttributeFailure, ServiceMissing
from companion.protocols.espressif.dialogues.exchange import Exchange, Request
from companion.protocols.espressif.endpoints import USER_DESCRIPTION, Directory, choose_service
from companion.protocols.espressif.security.session import SecuritySession

T = TypeVar("T")

# ATT errors that say "encrypt first": Windows, and firmware with link encryption.
NEEDS_PAIRING = (0x05, 0x08, 0x0C, 0x0F)


class GattLink(Protocol):
    """What is needed of `companion.radio.Link`."""

    @property
    def characteristics(self) -> Mapping[str, Any]: ...
    @property
    def is_up(self) -> bool: ...
    async def read(self, uuid: str, *, timeout: float = 10) -> bytes: ...
    async def read_descriptor(self, uuid: str, descriptor: str, *, timeout: float = 10) -> bytes: ...
    async def write(self, uuid: str, data: bytes, *, response: bool = True, timeout: float = 10) -> None: ...
    async def pair(self, *, timeout: float = 60) -> None: ...


class Carrier:
    """One link and what is known of its endpoints. `advertised`: service UUIDs of the advertisement.

    Raises ServiceMissing if the device has no provisioning service.
    """

    def __init__(self, link: GattLink, advertised: Iterable[str]) -> None:
        self._link = link
        of_service = {uuid: each.service_uuid for uuid, each in link.characteristics.items()}
        service = choose_service(of_service, advertised)
        if service is None:
            raise ServiceMissing("no provisioning service")
        self._directory = Directory(
            service,
            {
                uuid: USER_DESCRIPTION in each.descriptors
                for uuid, each in link.characteristics.items()
                if each.service_uuid == service
            },
        )

    @property
    def is_up(self) -> bool:
        return self._link.is_up

    async def has(self, endpoint: str) -> bool:
        """Whether the device has an endpoint."""
        return await self._locate(endpoint) is not None

    async def run(self, exchange: Exchange[T], session: SecuritySession | None = None) -> T:
        """Drive a dialogue to its end; sealed requests go through `session`.

        Raises what the dialogue raises, and RadioError leaves.
        """
        try:
            request = next(exchange)
            while True:
                request = exchange.send(await self._ask(request, session))
        except StopIteration as done:
            result: T = done.value
            return result

    async def _ask(self, request: Request, session: SecuritySession | None) -> bytes:
        if (uuid := await self._locate(request.endpoint)) is None:
            raise ServiceMissing(f"no endpoint {request.endpoint}")
        if not request.sealed:
            return await self._carry(uuid, request.body, request.seconds)
        if session is None:
            raise RuntimeError("a sealed request needs a session")
        return session.open(await self._carry(uuid, session.seal(request.body), request.seconds))

    async def _carry(self, uuid: str, body: bytes, seconds: float) -> bytes:
        try:
            await self._link.write(uuid, body, response=True, timeout=seconds)
        except AttributeFailure as failure:
            if failure.att_code not in NEEDS_PAIRING:
                raise
            await self._link.pair()
            await self._link.write(uuid, body, response=True, timeout=seconds)
        return await self._link.read(uuid, timeout=seconds)

    async def _locate(self, endpoint: str) -> str | None:
        while (uuid := self._directory.ask_next(endpoint)) is not None:
            try:
                description = await self._link.read_descriptor(uuid, USER_DESCRIPTION)
            except AttributeFailure:
                description = b""
            self._directory.learn(uuid, description)
        return self._directory.find(endpoint)
