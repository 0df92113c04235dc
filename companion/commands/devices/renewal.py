"""`companion devices renew-due`: the devices whose certificates end, renewed one after the other."""

from __future__ import annotations

import argparse
from itertools import islice
from typing import Any

from companion.api import renew
from companion.commands.arguments.options import passphrase_source, radios
from companion.commands.arguments.services import offline_services
from companion.commands.devices.filters import query
from companion.commands.devices.kind import wrong_kind
from companion.commands.terminal import interrupts, streams
from companion.errors import CompanionError, MethodUnavailable
from companion.registry import DeviceRecord
from companion.registry.lookup import by_id
from companion.services import Services, open_services


def run(arguments: argparse.Namespace) -> int:
    """Renew them; a device that can't be renewed does not keep the others from it."""
    if arguments.due is None:
        arguments.due = 0
    with offline_services(arguments, reads=True) as services:
        registry = services.registry
        listed = [each.id for each in islice(registry.lists.every_device(query(arguments)), arguments.limit)]
        due = [registry.device(by_id(id)) for id in listed]
        ours = [each for each in due if wrong_kind(each, registry, virtual=services.is_virtual) is None]
    if not ours:
        if arguments.json:
            streams.print_json({"devices": []})
        else:
            streams.print_line("No certificate is due.")
        return 0
    return interrupts.run(_renew(arguments, ours))


async def _renew(arguments: argparse.Namespace, records: list[DeviceRecord]) -> int:
    status, told = 0, []
    async with open_services(
        radios(arguments),
        data_dir=arguments.data_dir,
        endpoint=arguments.endpoint,
        ask_passphrase=passphrase_source(arguments),
    ) as services:
        for number, record in enumerate(records, 1):
            error = await _one(services, record, arguments.timeout)
            told.append(_as_json(record, error))
            status = status or (0 if error is None else error.exit_status)
            if not arguments.json:
                words = "renewed" if error is None else f"{error.title_text} ({error.code})"
                mark = "✓" if error is None else "✗"
                streams.print_line(f"{mark} {number}/{len(records)} {record.name}: {words}", flush=True)
    renewed = sum(each["error"] is None for each in told)
    if arguments.json:
        streams.print_json({"devices": told})
    else:
        streams.print_line(f"{renewed} of {len(records)} renewed.")
    return status


async def _one(services: Services, record: DeviceRecord, timeout: float) -> CompanionError | None:
    try:
        outcome = await renew(services, record, timeout=timeout)
    except MethodUnavailable as unavailable:
        return unavailable
    return outcome.error


def _as_json(record: DeviceRecord, error: CompanionError | None) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "error": None if error is None else error.as_json(),
    }
