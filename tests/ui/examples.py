"""Things that the tests and the pictures of the walk's pages show."""

from companion.model import WifiCredentials, WifiSecurity
from companion.secret import Secret
from ui.pages.network import NetworkView
from ui.pages.network_list import NetworkChoice
from ui.widgets import StepMark, StepState

NAMES = ("Find", "Connect", "Secure", "Confirm", "Hand over", "Check")
KNOWN = Secret("correct horse battery")


def marks(current: int, seconds: str, state: StepState = StepState.CURRENT) -> tuple[StepMark, ...]:
    """The six steps with number `current` (from 0) in `state`."""
    return tuple(
        StepMark(
            name,
            StepState.DONE if index < current else state if index == current else StepState.NEXT,
            seconds if index == current else "",
        )
        for index, name in enumerate(NAMES)
    )


def network_view(**changes: object) -> NetworkView:
    networks = (
        NetworkChoice(b"Hafen 12", "Hafen 12", WifiSecurity.WPA3, "2.4 GHz, WPA3", -48, KNOWN),
        NetworkChoice(b"Hafen 12 guests", "Hafen 12 guests", WifiSecurity.WPA2, "2.4 GHz, WPA2", -66),
        NetworkChoice(
            b"Werkstatt IoT", "Werkstatt IoT", WifiSecurity.WPA2_WPA3, "2.4 GHz, WPA2 and WPA3", -71
        ),
        NetworkChoice(b"FRITZ!Box 6660 QX", "FRITZ!Box 6660 QX", WifiSecurity.WPA2, "2.4 GHz, WPA2", -82),
    )
    given: dict[str, object] = {
        "title": "Which network, and what is it called?",
        "lead": "The numbers matched, so what you send now reaches this device and nobody else.",
        "networks": networks,
        "name": "Hallway sensor",
        "room": "Hallway",
        "rooms": ("Hallway", "Kitchen", "Office", "Bedroom"),
        "seen_by": "Seen by the device",
        "chosen": WifiCredentials(b"Hafen 12", KNOWN, WifiSecurity.WPA3),
        "marks": marks(4, "9 s"),
    }
    return NetworkView(**(given | changes))  # type: ignore[arg-type]  # one dict for all fields
