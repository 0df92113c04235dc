"""Options of the command line that only one protocol takes, told as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

GivenOptions: TypeAlias = Mapping[str, tuple[str, ...]]
"""The options that were given: by flag without its dashes, the texts behind it: none behind a switch, all
of one that repeats."""


@dataclass(frozen=True)
class Option:
    """An option of the command line that only this protocol takes.

    flag:    such as "--suites"
    help:    a phrase, in English
    values:  what stands behind it, as help names it; nothing: it is a switch
    choices: the texts that its values may be; empty: any
    repeats: it may be given several times, with one value each
    aliases: other flags that do the same, such as its former name; help leaves them out
    gives_secret: it gives in advance what `EnterSecret` asks for without a prompt
    """

    flag: str
    help: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    repeats: bool = False
    aliases: tuple[str, ...] = ()
    gives_secret: bool = False

    @property
    def key(self) -> str:
        """Its name in `GivenOptions`."""
        return self.flag.lstrip("-")


def first_values(given: GivenOptions) -> Mapping[str, str]:
    """Each option's first value, as it was given."""
    return {key: values[0] for key, values in given.items() if values}
