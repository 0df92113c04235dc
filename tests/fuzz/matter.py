"""Matter's part of what is fuzzed, and its first inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from companion.protocols.matter import btp, tlv
from companion.protocols.matter.btp import BtpFailure, BtpSession
from companion.protocols.matter.messages import (
    INTERACTION,
    BadMessage,
    Exchange,
    Exchanges,
    Message,
    UnsecuredSession,
    status,
)
from companion.protocols.matter.tlv import MalformedTlv


def matter_tlv(data: bytes) -> None:
    """What can be read can be written, and says the same then."""
    with suppress(MalformedTlv):
        element = tlv.decode(data)
        assert repr(tlv.decode(tlv.encode(element))) == repr(element)


def matter_segments(data: bytes) -> None:
    """Both ends of a session, values written to them: what they answer and keep has bounds."""
    for session in (BtpSession.central(247, 0.0), BtpSession.peripheral(247)):
        with suppress(BtpFailure):
            for now, value in enumerate(values(data)):
                for message in session.receive(value, now):
                    session.send(message)
                while (segment := session.next_segment(now)) is not None:
                    assert len(segment) <= max(session.segment_size, 9)
                session.tick(now)


def matter_messages(data: bytes) -> None:
    """The responder's end without keys; its answers repeat what was asked."""
    exchanges = Exchanges(UnsecuredSession.responder(first=1), reliable=True, jitter=lambda: 0.5)
    for now, value in enumerate(values(data)):
        message = exchanges.receive(value, now)
        if message is not None:
            exchanges.send(Exchange.of(message), message.protocol, message.opcode, message.payload, now)
            with suppress(BadMessage):
                assert status.decode(message.payload).wording
        exchanges.tick(now)
        assert len(exchanges.outgoing()) <= 40


def values(data: bytes) -> Iterator[bytes]:
    """Values, each preceded by its length."""
    while data:
        size, data = data[0], data[1:]
        yield data[:size]
        data = data[size:]


def framed(*pieces: bytes) -> bytes:
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


def seeds() -> dict[str, list[bytes]]:
    """Inputs by target, from what both ends really say."""
    element = tlv.structure(
        None,
        tlv.unsigned(1, 300),
        tlv.array(2, tlv.signed(None, -1), tlv.text(None, "x")),
        tlv.list_of(
            3, tlv.octets(tlv.ProfileTag(7, 0xFFF1_0001), b"y"), tlv.null(None), tlv.boolean(4, True)
        ),
    )
    initiator = UnsecuredSession.initiator(5, first=1)
    report = status.busy(500).encode()
    said = [initiator.seal(Message(9, True, INTERACTION, 2, b"?" * 9, True, ack)) for ack in (None, 1)]
    said.append(initiator.seal(Message(9, True, 0, 0x40, report, True)))
    one = btp.Segment(0, b"hello", length=5, ends=True).encode()
    two = [
        btp.Segment(1, b"he", length=5, acknowledged=0).encode(),
        btp.Segment(2, b"llo", ends=True).encode(),
    ]
    return {
        "matter_tlv": [tlv.encode(element)],
        "matter_segments": [
            framed(btp.Request(247, 6).encode(), one),
            framed(btp.Response(244, 6).encode(), *two),
        ],
        "matter_messages": [framed(*said), framed(said[0], said[0])],
    }


MATTER: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (matter_tlv, matter_segments, matter_messages)
}
