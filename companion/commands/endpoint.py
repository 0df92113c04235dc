"""`companion endpoint`: the endpoint without a window, for a computer that stays on."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.commands.arguments.options import (
    add_passphrase_file,
    add_radio,
)
from companion.commands.arguments.services import services_for
from companion.commands.terminal import interrupts, streams
from companion.errors import StorageError
from companion.services import Services

if TYPE_CHECKING:
    from companion.endpoint.embedded_endpoint import Visit
    from companion.registry.records import DeviceRecord

DESCRIPTION = """\
Run the endpoint that devices connect to, until Ctrl-C. It greets each of your devices that shows a valid
certificate, and renews certificates once half of their life is over (EST, RFC 7030): devices that renew
themselves then need no visit. It needs your owner key, and the address that the devices were given.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """`endpoint [--radio R] [--json-lines]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    parser.add_argument("--json-lines", action="store_true", help="print events as JSON, one per line")
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    services = services_for(arguments)
    interrupts.run(_serve(services, as_json=arguments.json_lines))
    return 0


async def _serve(services: Services, *, as_json: bool) -> None:
    from companion.endpoint import EmbeddedEndpoint

    loop = asyncio.get_running_loop()

    def renewed(device: DeviceRecord, end: datetime) -> None:
        loop.call_soon_threadsafe(_tell_renewed, device, end, as_json)

    services.on_renewal = renewed
    async with services:
        try:
            endpoint = await services.open_endpoint()
        except OSError as problem:
            raise StorageError(f"the endpoint can't listen: {type(problem).__name__}") from problem
        assert isinstance(endpoint, EmbeddedEndpoint)
        _tell_started(endpoint.address, as_json=as_json)
        async for visit in endpoint.arrivals():
            _tell_visit(visit, as_json=as_json)


def _tell_started(address: str, *, as_json: bool) -> None:
    if as_json:
        streams.print_json_line({"event": "listening", "address": address})
    else:
        streams.print_line(f"Endpoint at {address} (TLS), for your devices. Ctrl-C ends it.", flush=True)


def _tell_visit(visit: Visit, *, as_json: bool) -> None:
    if as_json:
        at = visit.at.astimezone(UTC).isoformat()
        streams.print_json_line({"event": "visit", "serial": visit.serial, "name": str(visit.name), "at": at})
    else:
        streams.print_line(f"{visit.at.astimezone():%H:%M:%S}  {visit.serial} connected", flush=True)


def _tell_renewed(device: DeviceRecord, end: datetime, as_json: bool) -> None:
    if as_json:
        until = end.astimezone(UTC).isoformat()
        streams.print_json_line(
            {"event": "renewed", "device": device.id, "serial": device.serial, "until": until}
        )
    else:
        name = device.name or device.serial or device.id
        streams.print_line(
            f"{datetime.now():%H:%M:%S}  {name}: certificate renewed until {end.astimezone():%Y-%m-%d}",
            flush=True,
        )
