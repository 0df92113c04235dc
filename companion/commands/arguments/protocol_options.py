"""Options that only one protocol takes: what its declaration says, as arguments of the command line."""

from __future__ import annotations

import argparse
import logging

from companion.protocols import GivenOptions, Option, ProtocolDeclaration, installed

log = logging.getLogger(__name__)


def add_options(
    parser: argparse.ArgumentParser, protocol: ProtocolDeclaration, options: tuple[Option, ...]
) -> None:
    """A group of its own. A plug-in's option that the command has already is left out."""
    if not options:
        return
    group = parser.add_argument_group(f"{protocol.title} devices")
    for option in options:
        try:
            _add(group, protocol.name, option)
        except argparse.ArgumentError as error:
            log.warning("%s of %s is left out: %s", option.flag, protocol.name, error)


def given_options(
    arguments: argparse.Namespace, protocol: ProtocolDeclaration, options: tuple[Option, ...]
) -> GivenOptions:
    """Those that were given, with the texts behind them."""
    given: dict[str, tuple[str, ...]] = {}
    for option in options:
        values = getattr(arguments, _place(protocol.name, option), None)
        if values is not None:
            given[option.key] = tuple(values)
    return given


def protocol_order(arguments: argparse.Namespace) -> dict[str, str]:
    """What the protocols make of their own options, for `Order.extra`. Raises ValueError, CompanionError."""
    extra: dict[str, str] = {}
    for protocol in installed().protocols.values():
        given = given_options(arguments, protocol, protocol.options)
        if given:
            extra |= protocol.read_options(given)
    return extra


def unknown_method(wanted: str) -> tuple[str, ...]:
    """All methods, where no device is set up by this one; () where one is, or where a plug-in does not say.

    Parts with "+" between them may be used together ("oob+key").
    """
    known: dict[str, None] = {}
    for protocol in installed().protocols.values():
        methods = protocol.methods()
        if not methods:
            return ()
        known |= {method.name: None for method in methods}
    return () if all(part in known for part in wanted.split("+")) else tuple(known)


def _add(group: argparse._ArgumentGroup, protocol: str, option: Option) -> None:
    _add_flag(group, option.flag, _place(protocol, option), option, option.help)
    for alias in option.aliases:
        _add_flag(group, alias, _place(protocol, option), option, argparse.SUPPRESS)


def _add_flag(group: argparse._ArgumentGroup, flag: str, place: str, option: Option, help_text: str) -> None:
    if not option.values:
        group.add_argument(flag, dest=place, action="store_const", const=(), help=help_text)
        return
    group.add_argument(
        flag,
        dest=place,
        nargs=None if option.repeats else len(option.values),
        action="append" if option.repeats else "store",
        metavar=option.values[0] if option.repeats else option.values if not option.choices else None,
        choices=option.choices or None,
        help=help_text,
    )


def _place(protocol: str, option: Option) -> str:
    return f"{protocol} {option.key}"
