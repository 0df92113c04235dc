"""A, continued: acting for an owner by a grant."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError
from companion.model import Text

_OUTSIDE = {
    "right": Text("It does not include this right. Ask {owner} for it."),
    "place": Text("It is for other sites or devices. Ask {owner} for this one."),
    "since": Text("It is not valid yet. It starts on {limit}."),
    "until": Text("It expired on {limit}. Ask {owner} for a new one."),
    "hours": Text("It is valid only from {limit} UTC."),
    "uses": Text("It was used with this device as often as it allows: {limit}. Ask {owner}."),
    "devices": Text("It was used with as many devices as it allows: {limit}. Ask {owner}."),
    "depth": Text("It can't be passed on any further."),
    "revoked": Text("{owner} revoked it."),
    "certificate": Text(
        "Your CA certificate for {owner}'s devices is missing or has expired. Ask {owner} to export "
        "the grant again."
    ),
}
_OTHER_DEVICE = Text("It covers {limit}, but not the device {serial}. Ask {owner} for this one.")
_WIDER = {
    "right": Text("Your own grant lacks one of these rights, or the right to pass rights on."),
    "place": Text("Your own grant is for fewer sites or devices."),
    "since": Text("Your own grant starts later: {limit}."),
    "until": Text("Your own grant ends earlier: {limit}."),
    "hours": Text("Your own grant is valid only from {limit} UTC."),
    "devices": Text("Your own grant allows at most this many devices: {limit}."),
    "depth": Text(
        "Your own grant can be passed on this many times: {limit}. The new grant must allow fewer."
    ),
}


class OutsideGrant(AuthenticationError):
    """An act for an owner that the grant does not allow. Nothing was sent. `bound` is a `Bound`'s value."""

    code = "A-150"
    title = "Outside your grant from {owner}"
    advice = "Ask {owner} for a grant that allows it."
    retryable = False

    def __init__(self, bound: str, *, owner: str, limit: str = "", serial: str = "") -> None:
        super().__init__(bound, owner=owner, limit=limit, serial=serial)
        self.bound = bound

    @property
    def advice_with_facts(self) -> Text:
        """Which bound it is."""
        if self.bound == "place" and self.facts["limit"] and self.facts["serial"]:
            return Text(_OTHER_DEVICE.template, self.facts)
        return Text(_OUTSIDE[self.bound].template, self.facts)


class GrantTooWide(AuthenticationError):
    """A grant under another one that would allow more. `bound` is a `Bound`'s value."""

    code = "A-151"
    title = "Exceeds your own grant"
    advice = "Allow less: a grant that you pass on can't exceed your own."
    retryable = False

    def __init__(self, bound: str, *, limit: str = "") -> None:
        super().__init__(bound, limit=limit)
        self.bound = bound

    @property
    def advice_with_facts(self) -> Text:
        """Which bound it is."""
        return Text(_WIDER.get(self.bound, Text(self.advice)).template, self.facts)


class GrantInvalid(AuthenticationError):
    """A text that is no grant or request, one that is for somebody else, or whose signatures do not hold."""

    code = "A-152"
    title = "Not a valid grant"
    advice = (
        "The file was changed or is for someone else. Ask for it again: `companion grant request` "
        "writes what the issuer needs."
    )
    retryable = False


class GrantMissing(AuthenticationError):
    """No grant for a device of another owner."""

    code = "A-153"
    title = "You have no grant for this device"
    advice = "It belongs to another owner. Ask its owner for a grant, then run `companion grant import`."
    retryable = False


_REFUSED = {
    "reach": Text(
        "The device says that the grant does not cover this device or this step. Ask its owner for one that "
        "does."
    ),
    "validity": Text(
        "The device says that the grant was revoked, has expired, is used up or is not valid yet. Ask its "
        "owner for a new one."
    ),
    "signature": Text(
        "The device does not accept the grant's signatures: it may have another owner by now. Ask its owner "
        "for a new grant."
    ),
}
"""What a device says of a grant. Nothing tells more, and what it says may have been sent by anybody else."""


class GrantRefused(AuthenticationError):
    """The device knows more than the grant's holder, or the grant is not for it. Nothing was asked of it yet.

    bound: what the device names, a key of _REFUSED; "" where it names nothing
    """

    code = "A-155"
    title = "The device rejected your grant"
    advice = (
        "It was revoked, is used up or has expired, or it does not cover this device. Ask its owner "
        "for a new grant."
    )
    retryable = False

    def __init__(self, detail: str = "", *, bound: str = "") -> None:
        super().__init__(detail)
        self.bound = bound

    @property
    def advice_with_facts(self) -> Text:
        """What the device names."""
        return _REFUSED.get(self.bound, Text(self.advice))


class GrantStepRefused(AuthenticationError):
    """In a session under a grant the device refuses a request. bound: as of GrantRefused."""

    code = "A-162"
    title = "The device rejected a step under your grant"
    advice = "Ask its owner for a grant that covers it."
    retryable = False

    def __init__(self, detail: str = "", *, bound: str = "") -> None:
        super().__init__(detail)
        self.bound = bound

    @property
    def advice_with_facts(self) -> Text:
        """What the device names."""
        return _REFUSED.get(self.bound, Text(self.advice))


class AccountInvalid(AuthenticationError):
    """What a delegate brought home does not hold: no device of ours signed it so."""

    code = "A-156"
    title = "Not a valid delegate report"
    advice = (
        "It was changed or is about another owner's devices. Ask the delegate to write it again with "
        "`companion grant report`."
    )
    retryable = False


class GrantTooLong(AuthenticationError):
    """A grant with many devices or links, for which a QR code has no room."""

    code = "A-157"
    title = "Too long for a QR code"
    advice = "Write it to a file that does not end in .png."
    retryable = False


class SeveralGrants(AuthenticationError):
    """Work for one of several owners, and nobody said for which."""

    code = "A-158"
    title = "You have several grants for setting up devices"
    advice = "Choose one with --grant: {candidates}."
    retryable = False
    exit_status = 2


class RevocationListInvalid(AuthenticationError):
    """A file that is no owner's revocation list, or one that no owner known here signed."""

    code = "A-159"
    title = "Not a valid revocation list"
    advice = (
        "It is a different kind of file, it was changed, or its owner is unknown here. Ask for it "
        "again: `companion trust revocation export` writes it."
    )
    retryable = False


class TooManyRevoked(AuthenticationError):
    """The owner's list has room for 32 entries, and every one is still needed."""

    code = "A-154"
    title = "Revocation list full"
    advice = (
        "At most 32 grants, holders and transfer tokens can be listed at a time. `companion trust revocation "
        "raise-floor` ends all grants at once and frees their entries."
    )
    retryable = False
