"""`companion nearby`: commissionable devices in range and on the network."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from companion.api import nearby
from companion.commands.arguments.options import add_json, add_radio, radios, seconds
from companion.commands.arguments.services import offline_services
from companion.commands.explain import guide_as_json
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.places import where
from companion.commands.terminal.step_printer import guides_lines
from companion.model import FoundDevice, MakerGuide
from companion.networks.border_routers import heard
from companion.runs.discovery.guidance import guide_to
from companion.runs.discovery.probe import candidates, probe
from companion.services import Services


def configure(parser: argparse.ArgumentParser) -> None:
    """`nearby [--seconds N] [--probe]`."""
    add_radio(parser)
    add_json(parser, lines=True)
    parser.add_argument("--seconds", type=seconds, default=5.0, metavar="N", help="scan for N seconds")
    parser.add_argument(
        "--probe",
        action="store_true",
        help="also connect to unknown devices, to check whether they can be set up",
    )
    parser.add_argument(
        "--thread", action="store_true", help="also list the Thread border routers on this computer's network"
    )


def run(arguments: argparse.Namespace) -> int:
    """List what is there after N seconds; with --json-lines each device as it is seen."""
    return interrupts.run(_run(arguments))


async def _run(arguments: argparse.Namespace) -> int:
    seen: dict[str, FoundDevice] = {}
    unasked = 0
    async with Services(radios(arguments)) as services:
        await (await services.open_radio()).check()
        async with asyncio.TaskGroup() as group:
            silent = group.create_task(candidates(services.radio, arguments.seconds))
            try:
                async with asyncio.timeout(arguments.seconds):
                    async for found in nearby(services):
                        seen[found.address] = found
                        if arguments.json_lines:
                            streams.print_json_line(_as_json(found))
            except TimeoutError:
                pass
        unasked = len({each.address for _, each in silent.result()})
        if arguments.probe:
            unasked = 0
            async for found in probe(services.radio, arguments.seconds):
                seen[found.address] = found
                if arguments.json_lines:
                    streams.print_json_line(_as_json(found))
        guides = _guides(seen.values(), arguments)
        routers = await heard(services.lan) if arguments.thread else ()
    ranked = sorted(seen.values(), key=lambda found: -127 if found.rssi is None else found.rssi, reverse=True)
    if arguments.json:
        thread = {"border_routers": [asdict(each) for each in routers]} if arguments.thread else {}
        told = [_as_json(found, guides.get(found.address)) for found in ranked]
        streams.print_json({"devices": told, "unasked": unasked, **thread})
    elif not arguments.json_lines:
        for found in ranked:
            streams.print_line(
                f"{found.name:<24} {found.protocol:<10} {found.ownership.value:<8} "
                f"{where(found)}  {found.address}"
            )
            if maker := guides.get(found.address):
                for line in (*filter(None, [maker.product]), *guides_lines([maker])):
                    streams.print_line(f"  {line}")
        if not ranked:
            streams.print_line(
                "No device in range or on the network can be set up. Check that the device is in setup mode."
            )
        if unasked:
            streams.print_line(
                f"{unasked} more Bluetooth devices are of unknown type. "
                "`companion nearby --probe` connects to them and asks."
            )
        for each in routers:
            streams.print_line(
                f"Thread network {each.network}  {each.extended_pan_id or 'no extended PAN id'}  "
                f"{each.maker or each.name}  {', '.join(each.hosts)}"
            )
        if arguments.thread and not routers:
            streams.print_line("No Thread border router found on this computer's network.")
    return 0


def _guides(seen: Collection[FoundDevice], arguments: argparse.Namespace) -> dict[str, MakerGuide]:
    """What imported lists say of those that announce their product, by address."""
    if not seen:
        return {}
    with offline_services(arguments, reads=True) as services:
        told = {each.address: guide_to(services.registry, each) for each in seen}
    return {address: maker for address, maker in told.items() if maker is not None}


def _as_json(found: FoundDevice, maker: MakerGuide | None = None) -> dict[str, Any]:
    return {
        "name": found.name,
        "protocol": found.protocol,
        "address": found.address,
        "rssi": found.rssi,
        "on_network": found.on_network,
        "ownership": found.ownership.value,
        "discriminator": found.discriminator,
        "facts": dict(found.facts),
        "preparation": None if maker is None else guide_as_json(maker),
    }
