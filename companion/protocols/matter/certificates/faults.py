"""What can be wrong with a certificate."""

from __future__ import annotations

from enum import Enum, auto


class Fault(Enum):
    """Why a certificate is refused."""

    MALFORMED = auto()
    TOO_LONG = auto()
    ALGORITHM = auto()
    PUBLIC_KEY = auto()
    SERIAL = auto()
    SUBJECT = auto()
    ISSUER = auto()
    FABRIC = auto()
    BASIC_CONSTRAINTS = auto()
    KEY_USAGE = auto()
    EXTENDED_KEY_USAGE = auto()
    KEY_IDENTIFIER = auto()
    NOT_YET_VALID = auto()
    EXPIRED = auto()
    SIGNATURE = auto()


class BadCertificate(ValueError):
    """A certificate or a request for one is refused. fault: why; the text says more, in English."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault.name}: {detail}")
        self.fault = fault
