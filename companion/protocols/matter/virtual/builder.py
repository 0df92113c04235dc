"""Virtual Matter devices for the default world and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from companion.label import qr_png
from companion.lan import Address
from companion.protocols.matter.command_line import parse_address
from companion.protocols.matter.virtual.factory import manufacturer, product
from companion.protocols.matter.virtual.factory.options import NUMBERED_FAULTS, Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.effects import Effect
from companion.protocols.options import GivenOptions
from companion.virtual.access_points import DEMO, load
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.faults import parse_faults
from companion.virtual.peripheral import Peripheral


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """The sample device. Nobody compares a number at it."""
    return [VirtualMatter()]


def make(options: DeviceOptions) -> VirtualMatter:
    """A device of its own, or the one that the state folder holds; writes its label and says its codes.

    Raises ValueError and OSError.
    """
    own, state = options.own, options.state
    kind, medium = Kind(_first(own, "kind", "light")), Medium(_first(own, "network", "wifi"))
    reader = Address(*parse_address(own["nfc-reader"][0])) if "nfc-reader" in own else None
    label = product.product_in(state, kind, medium) if state else product.make(kind, medium)
    made = VirtualMatter(
        MatterOptions(
            product=replace(label, has_nfc=reader is not None),
            nfc_reader=reader,
            manufacturer=(
                manufacturer.manufacturer_in(Path(own["vouched-by"][0])) if "vouched-by" in own else None
            ),
            state=state / "settings.json" if state is not None else None,
            access_points=load(options.wifi_air) if options.wifi_air is not None else DEMO,
            port=_port(_first(own, "udp-port", "0")),
            faults=parse_faults(Fault, NUMBERED_FAULTS, options.faults),
        ),
        watch=lambda effect: _tell(effect, options.say),
    )
    if options.label is not None:
        qr_png(made.setup_code, options.label)
    options.say(f"Setup code: {made.setup_code}")
    options.say(f"Digits: {made.label.onboarding.printed_digits}")
    return made


def _first(own: GivenOptions, name: str, usual: str) -> str:
    return own[name][0] if name in own else usual


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 0xFFFF:
        raise ValueError("a UDP port is a number up to 65535")
    return int(text)


def _tell(effect: Effect, say: Callable[[str], None]) -> None:
    match effect:
        case effects.Join():
            say("Joining the network.")
        case effects.Commissioned():
            say("Commissioned.")
        case effects.Reverted():
            say("Change reverted.")
        case effects.Forgotten():
            say("Reset to its factory settings.")
        case effects.Light(on):
            say("Light: on" if on else "Light: off")
        case effects.Identifies(seconds):
            say(f"Blinking for {seconds} s." if seconds else "Blinking: off")
