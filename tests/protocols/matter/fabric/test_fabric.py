"""What is derived from a fabric's names, held against others, and what its authority hands out."""

from __future__ import annotations

import pytest

from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.authority import Authority
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret
from tests.protocols.matter import vectors
from tests.protocols.matter.certificates.builders import NOW, VALIDITY, key

VECTORS = vectors.load("fabric")
HOME = FabricAuthority.found(key(1), VALIDITY)


def identity(vector: dict[str, str]) -> FabricIdentity:
    return FabricIdentity(bytes.fromhex(vector["root"]), int(vector["fabric"], 16))


def test_the_compressed_id_and_the_name_in_dns() -> None:
    vector = VECTORS["compressed"]
    fabric = identity(vector)
    assert fabric.compressed.hex() == vector["compressed"]
    assert fabric.instance(0x55) == "87E1B004E235A130-0000000000000055"


def test_the_operational_key() -> None:
    vector = VECTORS["operational"]
    derived = identity(VECTORS["compressed"]).operational_key(Secret(bytes.fromhex(vector["epoch"])))
    assert derived == Secret(bytes.fromhex(vector["key"]))


@pytest.mark.parametrize("vector", VECTORS["destinations"])
def test_destinations(vector: dict[str, str]) -> None:
    destination = identity(vector).destination(
        Secret(bytes.fromhex(vector["ipk"])), bytes.fromhex(vector["random"]), int(vector["node"], 16)
    )
    assert destination.hex() == vector["destination"]


def test_an_authority_admits_nodes_and_says_who_they_are() -> None:
    held = HOME.admit(key(3), 77, VALIDITY, (0x10001,))
    assert (held.identity.node, held.identity.fabric, held.identity.cats) == (77, HOME.number, (0x10001,))
    assert held.fabric == HOME.identity and held.icac is None
    assert held.operational_ipk == HOME.identity.operational_key(HOME.ipk)
    issued = HOME.issue(key(4).public, 78, VALIDITY)
    assert held.verify_peer(issued.noc.as_tlv(), issued.icac_tlv, NOW).node == 78


def test_fabrics_differ() -> None:
    other = FabricAuthority.found(key(1), VALIDITY)
    assert other.number != HOME.number and other.ipk != HOME.ipk
    assert FabricAuthority.found(key(1), VALIDITY, 9).number == 9


def test_a_delegate_admits_for_this_fabric_alone() -> None:
    delegate = HOME.delegated(HOME.intermediate(key(2).public, VALIDITY), key(2))
    held = delegate.admit(key(3), 79, VALIDITY)
    assert held.icac is not None and held.identity.node == 79
    issued = delegate.issue(key(4).public, 80, VALIDITY)
    assert HOME.admit(key(5), 81, VALIDITY).verify_peer(issued.noc.as_tlv(), issued.icac_tlv).node == 80
    with pytest.raises(BadCertificate) as caught:
        delegate.issuer.node(key(3).public, 79, HOME.number ^ 1, VALIDITY)
    assert caught.value.fault is Fault.FABRIC


def test_certificates_of_another_fabric_or_root_are_no_peers() -> None:
    held = HOME.admit(key(3), 77, VALIDITY)
    elsewhere = Authority(HOME.root, key(1)).node(key(4).public, 78, HOME.number ^ 1, VALIDITY)
    foreign = FabricAuthority.found(key(9), VALIDITY, HOME.number).issue(key(4).public, 78, VALIDITY)
    late = HOME.issue(key(4).public, 78, VALIDITY)
    for noc, at, fault in (
        (elsewhere, NOW, Fault.FABRIC),
        (foreign.noc, NOW, Fault.ISSUER),
        (late.noc, VALIDITY.until + 1, Fault.EXPIRED),
    ):
        with pytest.raises(BadCertificate) as caught:
            held.verify_peer(noc.as_tlv(), None, at)
        assert caught.value.fault is fault


def test_credentials_must_fit_the_key_and_the_root() -> None:
    issued = HOME.issue(key(3).public, 77, VALIDITY)
    root, noc = HOME.root.as_tlv(), issued.noc.as_tlv()
    with pytest.raises(BadCertificate) as caught:
        NodeCredentials.checked(root, None, noc, key(4), HOME.ipk)
    assert caught.value.fault is Fault.PUBLIC_KEY
    not_a_root = HOME.intermediate(key(2).public, VALIDITY)
    with pytest.raises(BadCertificate):
        NodeCredentials.checked(not_a_root.as_tlv(), None, noc, key(3), HOME.ipk)
    assert chain.check_node(Certificate.of_tlv(noc)).node == 77


def test_credentials_do_not_print_their_secrets() -> None:
    held = HOME.admit(key(3), 77, VALIDITY)
    assert repr(held.ipk.reveal())[2:-1] not in repr(held)
    assert held.key.scalar.reveal().hex() not in repr(held)
