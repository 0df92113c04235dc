"""Bumble's GATT server, made as strict as firmware, with room for faults."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable
from typing import Any

from bumble import att
from bumble.core import UUID, BaseBumbleError
from bumble.gatt import Characteristic as BumbleCharacteristic
from bumble.gatt import CharacteristicValue, Descriptor
from bumble.gatt import Service as BumbleService
from bumble.gatt_server import Server

from companion.virtual.gatt import (
    AttError,
    Characteristic,
    DelayPlan,
    Fault,
    FaultPlan,
    Operation,
    OperationKind,
    Properties,
    Service,
    Speech,
)

log = logging.getLogger(__name__)

USER_DESCRIPTION = UUID.from_16_bits(0x2901)
NOTIFICATION_HEADER = 3  # octets of opcode and handle
BLOB_HEADER = 1  # octet of opcode
SHORTEST = 1e-6  # seconds between two operations

_KINDS = {
    att.Opcode.ATT_READ_REQUEST: (OperationKind.READ, Properties.READ),
    att.Opcode.ATT_WRITE_REQUEST: (OperationKind.WRITE, Properties.WRITE),
    att.Opcode.ATT_PREPARE_WRITE_REQUEST: (OperationKind.WRITE, Properties.WRITE),
    att.Opcode.ATT_WRITE_COMMAND: (OperationKind.WRITE_COMMAND, Properties.WRITE_WITHOUT_RESPONSE),
}
_NOT_PERMITTED = {
    OperationKind.READ: AttError.READ_NOT_PERMITTED,
    OperationKind.WRITE: AttError.WRITE_NOT_PERMITTED,
    OperationKind.WRITE_COMMAND: AttError.WRITE_NOT_PERMITTED,
}


class ConnectedCentral:
    """A `companion.virtual.gatt.Central` over Bumble's connection, with its count of operations."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.operations = 0
        self.busy_until = 0.0
        self.read_values: dict[int, bytes] = {}

    @property
    def address(self) -> str:
        return str(self._connection.peer_address).partition("/")[0]

    @property
    def mtu(self) -> int:
        return int(self._connection.att_mtu)


class DeviceServer(Server):  # type: ignore[misc]  # Bumble is not type-checked
    """A server that looks at each operation on a characteristic before it serves it.

    It refuses what the characteristic's properties do not offer, asks the fault plan, and answers the
    later parts of a long read from the value that the read began with, as firmware does.
    """

    def __init__(
        self,
        device: Any,
        *,
        mtu: int,
        plan: Callable[[], FaultPlan | None],
        delay: Callable[[], DelayPlan | None] = lambda: None,
        speech: Callable[[], Speech | None] = lambda: None,
    ) -> None:
        super().__init__(device)
        self.max_mtu = mtu
        self.centrals: dict[Any, ConnectedCentral] = {}
        self._plan = plan
        self._delay = delay
        self._speech = speech
        self._offered: dict[int, Characteristic] = {}
        self._handles: dict[str, int] = {}
        self._drops: set[asyncio.Task[None]] = set()

    def offer(self, service: Service, on_subscribed: Callable[[Any, str, bool], None]) -> None:
        """Add a service. `on_subscribed` gets connection, characteristic UUID and whether it is wanted."""
        made = [self._make(characteristic, on_subscribed) for characteristic in service.characteristics]
        self.add_service(BumbleService(service.uuid, made))
        for characteristic, attribute in zip(service.characteristics, made, strict=True):
            self._offered[attribute.handle] = characteristic
            self._handles[characteristic.uuid] = attribute.handle

    def notify(self, connection: Any, uuid: str, value: bytes) -> bool:
        """Notify one connection; False if it did not subscribe. Raises ValueError if it does not fit."""
        handle = self._handles[uuid]
        configuration = self.subscribers.get(connection, {}).get(handle, b"\0\0")
        if not configuration[0] & 0x01:
            return False
        speech = self._speech()
        said = value if speech is None else speech(uuid, False, value)
        if said is None:
            return False
        value = said
        if len(value) > connection.att_mtu - NOTIFICATION_HEADER:
            raise ValueError(f"{len(value)} octets don't fit in a notification at MTU {connection.att_mtu}")
        packet = att.ATT_Handle_Value_Notification(attribute_handle=handle, attribute_value=value)
        self.send_gatt_pdu(connection, bytes(packet))
        return True

    async def indicate(self, connection: Any, uuid: str, value: bytes) -> None:
        """Indicate to one connection, until the central confirms. What ends its link calls it off.

        Raises ConnectionError without a subscription or a confirmation, ValueError if it does not fit.
        """
        handle = self._handles[uuid]
        configuration = self.subscribers.get(connection, {}).get(handle, b"\0\0")
        if not configuration[0] & 0x02:
            raise ConnectionError("nobody asked for indications")
        if len(value) > connection.att_mtu - NOTIFICATION_HEADER:
            raise ValueError(f"{len(value)} octets don't fit in an indication at MTU {connection.att_mtu}")
        try:
            await self.indicate_subscriber(connection, self.get_attribute(handle), value)
        except TimeoutError as error:
            raise ConnectionError("the central confirms nothing") from error
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            # Python 3.11's wait_for loses a cancellation that comes together with what it waits for.
            raise asyncio.CancelledError

    # --- Bumble's names for what arrives -----------------------------------------------------------

    def on_gatt_pdu(self, bearer: Any, att_pdu: Any) -> None:
        central = self.centrals.get(bearer)
        characteristic = self._offered.get(getattr(att_pdu, "attribute_handle", 0))
        if central is None or characteristic is None or att_pdu.op_code not in _KINDS:
            super().on_gatt_pdu(bearer, att_pdu)
            return
        kind, needed = _KINDS[att_pdu.op_code]
        central.operations += 1
        plan, delay = self._plan(), self._delay()
        operation = Operation(central.operations, kind, characteristic.uuid)
        fault = plan(operation) if plan else None
        if fault is Fault.DROP_LINK:
            self._drop(bearer)
        elif fault is Fault.REFUSE:
            self._refuse(bearer, att_pdu, AttError.UNLIKELY)
        elif fault is None and not characteristic.properties & needed:
            self._refuse(bearer, att_pdu, _NOT_PERMITTED[kind])
        elif fault is None:
            self._serve_later(bearer, att_pdu, delay(operation) if delay else 0.0)

    def _serve_later(self, bearer: Any, att_pdu: Any, seconds: float) -> None:
        """Serve it when the device is done with what came before, and `seconds` have passed."""
        loop, central = asyncio.get_running_loop(), self.centrals[bearer]
        now = loop.time()
        # A loop keeps the order of different times only.
        after = central.busy_until + SHORTEST if central.busy_until > now else now
        due = max(now + seconds, after)
        if due <= now:
            super().on_gatt_pdu(bearer, att_pdu)
            return
        central.busy_until = due
        loop.call_at(due, self._serve_if_connected, bearer, att_pdu)

    def _serve_if_connected(self, bearer: Any, att_pdu: Any) -> None:
        if bearer in self.centrals:
            super().on_gatt_pdu(bearer, att_pdu)

    def on_att_read_blob_request(self, bearer: Any, request: Any) -> None:
        central = self.centrals.get(bearer)
        value = central.read_values.get(request.attribute_handle) if central else None
        if value is None:
            super().on_att_read_blob_request(bearer, request)
        elif request.value_offset > len(value):
            self._refuse(bearer, request, AttError.INVALID_OFFSET)
        else:
            part = value[request.value_offset :][: bearer.att_mtu - BLOB_HEADER]
            self.send_response(bearer, att.ATT_Read_Blob_Response(part_attribute_value=part))

    # --- inside --------------------------------------------------------------------------------------

    def _refuse(self, bearer: Any, request: Any, code: int) -> None:
        if request.op_code == att.Opcode.ATT_WRITE_COMMAND:
            return
        error = att.ATT_Error_Response(
            request_opcode_in_error=request.op_code,
            attribute_handle_in_error=request.attribute_handle,
            error_code=code,
        )
        self.send_response(bearer, error)

    def _drop(self, connection: Any) -> None:
        ending = asyncio.ensure_future(end(connection))
        self._drops.add(ending)
        ending.add_done_callback(self._drops.discard)

    def _make(self, characteristic: Characteristic, on_subscribed: Callable[[Any, str, bool], None]) -> Any:
        permissions = BumbleCharacteristic.READABLE | BumbleCharacteristic.WRITEABLE
        if characteristic.encrypted:
            permissions |= BumbleCharacteristic.READ_REQUIRES_ENCRYPTION
            permissions |= BumbleCharacteristic.WRITE_REQUIRES_ENCRYPTION
        descriptors = []
        if characteristic.description is not None:
            text = characteristic.description.encode()
            descriptors.append(Descriptor(USER_DESCRIPTION, BumbleCharacteristic.READABLE, text))
        made = BumbleCharacteristic(
            characteristic.uuid,
            BumbleCharacteristic.Properties(int(characteristic.properties)),
            permissions,
            CharacteristicValue(read=self._reader(characteristic), write=self._writer(characteristic)),
            descriptors,
        )
        made.on(
            "subscription",
            lambda connection, notify, indicate: on_subscribed(
                connection, characteristic.uuid, notify or indicate
            ),
        )
        return made

    def _reader(self, characteristic: Characteristic) -> Callable[[Any], Any]:
        async def read(connection: Any) -> bytes:
            central = self._central(connection)
            value = await _answer(characteristic.read, central) if characteristic.read else b""
            if not isinstance(value, bytes | bytearray):
                log.error("a virtual device read %s instead of bytes", type(value).__name__)
                raise att.ATT_Error(AttError.UNLIKELY)
            speech = self._speech()
            value = bytes(value if speech is None else speech(characteristic.uuid, True, bytes(value)) or b"")
            central.read_values[self._handles[characteristic.uuid]] = value
            return value

        return read

    def _writer(self, characteristic: Characteristic) -> Callable[[Any, bytes], Any]:
        async def write(connection: Any, value: bytes) -> None:
            if characteristic.write is not None:
                await _answer(characteristic.write, self._central(connection), bytes(value))

        return write

    def _central(self, connection: Any) -> ConnectedCentral:
        if central := self.centrals.get(connection):
            return central
        raise att.ATT_Error(AttError.UNLIKELY)


async def end(connection: Any) -> None:
    """End a connection; fine if it has ended already, or ends by the other side meanwhile."""
    try:
        await connection.disconnect()
    except BaseBumbleError as error:
        log.debug("disconnecting: %s", error)


async def _answer(callback: Callable[..., Any], *arguments: object) -> Any:
    """What the device's callback says; its failures become ATT errors, as firmware's would."""
    try:
        answer = callback(*arguments)
        return await answer if inspect.isawaitable(answer) else answer
    except AttError as error:
        raise att.ATT_Error(error.code) from error
    except Exception:
        log.exception("a virtual device failed inside an operation")
        raise att.ATT_Error(AttError.UNLIKELY) from None
