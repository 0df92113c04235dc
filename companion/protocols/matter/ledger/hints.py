"""What to press, by the pairing hint table (Core 5.4.2.5.6): each bit is a way that works by itself."""

from __future__ import annotations

from dataclasses import replace

from companion.model import Text
from companion.protocols.matter.ledger.models import POWER_CYCLE

_POWER_CYCLE = Text(
    "Switch the device off and on, or unplug it and plug it in again. It is then in setup mode."
)
_BY_BUTTON = (
    (6, Text("Press the device's reset button. It is then in setup mode.")),
    (13, Text("Press the device's setup button. It is then in setup mode.")),
    (9, Text("Hold the device's reset button until its light blinks.")),
    (16, Text("Hold the device's setup button until its light blinks.")),
    (7, Text("Hold the device's reset button while you connect it to power.")),
    (14, Text("Hold the device's setup button while you connect it to power.")),
    (11, Text("Hold the device's reset button while you connect it to power, until its light blinks.")),
    (18, Text("Hold the device's setup button while you connect it to power, until its light blinks.")),
)
_WITH_NUMBER = (
    (8, Text("Hold the device's reset button for {number} seconds.")),
    (15, Text("Hold the device's setup button for {number} seconds.")),
    (10, Text("Hold the device's reset button for {number} seconds while you connect it to power.")),
    (17, Text("Hold the device's setup button for {number} seconds while you connect it to power.")),
    (12, Text("Press the device's reset button {number} times, within a second of each other.")),
    (19, Text("Press the device's setup button {number} times, within a second of each other.")),
    (20, Text("Press and release the device's setup button {number} times, within a second of each other.")),
)
_RESET, _SETUP = (8, 10, 12), (15, 17, 19, 20)
_RESET_AS_SAID = Text("Use the device's reset button as its manufacturer describes.")
_SETUP_AS_SAID = Text("Use the device's setup button as its manufacturer describes.")
_ELSEWHERE = (
    (21, Text("Hold the device's button until the device shows that it is in setup mode.")),
    (22, Text("Switch the device off and on several times until it shows that it is in setup mode.")),
    (3, Text("Open the settings menu on the device and start setup mode there.")),
    (2, Text("Start setup mode in the app that already controls the device.")),
    (4, Text("Follow the manufacturer's instruction for this device.")),
    (5, Text("Follow the device's manual until it is in setup mode.")),
)


def what_to_press(hint: int, instruction: str) -> Text | None:
    """One way to put a device into setup mode; None where the table says none.

    hint: bits, of which the surest to follow is told. instruction: may be the number that it needs.
    """
    number = int(instruction) if instruction.isascii() and instruction.isdecimal() else 0
    counted = [(bit, replace(text, facts={"number": number})) for bit, text in _WITH_NUMBER]
    told = [
        *_BY_BUTTON,
        *(counted if 0 < number < 1000 else ()),
        *((bit, _RESET_AS_SAID) for bit in _RESET),
        *((bit, _SETUP_AS_SAID) for bit in _SETUP),
        *_ELSEWHERE,
        (POWER_CYCLE.bit_length() - 1, _POWER_CYCLE),
    ]
    return next((text for bit, text in told if hint >> bit & 1), None)
