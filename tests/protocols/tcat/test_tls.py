"""The TLS ends without a radio: any pieces, records without an end, and goodbyes."""

from __future__ import annotations

import ssl

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.endpoint.tls import load_chain
from companion.errors import ProtocolViolation
from companion.protocols.tcat import commissioner, tls
from companion.protocols.tcat.tls import TlsEnd
from companion.protocols.tcat.tlv import Answer, Command, Status, Tlv, TlvReader
from companion.protocols.tcat.virtual.device import TcatDevice
from companion.protocols.tcat.virtual.options import TcatOptions

OPTIONS = TcatOptions()
DEVICE = TcatDevice(OPTIONS)
CONTEXT = commissioner.read(OPTIONS.commissioner()).context()


def connected(size: int = 10_000) -> TlsEnd:
    """A session with the device, in pieces of so many octets."""
    DEVICE.connected()
    end = TlsEnd(CONTEXT)
    said = end.start()
    while not end.is_secure:
        answer = b"".join(DEVICE.hear(said[at : at + size]) for at in range(0, len(said), size))
        said = b"".join(end.feed(answer[at : at + size])[0] for at in range(0, len(answer), size))
        assert answer, "somebody has to say something"
    return end


def answer(end: TlsEnd, tlv: Tlv) -> Tlv:
    (found,) = TlvReader().feed(end.feed(DEVICE.hear(end.write(tlv.encode())))[1])
    return found


@settings(max_examples=5, deadline=None)
@given(st.integers(20, 244), st.binary(max_size=600))
def test_a_session_in_any_pieces(size: int, payload: bytes) -> None:
    assert answer(connected(size), Tlv(Command.PING, payload)) == Tlv(Answer.PAYLOAD, payload)


def test_commands_of_no_class_and_unknown_ones_are_answered() -> None:
    end = connected()
    assert answer(end, Tlv(0xA1)) == Tlv(Answer.STATUS, bytes((Status.UNAUTHORIZED,)))
    assert answer(end, Tlv(0x1E)) == Tlv(Answer.STATUS, bytes((Status.UNSUPPORTED,)))
    assert answer(end, Tlv(Command.NETWORK_NAME)) == Tlv(Answer.STATUS, bytes((Status.UNDEFINED,)))
    assert answer(end, Tlv(Command.START_THREAD)) == Tlv(Answer.STATUS, bytes((Status.UNDEFINED,)))
    assert answer(end, Tlv(Command.SET_DATASET, b"\x00")) == Tlv(Answer.STATUS, bytes((Status.PARSE_ERROR,)))
    assert answer(end, Tlv(Command.PRESENT_PSKD_HASH, bytes(32))).value == bytes((Status.HASH_ERROR,))
    assert answer(end, Tlv(Command.DECOMMISSION)).value == bytes((Status.SUCCESS,))


def test_the_devices_goodbye_is_heard() -> None:
    end = connected()
    _, plain = end.feed(DEVICE._tls.close())
    assert end.is_over and plain == b""


def test_a_commissioner_that_is_none_is_sent_away_at_once() -> None:
    key, certificate = OPTIONS.certified()
    impostor = tls.context(server=False)
    impostor.load_verify_locations(cadata=certificate.public_bytes(Encoding.DER))
    anchor = OPTIONS.authority.certificate.public_bytes(Encoding.DER)
    impostor.load_verify_locations(cadata=anchor)
    load_chain(impostor, key, (certificate.public_bytes(Encoding.DER),))
    DEVICE.connected()
    end = TlsEnd(impostor)
    said = end.start()
    while not DEVICE.disconnects:
        said, _ = end.feed(DEVICE.hear(said))
    assert end.is_secure, "TLS let it in, its certificate did not"


def test_octets_that_are_no_record_end_it() -> None:
    end = TlsEnd(CONTEXT)
    end.start()
    with pytest.raises(ssl.SSLError):
        end.feed(b"\x00" * 64)
    DEVICE.connected()
    assert DEVICE.hear(b"\x16\x03\x01\x00\x05hello") and DEVICE.disconnects


def test_a_record_without_an_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "MOST_WAITING", 100)
    end = TlsEnd(CONTEXT)
    end.start()
    with pytest.raises(ProtocolViolation):
        end.feed(b"\x16\x03\x03\x3f\xff" + bytes(200))
