"""How Improv compares, over Bluetooth LE and over a cable."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.claims.run_facts import Channel, SessionFacts
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod

_NOTHING_LOWER = Judgement(Rating.POOR, Text("There is nothing to lower: no session is encrypted."))
_CABLE_LOWER = Judgement(Rating.FAIR, Text("There is nothing to lower, and only the cable could be changed."))
_ADOPTION = Judgement(Rating.GOOD, Text("In ESPHome, WLED and Tasmota, and in browsers."))

METHODS = (
    ProvisioningMethod(
        Text("Over Bluetooth"),
        SessionFacts("improv", Channel.CLEAR),
        _NOTHING_LOWER,
        scale=Judgement(Rating.FAIR, Text("Many boards ask for a press of their button.")),
        effort=Judgement(Rating.GOOD, Text("Choose the device, and press its button if it asks.")),
        hardware=Judgement(Rating.GOOD, Text("Any board with Bluetooth; a button where it asks for one.")),
        adoption=_ADOPTION,
    ),
    ProvisioningMethod(
        Text("Over a cable"),
        SessionFacts("improv-serial", Channel.SERIAL),
        _CABLE_LOWER,
        scale=Judgement(Rating.POOR, Text("Each device is plugged in, one after the other.")),
        effort=Judgement(Rating.GOOD, Text("Plug it in.")),
        hardware=Judgement(Rating.GOOD, Text("Any board with USB or a serial port; no radio at all.")),
        adoption=_ADOPTION,
    ),
)
