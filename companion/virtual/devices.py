"""The contract between the lab and a protocol's virtual devices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from companion.protocols.options import GivenOptions
from companion.virtual.button import PressScript

if TYPE_CHECKING:
    from companion.virtual.peripheral import Peripheral


@dataclass(frozen=True)
class DeviceOptions:
    """What the command line says about a device; each protocol takes what it understands.

    label:    PNG file to write its code to
    faults:   "NAME" or "NAME=NUMBER"
    state:    folder in which it survives its process
    wifi_air: JSON file with the networks around it
    button:   "match", "differ", "ask" (on the terminal) or "nobody"
    say:      takes the sentences for whoever watches the terminal
    own:      the options that only its protocol takes
    press:    who compares numbers at it, in place of `button`
    """

    label: Path | None = None
    faults: tuple[str, ...] = ()
    state: Path | None = None
    wifi_air: Path | None = None
    button: str = "match"
    say: Callable[[str], None] = print
    own: GivenOptions = field(default_factory=dict)
    press: PressScript | None = None


class VirtualDevices(Protocol):
    """A module that makes a protocol's virtual devices."""

    def samples(self, press: PressScript | None = None) -> Sequence[Peripheral]:
        """Its devices in the default world, closed. press: who compares numbers at them."""

    def make(self, options: DeviceOptions) -> Peripheral:
        """One device. Raises ValueError, whose text says what is wrong with the options, and OSError."""
