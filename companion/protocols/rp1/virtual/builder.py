"""Virtual RP1 devices for the default world and the command line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from companion.label import qr_png
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Effect
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.methods import CLASSIC, KNOWN_SUITES
from companion.protocols.rp1.virtual import factory, manufacturer
from companion.protocols.rp1.virtual.options import Rp1Options, parse_faults
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import DEMO, load
from companion.virtual.button import AskOnTerminal, Differ, Match, Nobody, PressScript
from companion.virtual.peripheral import Peripheral
from companion.virtual.world import DeviceOptions

_VOUCHER_SECONDS = 30 * 86_400

BUTTONS: Mapping[str, Callable[[], PressScript]] = {
    "match": Match,
    "differ": Differ,
    "ask": AskOnTerminal,
    "nobody": Nobody,
}


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """The sample device; `press` stands at its button."""
    return [VirtualRp1(Rp1Options(press=press or Match()))]


def make(options: DeviceOptions) -> VirtualRp1:
    """A device of its own, or the one that the state folder holds; writes its label and says its code.

    Raises ValueError and OSError.
    """
    if options.button not in BUTTONS:
        raise ValueError(f"no button script “{options.button}”; there are {', '.join(BUTTONS)}")
    state = options.state
    product = factory.kept_in(state) if state is not None else factory.make()
    made = VirtualRp1(
        Rp1Options(
            product=_equipped(product, options),
            flash=state / "flash.bin" if state is not None else None,
            press=BUTTONS[options.button](),
            access_points=load(options.wifi_air) if options.wifi_air is not None else DEMO,
            faults=parse_faults(options.faults),
        ),
        watch=lambda effect: _tell(effect, options.say),
    )
    if options.label is not None:
        qr_png(made.setup_code, options.label)
    options.say(f"Setup code: {made.setup_code}")
    if options.shows_code:
        options.say(f"Code on the display, for five minutes: {made.show_code()}")
    return made


def _equipped(product: Product, options: DeviceOptions) -> Product:
    """The device with what the options add to it. Raises ValueError and OSError."""
    if options.suites:
        if CLASSIC not in options.suites or not set(options.suites) <= set(KNOWN_SUITES):
            raise ValueError("an RP1 device has suite 1, and may have suite 2")
        product = replace(product, suites=tuple(sorted(set(options.suites))))
    if options.factory_key is not None:
        product = replace(product, psks=(options.factory_key,))
    if options.maker is not None:
        maker = manufacturer.kept_in(options.maker)
        product = replace(product, chain=maker.idevid(product), makers=(maker.point,))
        if options.voucher_for is not None:
            voucher = maker.voucher(product.serial, options.voucher_for, int(time.time()) + _VOUCHER_SECONDS)
            (options.maker / f"{product.serial}.voucher").write_bytes(voucher)
    return product


def _tell(effect: Effect, say: Callable[[str], None]) -> None:
    match effect:
        case effects.ShowNumber(number):
            say(f"Display: {number}")
        case effects.ClearDisplay():
            say("Display: off")
        case effects.StartVerify():
            say("Trying the network and the endpoint.")
        case effects.Committed():
            say("Switched over; waiting for the last word.")
        case effects.Owned():
            say("Owned.")
        case effects.StateLost():
            say("Back to what it was.")
