"""Virtual ESP32 devices for the default world and the command line."""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.label import qr_png
from companion.protocols.espressif.virtual.options import FIRMWARE, EspressifFault, EspressifOptions, Stack
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.secret import Secret
from companion.virtual.access_points import DEMO, load
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.peripheral import Peripheral

SAMPLE = EspressifOptions(name="PROV_C0FFEE", pop=Secret("tide-7q4m"), access_points=DEMO)
WRONG_SECRET = "wrong-secret"
_SECRET_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """The sample device. It compares no numbers."""
    return [VirtualEspressif(SAMPLE)]


def make(options: DeviceOptions) -> VirtualEspressif:
    """A device of its own; writes its label and says its code. It forgets with its process.

    Raises ValueError and OSError.
    """
    pop = Secret("".join(secrets.choice(_SECRET_LETTERS) for _ in range(9)))
    made = replace(SAMPLE, name=f"PROV_{secrets.token_hex(3).upper()}", pop=pop)
    if options.wifi_air is not None:
        made = replace(made, access_points=load(options.wifi_air))
    made = with_faults(made, options.faults)
    code = made.setup_code
    if WRONG_SECRET in options.faults:
        made = replace(made, pop=Secret(f"not-{pop.reveal_text()}"))
    if options.label is not None:
        qr_png(code, options.label)
    options.say(f"Setup code: {code}")
    return VirtualEspressif(made, label=code)


def with_faults(options: EspressifOptions, texts: tuple[str, ...]) -> EspressifOptions:
    """The options with what `--fault` asks for: a fault's name, or what the device is instead.

    Raises ValueError, whose text says what there is.
    """
    for text in texts:
        name, _, value = text.partition("=")
        try:
            if name == "firmware":
                options = replace(options, firmware=FIRMWARE[value])
            elif name == "security":
                options = replace(options, security=("0", "1", "2").index(value))
            elif name == "stack":
                options = replace(options, stack=Stack(value))
            elif text != WRONG_SECRET:
                options = replace(options, faults=options.faults | {EspressifFault(text)})
        except (ValueError, KeyError):
            known = [WRONG_SECRET, *(fault.value for fault in EspressifFault)]
            known += [f"firmware={'|'.join(FIRMWARE)}", "security=0|1|2", "stack=nimble|bluedroid"]
            raise ValueError(f"unknown fault “{text}”; available: {', '.join(known)}") from None
    return options
