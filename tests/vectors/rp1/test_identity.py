"""The product's names and attestations against the vectors."""

from __future__ import annotations

from typing import Any

import pytest

from companion.encoding.cbor import MalformedCbor
from companion.identity import DeviceName, InvalidDeviceName
from companion.protocols.rp1 import crypto, serials
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.wire.operations import Csr, Envelope, Op, decode_args
from companion.protocols.rp1.wire.results import Request
from tests.vectors.rp1 import identity
from tests.vectors.rp1.files import IDENTITY, load

VECTORS: dict[str, Any] = load(IDENTITY)


def octets(vector: dict[str, str], name: str) -> bytes:
    return bytes.fromhex(vector[name])


def test_the_file_is_what_its_maker_makes() -> None:
    made = identity.make()
    assert {name: VECTORS[name] for name in made} == made


@pytest.mark.parametrize("vector", VECTORS["names"], ids=lambda vector: vector["site"])
def test_a_device_is_named_by_its_key_its_site_and_its_owner(vector: dict[str, str]) -> None:
    fp = crypto.fingerprint(octets(vector, "identity_key"))
    name = DeviceName.under(octets(vector, "owner_key"), fp, vector["site"])
    assert str(name) == vector["dNSName"]
    assert DeviceName.parse(vector["dNSName"]) == name


@pytest.mark.parametrize("text", VECTORS["no_names"])
def test_no_other_text_is_a_name(text: str) -> None:
    with pytest.raises(InvalidDeviceName):
        DeviceName.parse(text)


@pytest.mark.parametrize("vector", VECTORS["serials"], ids=lambda vector: ascii(vector["serial"]))
def test_a_serial_is_certified_as_it_is_or_by_a_hash(vector: dict[str, str]) -> None:
    serial = vector["serial"]
    assert serials.certified(serial) == vector["certified"]
    assert serials.of_another(serial, octets(vector, "fp")) == vector["certified_of_another"]


@pytest.mark.parametrize("vector", VECTORS["attestations"], ids=lambda vector: vector["tx"])
def test_an_attested_request_is_certified_by_both_rules(vector: dict[str, str]) -> None:
    key, tx, der = octets(vector, "identity_key"), octets(vector, "tx"), octets(vector, "request")
    assert csr.attested(tx, der) == octets(vector, "message")
    assert csr.check(der, octets(vector, "EXPORT_csr")) == octets(vector, "key")
    listed = Trust(known=frozenset({crypto.fingerprint(key)}))
    asked = Request(der, octets(vector, "attestation"))
    assert csr.certifiable(tx, asked, "any", key, listed) == octets(vector, "key")
    for other in VECTORS["attestations"]:
        if other != vector:
            with pytest.raises(csr.BadCsr):
                csr.certifiable(octets(other, "tx"), asked, "any", key, listed)


@pytest.mark.parametrize("vector", VECTORS["named_requests"], ids=lambda vector: vector["name"])
def test_a_request_with_a_name_is_taken_under_that_name_alone(vector: dict[str, str]) -> None:
    der, binding = octets(vector, "request"), octets(vector, "EXPORT_csr")
    assert csr.check(der, binding, vector["name"]) == csr.check(der, binding) == octets(vector, "key")
    with pytest.raises(csr.BadName):
        csr.check(der, binding, vector["name"] + "-")
    asked = Envelope(Op.CSR, 1, octets(vector, "tx"), {1: 1, 2: -7, 3: vector["name"]})
    assert decode_args(asked) == Csr(name=vector["name"])


@pytest.mark.parametrize("name", VECTORS["no_request_names"], ids=ascii)
def test_a_name_of_other_characters_is_no_name(name: str) -> None:
    with pytest.raises(MalformedCbor):
        decode_args(Envelope(Op.CSR, 1, bytes(8), {1: 1, 2: -7, 3: name}))
