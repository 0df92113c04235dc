"""The octets of messages: named by their protocols, and no secret among those that are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols import installed
from companion.protocols.espressif.endpoints import SERVICES, TABLE, guess
from companion.protocols.improv import codec as improv
from companion.protocols.octets import Dissector, pieces

ESPRESSIF = {name: str(guess(SERVICES[0], name)) for name in TABLE}
IMPROV = (improv.STATE, improv.ERROR, improv.COMMAND, improv.RESULT, improv.CAPABILITIES)


def dissector(protocol: str) -> Dissector:
    declared = installed().protocols[protocol].octets
    assert declared is not None
    return declared()


def told(protocol: str, uuid: str, value: bytes) -> list[tuple[str, bytes | int]]:
    made = pieces(value, dissector(protocol)(uuid, value, True))
    return [(str(each.name), each.size if each.octets is None else each.octets) for each in made]


@given(st.sampled_from(("improv", "espressif")), st.sampled_from((*IMPROV, *ESPRESSIF.values())), st.binary())
def test_every_octet_is_in_one_piece_whatever_comes(protocol: str, uuid: str, value: bytes) -> None:
    made = pieces(value, dissector(protocol)(uuid, value, False))
    assert sum(each.size for each in made) == len(value)
    assert all(each.octets is None or len(each.octets) == each.size for each in made)


def test_what_is_written_to_improv_shows_its_command_alone() -> None:
    command = bytes([1, 12, 4]) + b"Home" + bytes([6]) + b"secret" + b"\x55"
    assert told("improv", improv.COMMAND, command) == [("Command", b"\x01"), ("Not shown", len(command) - 1)]
    result = b"\x03\x03\x02hi\x6f"
    named = [("Command", b"\x03"), ("Length", b"\x03"), ("Strings", b"\x02hi"), ("Checksum", b"\x6f")]
    assert told("improv", improv.RESULT, result) == named
    assert told("improv", improv.STATE, b"\x02") == [("State", b"\x02")]


@pytest.mark.parametrize("endpoint", ["prov-config", "prov-scan", "prov-ctrl"])
def test_what_may_be_a_password_is_not_shown(endpoint: str) -> None:
    assert told("espressif", ESPRESSIF[endpoint], b"\x08\x02secret") == [("Not shown", 8)]
    assert told("espressif", ESPRESSIF["proto-ver"], b"{}") == [("Versions and capabilities", b"{}")]
    session = ESPRESSIF["prov-session"]
    assert told("espressif", session, b"\x10\x01key") == [("Handshake, protobuf", b"\x10\x01key")]
    assert told("espressif", session, b"\x08\x02secret") == [("Not shown", 8)], "other digits in some product"
