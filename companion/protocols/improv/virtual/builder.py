"""Virtual Improv devices for the default world and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from companion.protocols.improv.codec import Capability
from companion.protocols.improv.virtual.device import ImprovFault, ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.virtual.access_points import DEMO, load
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.peripheral import Peripheral

SAMPLE = ImprovOptions(access_points=DEMO)
PRESS_SECONDS = 3.0
AUTHORIZATION, PLAIN = "authorization", "plain"
# The command line's words for whoever stands at the device: pressed after so many seconds, or never.
_BUTTONS: Mapping[str, float | None] = {"match": PRESS_SECONDS, "nobody": None}


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """The sample device. It compares no numbers."""
    return [VirtualImprov(SAMPLE)]


def make(options: DeviceOptions) -> VirtualImprov:
    """A device of its own, which forgets with its process. Raises ValueError and OSError."""
    if options.label is not None:
        raise ValueError("Improv devices have no setup code, so --label can't be used")
    if options.button not in _BUTTONS:
        raise ValueError(f"unknown button script “{options.button}”; available: {', '.join(_BUTTONS)}")
    made = replace(SAMPLE, pressed_after=_BUTTONS[options.button])
    if options.wifi_air is not None:
        made = replace(made, access_points=load(options.wifi_air))
    return VirtualImprov(with_faults(made, options.faults))


def with_faults(options: ImprovOptions, texts: tuple[str, ...]) -> ImprovOptions:
    """The options with what `--fault` asks for: a fault's name, or what the device is instead.

    Raises ValueError, whose text says what there is.
    """
    for text in texts:
        try:
            if text == AUTHORIZATION:
                options = replace(options, authorization=True)
            elif text == PLAIN:
                options = replace(options, capabilities=Capability(0), announces=False)
            else:
                options = replace(options, faults=options.faults | {ImprovFault(text)})
        except ValueError:
            known = [AUTHORIZATION, PLAIN, *(fault.value for fault in ImprovFault)]
            raise ValueError(f"unknown fault “{text}”; available: {', '.join(known)}") from None
    return options
