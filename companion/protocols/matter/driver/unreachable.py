"""What is said of a link that is missing between this computer and a device."""

from __future__ import annotations

from companion.lan import MissingLink
from companion.model import Text

LINKS = {
    MissingLink.IPV6: Text(
        "This computer has no IPv6 address, which Matter needs. Turn IPv6 on in its network settings."
    ),
    MissingLink.MULTICAST: Text(
        "No device announces itself on the network. Check that this one is on. If others are on too, "
        "multicast DNS is blocked: allow it in the firewall, and turn off client isolation at the "
        "access point."
    ),
    MissingLink.BORDER_ROUTER: Text(
        "No Thread border router is on this computer's network. Connect one, or this computer to its network."
    ),
    MissingLink.ANNOUNCEMENT: Text(
        "The device does not announce itself here. Check that it is on, and connect this computer to the "
        "network that the device joined; guest networks and VLANs are separate ones."
    ),
    MissingLink.ANSWER: Text(
        "The device announces itself and does not answer. Allow UDP over IPv6 in this computer's firewall."
    ),
}
