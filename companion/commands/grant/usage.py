"""What the actions of `companion grant` share: their complaint, and who acts."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from companion.commands.terminal import streams
from companion.trust.grants.actions import Grants

if TYPE_CHECKING:
    from companion.services import Services


class WrongUsage(Exception):
    """What is wrong with the words behind an action."""


def grants_of(services: Services) -> Grants:
    """Who acts, with the keys opened."""
    return Grants(services.open_identity(), services.registry)


def confirm(arguments: argparse.Namespace, question: str) -> None:
    """Raises WrongUsage where nobody says yes."""
    if arguments.yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage("no terminal to confirm on: check the above, then add --yes")
    streams.write(sys.stdout, f"{question} [yes/no] ", end="")
    if sys.stdin.readline().strip().lower() not in ("yes", "y"):
        raise WrongUsage("nothing was changed")
