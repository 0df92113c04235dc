"""What a device is called and how it is drawn, on every page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.model import FoundDevice, MakerGuide
from companion.protocols import installed, title
from ui.art.protocol_drawing import kind_of
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.pages.views import NearbyView
from ui.present.makers import maker

# A word in a device's own name that says what it looks like; what comes first wins.
LOOKS = (
    ("plug", ("plug", "socket", "outlet")),
    ("bulb", ("bulb", "lamp", "light", "led")),
    ("lock", ("lock", "door")),
    ("button", ("button", "switch", "remote")),
    ("bridge", ("bridge", "hub", "gateway")),
    ("sensor", ("sensor", "thermo", "meter", "lumen")),
    ("board", ("esp", "board", "prov_", "dev")),
)


def protocol_name(protocol: str | None) -> str:
    """A protocol's name for people; its own where it is not installed any more."""
    return title(protocol or "")


def art_kind(protocol: str | None, name: str = "") -> str:
    """A device's drawing: one that its protocol brings, else by its name, else its protocol's usual one."""
    declared = installed().protocols.get(protocol or "")
    if declared is not None and declared.drawing is not None:
        return kind_of(declared.name)
    lower = name.lower()
    for kind, words in LOOKS:
        if any(word in lower for word in words):
            return kind
    return declared.art if declared is not None else "box"


def device_name(flow: Flow) -> str:
    """What to call the device of the run: the user's name for it, its own, or plainly a device."""
    if flow.settings is not None and flow.settings.name:
        return flow.settings.name
    if flow.device is not None:
        return flow.device.name
    return flow.found.name if flow.found else _("your device")


def device_art(flow: Flow) -> str:
    """The drawing for the device of the run."""
    if isinstance(flow, OwnershipFlow):
        return flow.owned.kind
    found = flow.found
    name = found.name if found else (flow.device.name if flow.device else "")
    protocol = found.protocol if found else (flow.code.protocol if flow.code else None)
    return art_kind(protocol, name)


def nearby(found: FoundDevice, guide: MakerGuide | None = None) -> NearbyView:
    """A device that can be set up; its key is its address, which stays while its signal changes."""
    kind, detail = art_kind(found.protocol, found.name), protocol_name(found.protocol)
    if found.on_network:
        detail = _("{protocol}, on the network").format(protocol=detail)
    return NearbyView(found.address, found.name, detail, found.rssi, kind, maker(guide) if guide else None)


def _(words: str) -> str:
    return QCoreApplication.translate("devices", words)
