"""`companion devices renew-due`, and `rotate`, `query` and `reprovision` with `--each`: one device after the
other.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice

from companion.api import operate, renew
from companion.commands.arguments.options import passphrase_source, pin_source, place, radios
from companion.commands.arguments.services import offline_services
from companion.commands.devices.filters import query
from companion.commands.devices.kind import wrong_kind
from companion.commands.terminal import interrupts, streams
from companion.protocols import Order, OwnershipOperation
from companion.registry import DeviceRecord
from companion.registry.lookup import by_id
from companion.runs.handle import RunHandle
from companion.runs.in_turn import Ended, in_turn
from companion.services import Services, open_services

Make = Callable[[Services, DeviceRecord], RunHandle]

OF_EACH = (OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE, OwnershipOperation.QUERY)
WITH_ENDPOINT = (OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE)


def run(arguments: argparse.Namespace) -> int:
    """Renew what is due; a device that can't be renewed does not keep the others from it."""
    if arguments.due is None:
        arguments.due = 0
    make = partial(_renew, timeout=arguments.timeout)
    return _run(arguments, make, "renewed", "No certificate is due.", with_endpoint=True)


def run_each(arguments: argparse.Namespace, operation: OwnershipOperation, order: Order) -> int:
    """An ownership operation with every device that the options select."""
    if wrong := _misuse(arguments, operation):
        streams.print_error(f"companion: {wrong}")
        return 2
    make = partial(_operate, operation=operation, order=order, timeout=arguments.timeout)
    none = "No matching devices."
    return _run(arguments, make, "done", none, with_endpoint=operation in WITH_ENDPOINT)


def _misuse(arguments: argparse.Namespace, operation: OwnershipOperation) -> str:
    if operation not in OF_EACH:
        return f"devices {operation} takes one DEVICE, not --each"
    if arguments.device:
        return "give a DEVICE or --each, not both"
    return "--name is for one device, not for --each" if arguments.name else ""


def _renew(services: Services, record: DeviceRecord, *, timeout: float) -> RunHandle:
    return renew(services, record, timeout=timeout)


def _operate(
    services: Services, record: DeviceRecord, *, operation: OwnershipOperation, order: Order, timeout: float
) -> RunHandle:
    """It keeps its name, and its room unless another one is for all."""
    own = replace(order, name=record.name, room=order.room or record.room or "")
    return operate(services, operation, record, order=own, timeout=timeout)


def _run(arguments: argparse.Namespace, make: Make, done: str, none: str, *, with_endpoint: bool) -> int:
    """done: the word for a device that it worked with; none: what is said where no device is selected."""
    with offline_services(arguments, reads=True) as services:
        registry = services.registry
        listed = [each.id for each in islice(registry.lists.every_device(query(arguments)), arguments.limit)]
        found = [registry.device(by_id(id)) for id in listed]
        ours = [each for each in found if wrong_kind(each, registry, virtual=services.is_virtual) is None]
    if not ours:
        if arguments.json:
            streams.print_json({"devices": []})
        else:
            streams.print_line(none)
        return 0
    return interrupts.run(_in_turn(arguments, make, ours, done, with_endpoint=with_endpoint))


async def _in_turn(
    arguments: argparse.Namespace, make: Make, records: list[DeviceRecord], done: str, *, with_endpoint: bool
) -> int:
    told: list[Ended] = []

    def tell(ended: Ended) -> None:
        told.append(ended)
        error = ended.error
        words = done if error is None else f"{error.title_text} ({error.code})"
        mark = "✓" if error is None else "✗"
        if not arguments.json:
            streams.print_line(f"{mark} {len(told)}/{len(records)} {ended.device.name}: {words}", flush=True)

    async with open_services(
        radios(arguments),
        **place(arguments),
        endpoint=arguments.endpoint,
        with_endpoint=with_endpoint,
        ask_passphrase=passphrase_source(arguments),
        ask_pin=pin_source(arguments),
    ) as services:
        await in_turn(records, partial(make, services), tell)
    if arguments.json:
        streams.print_json({"devices": [ended.as_json() for ended in told]})
    else:
        well = sum(ended.error is None for ended in told)
        streams.print_line(f"{well} of {len(records)} {done}.")
    return next((ended.error.exit_status for ended in told if ended.error is not None), 0)
