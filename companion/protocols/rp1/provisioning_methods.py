"""How RP1's methods compare (sections 1 and 4 to 6)."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod

_BOUND = Judgement(
    Rating.GOOD,
    Text("The handshake covers what the device offered; with a label, less than it names is rejected."),
)
_ADOPTION = Judgement(
    Rating.POOR, Text("Companion's own open protocol: firmware has to implement it, and few apps speak it.")
)
_UNTOUCHED = Judgement(
    Rating.GOOD,
    Text("Nobody presses anything: many devices at a time, by delegates too."),
)
_IN_HAND = Judgement(Rating.POOR, Text("Someone has to be at each device, one after the other."))
_SCAN = Judgement(Rating.GOOD, Text("Scan one code."))
_COMPARE = Judgement(Rating.FAIR, Text("Compare six digits and confirm them at both ends."))
_NOTHING = Judgement(Rating.GOOD, Text("Nothing is scanned and nothing is compared."))
_LABEL = Judgement(Rating.GOOD, Text("A printed label with a secret of its own; no display and no button."))
_DISPLAY = Judgement(Rating.POOR, Text("A display, a voice or a light that tells digits, and a button."))
_LIGHT = Judgement(Rating.GOOD, Text("One light on the device, and a camera on the computer."))
_BUZZER = Judgement(Rating.GOOD, Text("A buzzer on the device, and a microphone on the computer."))
_CAMERA = Judgement(Rating.FAIR, Text("A camera or a light sensor in the device."))
_STORED = Judgement(Rating.FAIR, Text("A key in each device, and a list of the keys."))
_CERTIFIED = Judgement(Rating.FAIR, Text("A certificate of the manufacturer in each device."))
_LABEL_CERTIFIED = Judgement(Rating.FAIR, Text("A printed label, and a certificate of the manufacturer."))
_DISPLAY_CERTIFIED = Judgement(
    Rating.POOR, Text("A display and a button, and a certificate of the manufacturer.")
)


def _method(
    title: Text, name: str, *evidence: Evidence, scale: Judgement, effort: Judgement, hardware: Judgement
) -> ProvisioningMethod:
    session = SessionFacts(name, Channel.SEALED, frozenset(evidence), hybrid=True)
    return ProvisioningMethod(title, session, _BOUND, scale, effort, hardware, _ADOPTION)


METHODS = (
    _method(
        Text("Setup code on the label"),
        "oob",
        Evidence.LABEL_KEY,
        scale=_UNTOUCHED,
        effort=_SCAN,
        hardware=_LABEL,
    ),
    _method(
        Text("Setup code + certificate"),
        "oob+key",
        Evidence.LABEL_KEY,
        Evidence.MANUFACTURER,
        scale=_UNTOUCHED,
        effort=_SCAN,
        hardware=_LABEL_CERTIFIED,
    ),
    _method(
        Text("Secret shown by a light"),
        "oob",
        Evidence.SHOWN_SECRET,
        scale=_IN_HAND,
        effort=Judgement(Rating.FAIR, Text("Hold the device in front of the camera for up to two minutes.")),
        hardware=_LIGHT,
    ),
    _method(
        Text("Secret sent by sound"),
        "oob",
        Evidence.HEARD_SECRET,
        scale=_IN_HAND,
        effort=Judgement(Rating.GOOD, Text("Hold the device next to the microphone for some seconds.")),
        hardware=_BUZZER,
    ),
    _method(
        Text("Secret on this screen"),
        "oob",
        Evidence.SCREEN_SECRET,
        scale=_IN_HAND,
        effort=Judgement(Rating.GOOD, Text("Hold the device's camera to the screen.")),
        hardware=_CAMERA,
    ),
    _method(
        Text("Number comparison"),
        "nc",
        Evidence.COMPARISON,
        scale=_IN_HAND,
        effort=_COMPARE,
        hardware=_DISPLAY,
    ),
    _method(
        Text("Numbers + certificate"),
        "nc+key",
        Evidence.COMPARISON,
        Evidence.MANUFACTURER,
        scale=_IN_HAND,
        effort=_COMPARE,
        hardware=_DISPLAY_CERTIFIED,
    ),
    _method(
        Text("Shared factory key"),
        "psk",
        Evidence.SHARED_KEY,
        scale=_UNTOUCHED,
        effort=_NOTHING,
        hardware=_STORED,
    ),
    _method(
        Text("Manufacturer's voucher"),
        "key",
        Evidence.MANUFACTURER,
        scale=_UNTOUCHED,
        effort=_NOTHING,
        hardware=_CERTIFIED,
    ),
)
"""psk+key is psk, and its device known to its manufacturer: nobody chooses between them."""
