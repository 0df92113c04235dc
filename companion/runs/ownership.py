"""What owners do with their devices: find one again by its identity key, and operate on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, MethodUnavailable
from companion.events import Event
from companion.model import (
    Advertisement,
    Commissioned,
    Finding,
    FoundDevice,
    Text,
)
from companion.outcome import Result
from companion.protocols import (
    Driver,
    Order,
    OwnedDevice,
    OwnershipDriver,
    OwnershipOperation,
    driver,
    installed,
)
from companion.runs.base import Run
from companion.runs.dialer import RadioDialer, look

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import DeviceRecord, Registry


class OwnershipRun(Run):
    """One run: finds an owned device and does an ownership operation, with the steps of every other run."""

    done = Result.DONE

    def __init__(
        self,
        operation: OwnershipOperation,
        device: OwnedDevice,
        *,
        protocol: str,
        radio: Radio,
        order: Order,
        identity: Identity,
        registry: Registry,
        endpoint: Endpoint | None,
        on_event: Callable[[Event], None],
        timeout: float = 30.0,
    ) -> None:
        super().__init__(
            medium=radio,
            code=None,
            order=order,
            identity=identity,
            registry=registry,
            endpoint=endpoint,
            on_event=on_event,
            timeout=timeout,
            protocol=protocol,
        )
        self._radio = radio
        self.act = operation.value
        self._operation = operation
        self._device = device

    def _findings(self, chosen: FoundDevice, protocol: Driver) -> tuple[Finding, ...]:
        """None: both sides prove their keys. What is found without a code is about strangers."""
        return ()

    async def _perform(self) -> Commissioned:
        await self._begin()
        protocol = ownership_driver(self._protocol or "")
        await self._radio.check()

        def recognise(advertisement: Advertisement) -> FoundDevice | None:
            found = protocol.recognise(advertisement, self._device)
            return replace(found, name=self._device.name) if found is not None else None

        self._reporter.progress(Text("Looking for {name}", {"name": self._device.name}))
        found = await look(self._radio, recognise, self._timeout)
        await self._confirm(found, protocol)
        dialer = RadioDialer(self._radio, protocol, None, found, self._reporter, recognise=recognise)
        return await protocol.operate(self._context(found, protocol, dialer), self._operation, self._device)


def ownership_driver(protocol: str) -> OwnershipDriver:
    """The driver of a protocol that knows owners. Raises MethodUnavailable for one that does not."""
    made = driver(protocol)
    if not isinstance(made, OwnershipDriver):
        raise MethodUnavailable(f"{protocol} devices have no owner who could act")
    return made


def own_device(record: DeviceRecord) -> OwnedDevice:
    """The device of a record. Raises MethodUnavailable where it never proved a key."""
    if record.identity_key is None:
        raise MethodUnavailable(f"{record.protocol} devices have no owner who could act")
    return OwnedDevice(record.name, record.identity_key, record.serial or "")


def offered(token: str) -> tuple[str, OwnedDevice]:
    """Protocol and device of a transfer token. Raises CodeMalformed."""
    for protocol, declaration in installed().protocols.items():
        device = ownership_driver(protocol).read_token(token) if declaration.operations else None
        if device is not None:
            return protocol, device
    raise CodeMalformed("not a transfer token", kind="transfer")
