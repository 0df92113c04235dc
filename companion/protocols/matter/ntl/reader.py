"""The reader's end: what a device is asked, as exchanges of `companion.nfc.apdu`."""

from __future__ import annotations

from companion.errors import ProtocolViolation, TagUnsupported
from companion.nfc.apdu import GOOD, Answer, Exchange
from companion.protocols.matter.ntl.octets import (
    ANSWER,
    CHAINED,
    FRAGMENT,
    GETS,
    LONGEST_MESSAGE,
    MORE,
    PLAIN,
    SELECT,
    TRANSPORTS,
    WHOLE,
    Announcement,
    Command,
)


def select() -> Exchange[Announcement]:
    """Begin with the device at the reader.

    Raises TagUnsupported for one that is no Matter device or not in setup mode, TagMalformed.
    """
    answer = yield SELECT
    if not answer.good:
        raise TagUnsupported(f"nothing of Matter to set up ({answer.status:04x})")
    return Announcement.decode(answer.data)


def ask(message: bytes) -> Exchange[bytes]:
    """Send a message of 1 to 1280 octets; returns the device's answer, b"" where it has none.

    Raises ProtocolViolation for an answer against the rules, ValueError for a message of another length.
    """
    total = len(message)
    if not 0 < total <= LONGEST_MESSAGE:
        raise ValueError(f"a message of {total} octets")
    answer = Answer(b"", GOOD)
    for at in range(0, total, FRAGMENT):
        if not answer.good:
            break
        family = CHAINED if at + FRAGMENT < total else WHOLE
        answer = yield Command(family, TRANSPORTS, total, message[at : at + FRAGMENT], ANSWER).encode()
    else:
        return (yield from _rest(answer))
    raise ProtocolViolation(f"NTL: a part of a message gave {answer.status:04x}")


def _rest(answer: Answer) -> Exchange[bytes]:
    """The whole of an answer that may have begun."""
    got = answer.data
    while answer.status >> 8 == MORE:
        room = min(answer.status & 0xFF or ANSWER, ANSWER)
        answer = yield Command(PLAIN, GETS, 0, room=room).encode()
        if not answer.data:
            raise ProtocolViolation(f"NTL: an answer broke off ({answer.status:04x})")
        got += answer.data
        if len(got) > LONGEST_MESSAGE:
            raise ProtocolViolation("NTL: an answer longer than any message")
    if not answer.good:
        raise ProtocolViolation(f"NTL: a message gave {answer.status:04x}")
    return got
