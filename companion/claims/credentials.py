"""What became of the credentials, and how a run ended: claims about what the device has."""

from __future__ import annotations

from companion.administration import AdministrationOperation, MeshOperation
from companion.claims.run_facts import Channel, Delivery, RunFacts
from companion.model import Possession, Text

_DELIVERIES = {
    Delivery.NOTHING: Text("No credentials were sent in this run."),
    Delivery.SENT: Text("Credentials were sent, but the device did not confirm them."),
    Delivery.TAKEN: Text("The device accepted credentials, but did not confirm that it uses them."),
    Delivery.WITHDRAWN: Text("The device reports that it discarded the credentials."),
    Delivery.REJECTED: Text(
        "The device reports that it could not use the credentials. It may still store them."
    ),
    Delivery.IN_USE: Text("The device reports that it uses the credentials."),
    Delivery.SEEN: Text("The device connected to its endpoint with its new certificate."),
}
_RESETS = {
    Delivery.SENT: Text("The reset was sent, but the device did not confirm it."),
    Delivery.WITHDRAWN: Text("The device reports that it was not reset."),
    Delivery.IN_USE: Text("The device reports that it has no owner now."),
}
_RESET_SENT = Text("The reset was sent")
_RESET_LOCKED = Text("The device reports that it was reset and still belongs to its owner.")
_OPEN = {
    Delivery.SENT: Text("{name} may have credentials"),
    Delivery.TAKEN: Text("{name} accepted credentials"),
}
_PARTED = {
    Possession.RELEASED: Text("{name} reports that it has no owner"),
    Possession.OFFERED: Text("{name} can now be transferred with the token"),
    Possession.REVOKED: Text("{name} is revoked"),
    Possession.REMOVED: Text("{name} is no longer controlled from here"),
    Possession.ENTRUSTED: Text("{name} is set up for its owner"),
}
_STILL_THEIRS = Text("{name} was reset and still belongs to its owner")
_OURS, _WORKS = Text("{name} is yours"), Text("{name} is set up")
_WITHOUT_IT = ("transfer", "revoke", "cancel", "forget")
"""Acts that are done without the device."""
_HANDING_NOTHING = (
    "query",
    "accept",
    *(each.value for each in AdministrationOperation if each is not AdministrationOperation.RENEW),
    *(each.value for each in MeshOperation if each is not MeshOperation.RESET),
)
"""Acts that give the device no credentials; what it would be told it has belongs to others."""
_SO_FAR = {
    Delivery.NOTHING: Text("No credentials sent yet"),
    Delivery.SENT: Text("The device may already have credentials"),
    Delivery.TAKEN: Text("The device has its credentials"),
}
_SECURED = {
    Channel.CLEAR: Text("Connected without encryption"),
    Channel.SERIAL: Text("Connected without encryption, over the serial port"),
}
_AGREED = Text("Secure session established")
_SET_UP = Text("Session established")


def delivery(facts: RunFacts) -> Text:
    """What the device has after the run, as far as that is known."""
    if facts.keeps_owner:
        return _RESET_LOCKED
    if facts.sent == ("reset",):
        return _RESETS.get(facts.delivery, _DELIVERIES[facts.delivery])
    return _DELIVERIES[facts.delivery]


def delivery_so_far(facts: RunFacts) -> Text:
    """The same while the run goes on: what cancelling would leave behind."""
    if facts.sent == ("reset",):
        return _RESET_SENT if facts.delivery is Delivery.SENT else delivery(facts)
    return _SO_FAR.get(facts.delivery, _SO_FAR[Delivery.TAKEN])


def possession(facts: RunFacts, now: Possession) -> Text:
    """What a device is now, as "{name} ...". Only a device that has our owner key is ours."""
    if facts.keeps_owner:
        return _STILL_THEIRS
    if now in _PARTED:
        return _PARTED[now]
    if facts.delivery in _OPEN:
        return _OPEN[facts.delivery]
    return _OURS if facts.owned else _WORKS


def device_answered(state: str, operation: str | None) -> bool:
    """Whether a run in the registry shows that the device answered at its end. One that confirmed nothing may
    have been gone.
    """
    return state in ("done", "commissioned") and operation not in _WITHOUT_IT


def delivers(operation: str | None) -> bool:
    """Whether a run is told by what it handed over."""
    return operation not in _HANDING_NOTHING


def session(facts: RunFacts) -> Text:
    """What came out of the step "secure"."""
    if facts.session is None:
        return _SET_UP
    return _SECURED.get(facts.session.channel, _AGREED)
