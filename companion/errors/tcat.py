"""A-17x: certificates between a TCAT device and its commissioner."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError
from companion.model import Text


class CommissionerError(AuthenticationError):
    """Something about the commissioner's certificate. missing: what exactly, and what to do about it."""

    retryable = False

    def __init__(self, detail: str = "", *, missing: Text | None = None) -> None:
        super().__init__(detail)
        self.missing = missing


class CommissionerMissing(CommissionerError):
    code = "A-170"
    title = "No commissioner certificate"
    advice = (
        "TCAT devices accept only commissioners that their manufacturer certified. Save such a certificate "
        "with `companion commissioner use FILE`."
    )


class CommissionerUnusable(CommissionerError):
    """What was given is no commissioner's certificate with its key and a CA."""

    code = "A-171"
    title = "Not a usable commissioner certificate"
    advice = "Ask whoever gave it to you for a new one."


class CommissionerRejected(CommissionerError):
    """The device ended the handshake over our certificate."""

    code = "A-172"
    title = "The device rejected your commissioner certificate"
    advice = (
        "It was not issued by a CA that the device trusts, or it has expired. Nothing was sent. Ask the "
        "device's manufacturer which commissioners it accepts."
    )


class DeviceNotCertified(AuthenticationError):
    """The device's certificate was not issued by the CA that came with the commissioner's."""

    code = "A-173"
    title = "The device's certificate is not trusted"
    advice = (
        "It was not issued by the CA that came with your commissioner certificate. Another device may be "
        "answering in its place, or it is from another manufacturer."
    )
    retryable = False


class CommissionerNotAuthorised(CommissionerError):
    """The certificates do not open the class of commands that is needed, or not for this network."""

    code = "A-174"
    title = "Your commissioner certificate does not allow this"
    advice = "`companion commissioner` shows what it allows. Ask the manufacturer for another one."
