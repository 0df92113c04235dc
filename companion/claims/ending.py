"""What became of the credentials, and how a run ended: claims about what the device has."""

from __future__ import annotations

from companion.claims.known import Channel, Delivery, Known
from companion.model import Possession, Text

_DELIVERIES = {
    Delivery.NOTHING: Text("Nothing was handed over in this run."),
    Delivery.SENT: Text("Credentials were sent. Whether the device has them is not known."),
    Delivery.TAKEN: Text("The device took credentials. Whether it uses them is not known."),
    Delivery.WITHDRAWN: Text("The device says that it dropped what it was given."),
    Delivery.REJECTED: Text(
        "The device says that it could not use what it was given. It may have kept it all the same."
    ),
    Delivery.IN_USE: Text("The device says that it uses what it was given."),
    Delivery.SEEN: Text("The device signed in at its endpoint with its new certificate."),
}
_RESETS = {
    Delivery.SENT: Text("The device was told to reset. Whether it did is not known."),
    Delivery.WITHDRAWN: Text("The device says that it was not reset."),
    Delivery.IN_USE: Text("The device says that it has no owner now."),
}
_OPEN = {
    Delivery.SENT: Text("{name} may have credentials"),
    Delivery.TAKEN: Text("{name} took credentials"),
}
_PARTED = {
    Possession.RELEASED: Text("{name} says that nobody owns it now"),
    Possession.OFFERED: Text("{name} can be taken over with the token"),
    Possession.REVOKED: Text("{name} is revoked"),
}
_OURS, _WORKS = Text("{name} is yours"), Text("{name} is set up")
_WITHOUT_IT = ("transfer", "revoke", "cancel")
"""Acts that are done without the device."""
_HANDING_NOTHING = ("query", "accept")
"""Acts that give the device nothing; what it would be told it has belongs to others."""
_SO_FAR = {
    Delivery.NOTHING: Text("Nothing was handed over yet"),
    Delivery.SENT: Text("The device may have credentials already"),
    Delivery.TAKEN: Text("The device has credentials already"),
}
_SECURED = {
    Channel.CLEAR: Text("Connected without encryption"),
    Channel.SERIAL: Text("Connected without encryption, through the serial port"),
}
_AGREED = Text("Keys are agreed")
_SET_UP = Text("A session was set up")


def handed_over(known: Known) -> Text:
    """What the device has after the run, as far as that is known."""
    if known.sent == ("reset",):
        return _RESETS.get(known.delivery, _DELIVERIES[known.delivery])
    return _DELIVERIES[known.delivery]


def handed_over_so_far(known: Known) -> Text:
    """The same while the run goes on: what cancelling would leave behind."""
    return _SO_FAR.get(known.delivery, _SO_FAR[Delivery.TAKEN])


def ended(known: Known, possession: Possession) -> Text:
    """What a device is now, as "{name} ...". Only a device that has our owner key is ours."""
    if possession in _PARTED:
        return _PARTED[possession]
    if known.delivery in _OPEN:
        return _OPEN[known.delivery]
    return _OURS if known.owned else _WORKS


def answered(state: str, act: str | None) -> bool:
    """Whether a run in the registry shows that the device answered at its end. One that confirmed nothing may
    have been gone.
    """
    return state in ("done", "commissioned") and act not in _WITHOUT_IT


def hands_over(act: str | None) -> bool:
    """Whether a run is told by what it handed over."""
    return act not in _HANDING_NOTHING


def secured(known: Known) -> Text:
    """What came out of the step "secure"."""
    if known.session is None:
        return _SET_UP
    return _SECURED.get(known.session.channel, _AGREED)
