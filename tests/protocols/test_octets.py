"""The octets of messages: named by their protocols, and no secret among those that are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols import installed
from companion.protocols.espressif.endpoints import SERVICES, TABLE, guess
from companion.protocols.espressif.proto import config_pb2, session_pb2
from companion.protocols.improv import codec as improv
from companion.protocols.octets import Decoded, Decoder, Dissector, pieces

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


def decoder(protocol: str) -> Decoder:
    declared = installed().protocols[protocol].decoder
    assert declared is not None
    return declared()


def said(decoded: Decoded | None) -> dict[str, str]:
    assert decoded is not None
    return {"": str(decoded.name), **{str(name): value for name, value in decoded.fields}}


def test_a_command_of_improv_is_put_together_and_its_password_is_counted() -> None:
    decode = decoder("improv")
    whole = improv.frame(improv.rpc(improv.Command.SEND_WIFI, b"\x04Home\x06secret"))
    assert decode(improv.COMMAND, whole[:7], True) is None
    told = decode(improv.COMMAND, whole[7:], True)
    assert said(told) == {"": "Command", "Command": "send wifi (1)", "Not shown": "12 B"}
    assert told is not None and (told.octets, told.values) == (len(whole), 2)
    assert said(decode(improv.STATE, b"\x04", False)) == {"": "State", "Value": "provisioned (4)"}
    assert said(decode(improv.ERROR, b"\x63", False)) == {"": "Error", "Value": "99"}
    assert said(decode(improv.CAPABILITIES, b"\x07", False))["Value"] == "7"
    assert said(decode(improv.RESULT, improv.frame(improv.rpc(1, b"\x02hi")), False))[""] == "Result"
    assert decode(improv.RESULT, b"", False) is None and decode("0" * 36, b"x", False) is None


def test_without_security_esp_idf_says_what_its_messages_are_about_and_no_password() -> None:
    decode, version = decoder("espressif"), b'{"prov": {"ver": "v1.1", "sec_ver": 0, "sec_patch_ver": 1}}'
    assert said(decode(ESPRESSIF["proto-ver"], b"---", True)) == {"": "Versions"}
    told = {"": "Versions", "Protocol": "v1.1", "Security": "0", "Patch": "1"}
    assert said(decode(ESPRESSIF["proto-ver"], version, False)) == told
    network = config_pb2.Config(
        msg=config_pb2.SET_WIFI, set_wifi=config_pb2.Config.Wifi(ssid=b"Home", passphrase=b"secret")
    ).SerializeToString()
    config = ESPRESSIF["prov-config"]
    assert said(decode(config, network, True)) == {"": "Configuration", "Encrypted": f"{len(network)} B"}
    session = session_pb2.SessionData(
        security_0=session_pb2.Security0(
            msg=session_pb2.RESPONSE_0, response=session_pb2.Security0.Response(status=1)
        )
    ).SerializeToString()
    hello = said(decode(ESPRESSIF["prov-session"], session, False))
    assert hello == {
        "": "Handshake",
        "Security": "0",
        "Message": "response 0",
        "Status": "invalid security scheme",
    }
    assert said(decode(config, network, True)) == {"": "Configuration", "Message": "set wifi"}
    assert said(decode(config, b"\xff", True)) == {"": "Breaks the protocol"}
    assert said(decode(config, b"\x08\x63", True))["Message"] == "99"
    assert decode("0" * 36, b"x", True) is None and decode(config, b"", True) is None
    assert said(decode(ESPRESSIF["prov-session"], b"\x10\x02", True))["Security"] == "2"


@given(st.lists(st.tuples(st.sampled_from((*IMPROV, *ESPRESSIF.values())), st.binary(max_size=40))))
def test_a_decoder_takes_whatever_comes(values: list[tuple[str, bytes]]) -> None:
    for protocol in ("improv", "espressif"):
        decode = decoder(protocol)
        for uuid, value in values:
            decode(uuid, value, True)
