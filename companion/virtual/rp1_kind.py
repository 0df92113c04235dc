"""Virtual RP1 devices for the default world and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from companion.label import qr_png
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Effect
from companion.virtual import rp1_factory, wifi_air
from companion.virtual.peripheral import Peripheral
from companion.virtual.rp1 import VirtualRp1
from companion.virtual.rp1_button import AskOnTerminal, Differ, Match, Nobody, PressScript
from companion.virtual.rp1_options import Rp1Options, parse_faults
from companion.virtual.world import DeviceOptions

BUTTONS: Mapping[str, Callable[[], PressScript]] = {
    "match": Match,
    "differ": Differ,
    "ask": AskOnTerminal,
    "nobody": Nobody,
}


def inhabitants() -> list[Peripheral]:
    """The sample device."""
    return [VirtualRp1()]


def make(options: DeviceOptions) -> VirtualRp1:
    """A device of its own, or the one that the state folder holds; writes its label and says its code.

    Raises ValueError and OSError.
    """
    if options.button not in BUTTONS:
        raise ValueError(f"no button script “{options.button}”; there are {', '.join(BUTTONS)}")
    state = options.state
    made = VirtualRp1(
        Rp1Options(
            product=rp1_factory.kept_in(state) if state is not None else rp1_factory.make(),
            flash=state / "flash.bin" if state is not None else None,
            press=BUTTONS[options.button](),
            air=wifi_air.load(options.wifi_air) if options.wifi_air is not None else wifi_air.USUAL_AIR,
            faults=parse_faults(options.faults),
        ),
        watch=lambda effect: _tell(effect, options.say),
    )
    if options.label is not None:
        qr_png(made.setup_code, options.label)
    options.say(f"Setup code: {made.setup_code}")
    return made


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
