"""What owners do with their devices: find one again by its identity key, and operate on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, DeviceRevoked, GrantRefused, OwnerlessDevice
from companion.events import Event, RevocationReason
from companion.model import (
    Advertisement,
    Commissioned,
    Finding,
    FoundDevice,
    Possession,
    Severity,
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
from companion.questions import AcceptRisk
from companion.runs.base import Run
from companion.runs.delegation import Delegation
from companion.runs.dialer import RadioDialer, search

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import DeviceRecord, Registry
    from companion.trust.grants.record import GrantRecord

_COMPROMISED = frozenset({RevocationReason.STOLEN, RevocationReason.KEY_COMPROMISE})
"""Somebody else may have the device or its key: a new certificate would let it in again."""

_CERTIFICATE_OPERATIONS = frozenset({OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION})

_GIVES_CREDENTIALS = _CERTIFICATE_OPERATIONS | {OwnershipOperation.ACCEPT}


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
        self.operation = operation.value
        self._operation = operation
        self._device = device

    @property
    def _hands_over(self) -> bool:
        return self._operation in _GIVES_CREDENTIALS

    def _findings(self, chosen: FoundDevice, protocol: Driver) -> tuple[Finding, ...]:
        """None: both sides prove their keys. What is found without a code is about strangers."""
        return ()

    async def _perform(self) -> Commissioned:
        await self._begin()
        await self._refuse_revoked()
        grants = self._held_grants()
        self._grant = grants[0] if grants else None
        self._order = self._with_place()
        protocol = ownership_driver(self._protocol or "")
        await self._radio.check()

        def recognise(advertisement: Advertisement) -> FoundDevice | None:
            found = protocol.recognise(advertisement, self._device)
            return replace(found, name=self._device.name) if found is not None else None

        self._reporter.progress(Text("Searching for {name}", {"name": self._device.name}))
        found = await search(self._radio, recognise, self._timeout)
        await self._confirm(found, protocol)
        dialer = RadioDialer(self._radio, protocol, None, found, self._reporter, recognise=recognise)
        *others, last = grants or (None,)
        for grant in others:
            self._grant = grant
            try:
                return await self._operate(protocol, found, dialer)
            except GrantRefused:
                # Nothing was asked of the device yet: it may know more about this grant than its holder.
                self._reporter.progress(Text("The device rejected one grant, trying another"))
                await dialer.rediscover()
        self._grant = last
        return await self._operate(protocol, found, dialer)

    async def _operate(
        self, protocol: OwnershipDriver, found: FoundDevice, dialer: RadioDialer
    ) -> Commissioned:
        context = self._context(found, protocol, dialer)
        return self._keep_revoked(await protocol.operate(context, self._operation, self._device))

    def _subject(self) -> str | None:
        record = self._device_record()
        return None if record is None else record.id

    def _device_record(self) -> DeviceRecord | None:
        key = self._device.identity_key
        return None if key is None else self._registry.device_of_key(key)

    def _with_place(self) -> Order:
        """The order, with the site where the device stands: its certificate and its label go on naming it. A
        label is written whole, so the record's name and room go along; also where nothing of it is new, for a
        device that was reset has lost it."""
        record, order = self._device_record(), self._order
        if record is None:
            return order
        order = replace(order, site=order.site or record.site)
        if self._operation is not OwnershipOperation.REPROVISION or order.name or order.room:
            return order
        return replace(order, name=record.name, room=record.room)

    def _held_grants(self) -> tuple[GrantRecord, ...]:
        """By which somebody else's device is handled, the first to be tried first; none: it is ours.

        Raises GrantMissing, OutsideGrant.
        """
        record = self._device_record()
        if record is None or record.owner_key is None or self._operation is OwnershipOperation.ACCEPT:
            return ()
        return Delegation(self._identity, self._registry).for_device(record, self._operation)

    async def _refuse_revoked(self) -> None:
        """Nobody gets a revoked device back in by the way. Raises DeviceRevoked."""
        record = self._device_record()
        if (
            self._operation not in _CERTIFICATE_OPERATIONS
            or record is None
            or record.state != Possession.REVOKED
        ):
            return
        reasons = {each.reason for each in record.credentials if each.kind == "ldevid"}
        found = sorted(reason.value for reason in _COMPROMISED if reason in reasons)
        if not found or self._order.accept_risks:
            return
        finding = Finding(
            Text(
                "The certificates of {name} were revoked: {reason}", {"name": record.name, "reason": found[0]}
            ),
            Text("Someone else may have the device or its key. A new certificate gives it access again."),
            Severity.WARNING,
        )
        if not await self._reporter.ask(AcceptRisk(finding)):
            raise DeviceRevoked

    def _keep_revoked(self, done: Commissioned) -> Commissioned:
        """A device stays revoked until it has a certificate that is not, whatever else was done to it."""
        record = self._device_record()
        was_revoked = record is not None and record.state == Possession.REVOKED
        certified = any(each.kind == "ldevid" for each in done.credentials)
        if done.possession is Possession.COMMISSIONED and was_revoked and not certified:
            return replace(done, possession=Possession.REVOKED)
        return done


def ownership_driver(protocol: str) -> OwnershipDriver:
    """The driver of a protocol that knows owners. Raises OwnerlessDevice for one that does not."""
    made = driver(protocol)
    if not isinstance(made, OwnershipDriver):
        raise _ownerless(protocol)
    return made


def _ownerless(protocol: str) -> OwnerlessDevice:
    error = OwnerlessDevice(f"{protocol} devices have no owner who could act")
    declared = installed().protocols.get(protocol)
    if declared is not None and declared.meshes:
        error.missing = Text(
            "It is a node of a mesh network. `companion mesh reset` releases it, `companion mesh` lists all."
        )
    return error


def owned_device(record: DeviceRecord) -> OwnedDevice:
    """The device of a record. Raises OwnerlessDevice where it never proved a key."""
    if record.identity_key is None:
        raise _ownerless(record.protocol)
    return OwnedDevice(record.name, record.identity_key, record.serial or "")


def read_token(token: str) -> tuple[str, OwnedDevice]:
    """Protocol and device of a transfer token. Raises CodeMalformed."""
    for protocol, declaration in installed().protocols.items():
        device = ownership_driver(protocol).read_token(token) if declaration.operations else None
        if device is not None:
            return protocol, device
    raise CodeMalformed("not a transfer token", kind="transfer")
