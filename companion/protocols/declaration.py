"""What a protocol is to the rest of Companion, declared once.

A package of `companion/protocols`, or of another distribution, holds one `ProtocolDeclaration` and names it
in the entry-point group `companion.protocols`. Declarations are read early, so they import nothing heavy:
what needs the radio, cryptography or Bumble stands behind a function that imports it when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from companion.model import SetupCode
    from companion.protocols.contract import Driver
    from companion.protocols.ownership import OwnershipOperation
    from companion.virtual.devices import VirtualDevices

GROUP = "companion.protocols"
"""The group of entry points."""

Recogniser: TypeAlias = "Callable[[str], SetupCode | None]"
"""A text in, its setup code out, or None for a text of another kind. Raises CodeMalformed, nothing else."""

GivenOptions: TypeAlias = Mapping[str, tuple[str, ...]]
"""The options that were given: by flag without its dashes, the texts behind it (none behind a switch)."""


@dataclass(frozen=True)
class Option:
    """An option of the command line that only this protocol takes.

    flag:    such as "--suites"
    help:    a phrase, in English
    values:  what stands behind it, as help names it; nothing: it is a switch
    choices: the texts that its values may be; empty: any
    """

    flag: str
    help: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name in `GivenOptions`."""
        return self.flag.lstrip("-")


def first_values(given: GivenOptions) -> Mapping[str, str]:
    """Each option's first value, as it was given."""
    return {key: values[0] for key, values in given.items() if values}


@dataclass(frozen=True)
class VirtualDeclaration:
    """A protocol's virtual devices: for the demo, the lab and tests.

    load:       the module that makes them; imports Bumble
    options:    those of `companion virtual NAME` that other protocols do not take
    demo_label: a picture of its sample device's code, which the demo reads
    """

    load: Callable[[], VirtualDevices]
    options: tuple[Option, ...] = ()
    demo_label: Callable[[], Traversable] | None = None


@dataclass(frozen=True)
class ProtocolDeclaration:
    """A protocol.

    name:        stable and unique: in records, in JSON and on the command line
    title:       for people
    driver:      makes its driver; imports what that needs
    recognisers: of its setup codes, asked in this order
    art:         the usual look of its devices: one of `ui.art.KINDS`, any other is the plain box
    operations:  what an owner can do with its devices; its driver is then an `OwnershipDriver`
    virtual:     its virtual devices, if there are any
    options:     of `companion commission`, that other protocols do not take
    read_options: makes `Order.extra` of those that were given. Raises CompanionError
    warm_up:     modules that a run imports in its middle, for those who want them loaded before
    """

    name: str
    title: str
    driver: Callable[[], Driver]
    recognisers: tuple[Recogniser, ...] = ()
    art: str = "box"
    operations: frozenset[OwnershipOperation] = frozenset()
    virtual: VirtualDeclaration | None = None
    options: tuple[Option, ...] = ()
    read_options: Callable[[GivenOptions], Mapping[str, str]] = first_values
    warm_up: tuple[str, ...] = ()
