"""Thread networks whose border routers this computer hears, and the dataset that one of them hands out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from companion.commands.arguments.services import offline_services, services_for
from companion.commands.dataset.saved import saved
from companion.commands.dataset.words import print_dataset
from companion.commands.terminal import interrupts, streams
from companion.model import BorderRouter
from companion.networks.border_routers import dataset_of, heard
from companion.networks.thread import read
from companion.runs import saved_datasets

if TYPE_CHECKING:
    from companion.networks.thread import Dataset


def run(arguments: argparse.Namespace) -> int:
    """List what is heard in a moment."""
    return interrupts.run(_near(arguments))


def import_from(arguments: argparse.Namespace) -> int:
    """Keep what a border router hands out."""
    return interrupts.run(_import(arguments))


async def _near(arguments: argparse.Namespace) -> int:
    # Looking makes no key: who has none saved nothing.
    with offline_services(arguments, reads=True) as offline:
        kept = saved(offline)
    async with services_for(arguments) as services:
        routers = await heard(services.lan)
    if arguments.json:
        streams.print_json(
            {"border_routers": [{**asdict(each), "kept": _is_kept(each, kept)} for each in routers]}
        )
        return 0
    for each in routers:
        mark = "✓ saved" if _is_kept(each, kept) else "       "
        streams.print_line(
            f"{mark}  {each.network}  {each.extended_pan_id or 'no extended PAN ID'}  "
            f"{each.maker or each.name}  {', '.join(each.hosts)}"
        )
    if not routers:
        streams.print_line("No Thread border router found on this computer's network.")
    return 0


async def _import(arguments: argparse.Namespace) -> int:
    async with services_for(arguments) as services:
        dataset = read(await dataset_of(services.lan, arguments.router))
        dataset.check_joinable()
        saved_datasets.remember(services.open_identity().vault, dataset)
    print_dataset(dataset, as_json=arguments.json, reveal=arguments.reveal)
    return 0


def _is_kept(router: BorderRouter, kept: tuple[Dataset, ...]) -> bool:
    """By the extended PAN id; a name is anybody's."""
    return any((each.extended_pan_id or b"").hex().upper() == router.extended_pan_id for each in kept)
