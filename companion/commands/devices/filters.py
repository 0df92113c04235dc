"""Which devices `list`, `export`, `tag` and `renew-due` are about: options, and the query that they make."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from companion.commands.arguments.options import add_list_options, positive
from companion.registry.lists import LAST_CHANGED, DeviceFilter, DeviceOrder, DeviceQuery

ORDERS = {order.name.lower(): order for order in DeviceOrder}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    group = parser.add_argument_group("which devices (list, export, renew-due, --each)")
    add_list_options(group, "devices")
    group.add_argument(
        "--each",
        action="store_true",
        help="reprovision, rotate, query: every device that these options select, one after the other",
    )
    group.add_argument("--tag", default="", metavar="TAG", help="only devices with this tag")
    group.add_argument(
        "--due",
        nargs="?",
        type=positive,
        const=0,
        metavar="DAYS",
        help="only devices whose certificate is due for renewal, or ends within DAYS; the first to end first",
    )
    group.add_argument(
        "--sort", choices=ORDERS, help="sort by this; expiry: the first certificate to end first"
    )


def query(arguments: argparse.Namespace) -> DeviceQuery:
    """The query of the options."""
    made = replace(LAST_CHANGED, search=arguments.search, tag=arguments.tag.casefold())
    if arguments.due is not None:
        made = replace(made, order=DeviceOrder.EXPIRY, descending=False)
        if arguments.due:
            made = replace(made, ends_by=datetime.now(UTC) + timedelta(days=arguments.due))
        else:
            made = replace(made, which=DeviceFilter.DUE)
    if arguments.sort is not None:
        order = ORDERS[arguments.sort]
        made = replace(made, order=order, descending=order is DeviceOrder.CHANGED)
    return made


def is_filtered(arguments: argparse.Namespace) -> bool:
    """Whether any device may be left out."""
    return bool(arguments.search or arguments.tag or arguments.due is not None)
