"""What only Matter can end with."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError


class FabricUnknown(AuthenticationError):
    """The device has no fabric in common with this computer: it was reset, or the fabric removed."""

    code = "A-128"
    title = "The device no longer recognises this computer"
    advice = "It was reset, or someone else who controls it removed you. Set it up again."
    retryable = False


class NodeIdentityInvalid(AuthenticationError):
    """The peer's operational certificate, or what it proves with it, does not hold."""

    code = "A-129"
    title = "The device could not prove that it is yours"
    advice = (
        "Another device may be answering in its place. Check your network. If it happens again, reset the "
        "device and set it up again."
    )
