"""Chains: those of products hold, and each wrong thing in each certificate is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.extensions import (
    AuthorityKey,
    BasicConstraints,
    ExtendedKeyUsage,
    Extension,
    KeyUsage,
    Purpose,
    SubjectKey,
    Usage,
)
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.names import Attribute, Name
from tests.protocols.matter import vectors
from tests.protocols.matter.certificates.builders import FABRIC, NODE, NOW, Chain, key, right_chain

VECTORS = vectors.load("certificates")["vectors"]
RIGHT = right_chain((0xABCD0002, 0x00010001))
PURPOSES = ExtendedKeyUsage((Purpose.SERVER, Purpose.CLIENT))


def read(encodings: dict[str, dict[str, str]]) -> dict[str, Certificate]:
    return {role: Certificate.of_tlv(bytes.fromhex(each["tlv"])) for role, each in encodings.items()}


@pytest.mark.parametrize("name", VECTORS["sets"])
def test_chains_of_products_hold(name: str) -> None:
    held = read(VECTORS["sets"][name])
    chain.check_root(held["root"])
    named = chain.check_chain(held["noc"], held.get("icac"), held["root"])
    assert named.node == held["noc"].subject.number(Attribute.NODE_ID)


def test_one_that_never_expires_holds_for_ever() -> None:
    held = {role: Certificate.of_tlv(bytes.fromhex(text)) for role, text in VECTORS["never"].items()}
    assert chain.check_chain(held["noc"], None, held["root"], held["root"].not_after).fabric
    chain.check_validity(held["noc"], 2**32 - 1)


def test_broken_ones_of_others_are_refused() -> None:
    encoded = {role: bytes.fromhex(text) for role, text in VECTORS["broken"].items()}
    root, icac = Certificate.of_tlv(encoded["root"]), Certificate.of_tlv(encoded["icac"])
    assert chain.check_chain(Certificate.of_tlv(encoded["noc"]), icac, root).fabric
    for role in ("authority", "corrupt"):
        with pytest.raises(BadCertificate):
            chain.check_chain(Certificate.of_tlv(encoded[role]), icac, root)


def test_whom_a_chain_names() -> None:
    named = check(RIGHT)
    assert (named.node, named.fabric, named.cats) == (NODE, FABRIC, (0xABCD0002, 0x00010001))
    assert named.public_key == key(3).public


def check(held: Chain, at: int | None = NOW) -> chain.NodeIdentity:
    chain.check_root(held.root)
    return chain.check_chain(held.noc, held.icac, held.root, at)


def extensions(which: str, *others: Extension, without: type[Extension] | None = None) -> dict[str, Any]:
    """Those of one of the chain with others in place of their kind, or without one kind."""
    certificate: Certificate = getattr(RIGHT, which)
    left = type(others[0]) if others else without
    return {"extensions": (*(each for each in certificate.extensions if type(each) is not left), *others)}


def subject(*parts: tuple[Attribute, int | str]) -> dict[str, Any]:
    return {"subject": Name.of(*parts)}


NODE_PART, FABRIC_PART = (Attribute.NODE_ID, NODE), (Attribute.FABRIC_ID, FABRIC)
RCAC_PART, ICAC_PART = (Attribute.RCAC_ID, 1), (Attribute.ICAC_ID, 2)
CAT = Attribute.CAT
WRONG: dict[str, tuple[str, dict[str, Any], Fault]] = {
    "no node": ("noc", subject(FABRIC_PART), Fault.SUBJECT),
    "two nodes": ("noc", subject(NODE_PART, NODE_PART, FABRIC_PART), Fault.SUBJECT),
    "node 0": ("noc", subject((Attribute.NODE_ID, 0), FABRIC_PART), Fault.SUBJECT),
    "a group": ("noc", subject((Attribute.NODE_ID, 0xFFFF_FFFF_FFFF_0001), FABRIC_PART), Fault.SUBJECT),
    "no fabric": ("noc", subject(NODE_PART), Fault.SUBJECT),
    "fabric 0": ("noc", subject(NODE_PART, (Attribute.FABRIC_ID, 0)), Fault.SUBJECT),
    "two fabrics": ("noc", subject(NODE_PART, FABRIC_PART, FABRIC_PART), Fault.SUBJECT),
    "another fabric": ("noc", subject(NODE_PART, (Attribute.FABRIC_ID, 7)), Fault.FABRIC),
    "a tag without version": ("noc", subject(NODE_PART, FABRIC_PART, (CAT, 0x10000)), Fault.SUBJECT),
    "a tag twice": (
        "noc",
        subject(NODE_PART, FABRIC_PART, (CAT, 0x10001), (CAT, 0x10002)),
        Fault.SUBJECT,
    ),
    "a node that is an intermediate": ("noc", subject(NODE_PART, FABRIC_PART, ICAC_PART), Fault.SUBJECT),
    "a node that is a root": ("noc", subject(NODE_PART, FABRIC_PART, RCAC_PART), Fault.SUBJECT),
    "a node that verifies vendors": (
        "noc",
        subject(NODE_PART, FABRIC_PART, (Attribute.VVS_ID, 1)),
        Fault.SUBJECT,
    ),
    "a node that is an authority": (
        "noc",
        extensions("noc", BasicConstraints(True)),
        Fault.BASIC_CONSTRAINTS,
    ),
    "a node with a path": ("noc", extensions("noc", BasicConstraints(False, 0)), Fault.BASIC_CONSTRAINTS),
    "a node without constraints": (
        "noc",
        extensions("noc", without=BasicConstraints),
        Fault.BASIC_CONSTRAINTS,
    ),
    "a node that signs certificates": (
        "noc",
        extensions("noc", KeyUsage(Usage.DIGITAL_SIGNATURE | Usage.SIGN_CERTIFICATES)),
        Fault.KEY_USAGE,
    ),
    "a node that signs nothing": ("noc", extensions("noc", KeyUsage(Usage.KEY_AGREEMENT)), Fault.KEY_USAGE),
    "a node without usage": ("noc", extensions("noc", without=KeyUsage), Fault.KEY_USAGE),
    "a node that is no server": (
        "noc",
        extensions("noc", ExtendedKeyUsage((Purpose.CLIENT,))),
        Fault.EXTENDED_KEY_USAGE,
    ),
    "a node without purposes": (
        "noc",
        extensions("noc", without=ExtendedKeyUsage),
        Fault.EXTENDED_KEY_USAGE,
    ),
    "a node without its key": ("noc", extensions("noc", without=SubjectKey), Fault.KEY_IDENTIFIER),
    "a node without an authority": ("noc", extensions("noc", without=AuthorityKey), Fault.KEY_IDENTIFIER),
    "a node of another authority": (
        "noc",
        extensions("noc", AuthorityKey(bytes(20))),
        Fault.KEY_IDENTIFIER,
    ),
    "a node of another issuer": ("noc", {"issuer": RIGHT.root.subject}, Fault.ISSUER),
    "a node of tomorrow": ("noc", {"not_before": NOW + 1}, Fault.NOT_YET_VALID),
    "a node of yesterday": ("noc", {"not_after": NOW - 1}, Fault.EXPIRED),
    "an intermediate without id": ("icac", subject(FABRIC_PART), Fault.SUBJECT),
    "an intermediate with two": ("icac", subject(ICAC_PART, ICAC_PART), Fault.SUBJECT),
    "an intermediate that is a node": ("icac", subject(ICAC_PART, NODE_PART), Fault.SUBJECT),
    "an intermediate that is a root": ("icac", subject(ICAC_PART, RCAC_PART), Fault.SUBJECT),
    "an intermediate with a tag": ("icac", subject(ICAC_PART, (CAT, 0x10001)), Fault.SUBJECT),
    "an intermediate of fabric 0": ("icac", subject(ICAC_PART, (Attribute.FABRIC_ID, 0)), Fault.SUBJECT),
    "an intermediate of two fabrics": ("icac", subject(ICAC_PART, FABRIC_PART, FABRIC_PART), Fault.SUBJECT),
    "an intermediate of another name": ("icac", subject((Attribute.ICAC_ID, 3)), Fault.ISSUER),
    "an intermediate that is none": (
        "icac",
        extensions("icac", BasicConstraints(False)),
        Fault.BASIC_CONSTRAINTS,
    ),
    "an intermediate without constraints": (
        "icac",
        extensions("icac", without=BasicConstraints),
        Fault.BASIC_CONSTRAINTS,
    ),
    "an intermediate that signs no certificates": (
        "icac",
        extensions("icac", KeyUsage(Usage.SIGN_CRLS)),
        Fault.KEY_USAGE,
    ),
    "an intermediate without usage": ("icac", extensions("icac", without=KeyUsage), Fault.KEY_USAGE),
    "an intermediate with purposes": ("icac", extensions("icac", PURPOSES), Fault.EXTENDED_KEY_USAGE),
    "an intermediate without its key": (
        "icac",
        extensions("icac", without=SubjectKey),
        Fault.KEY_IDENTIFIER,
    ),
    "an intermediate with another key": (
        "icac",
        extensions("icac", SubjectKey(bytes(20))),
        Fault.KEY_IDENTIFIER,
    ),
    "an intermediate without an authority": (
        "icac",
        extensions("icac", without=AuthorityKey),
        Fault.KEY_IDENTIFIER,
    ),
    "an intermediate of another root": ("icac", {"issuer": Name.of((Attribute.RCAC_ID, 9))}, Fault.ISSUER),
    "an intermediate of tomorrow": ("icac", {"not_before": NOW + 1}, Fault.NOT_YET_VALID),
    "an intermediate of yesterday": ("icac", {"not_after": NOW - 1}, Fault.EXPIRED),
    "a root without id": ("root", subject(FABRIC_PART), Fault.SUBJECT),
    "a root that is an intermediate": ("root", subject(RCAC_PART, ICAC_PART), Fault.SUBJECT),
    "a root of another": ("root", {"issuer": Name.of((Attribute.RCAC_ID, 9))}, Fault.ISSUER),
    "a root of another key": ("root", extensions("root", AuthorityKey(bytes(20))), Fault.KEY_IDENTIFIER),
    "a root that is no authority": (
        "root",
        extensions("root", BasicConstraints(False)),
        Fault.BASIC_CONSTRAINTS,
    ),
    "a root without room": (
        "root",
        extensions("root", BasicConstraints(True, 0)),
        Fault.BASIC_CONSTRAINTS,
    ),
    "a root of tomorrow": ("root", {"not_before": NOW + 1}, Fault.NOT_YET_VALID),
    "a root of yesterday": ("root", {"not_after": NOW - 1}, Fault.EXPIRED),
    "a root with another key": ("root", {"public_key": key(9).public}, Fault.SIGNATURE),
}


@pytest.mark.parametrize("case", WRONG)
def test_every_wrong_field_is_named(case: str) -> None:
    which, fields, fault = WRONG[case]
    with pytest.raises(BadCertificate) as caught:
        check(RIGHT.changed(which, **fields))
    assert caught.value.fault is fault


@pytest.mark.parametrize("which", ["noc", "icac", "root"])
def test_signatures_of_others_do_not_count(which: str) -> None:
    certificate: Certificate = getattr(RIGHT, which)
    with pytest.raises(BadCertificate) as caught:
        check(replace(RIGHT, **{which: certificate.signed_by(key(9))}))
    assert caught.value.fault is Fault.SIGNATURE


def test_a_root_bound_to_another_fabric_and_one_that_is_no_authority() -> None:
    """What was not checked when the root was taken in is checked in the chain."""
    bound = Name.of(RCAC_PART, (Attribute.FABRIC_ID, 7))
    held = RIGHT.changed("root", subject=bound, issuer=bound).changed("icac", issuer=bound)
    with pytest.raises(BadCertificate) as caught:
        check(held)
    assert caught.value.fault is Fault.FABRIC
    with pytest.raises(BadCertificate) as caught:
        chain.check_chain(
            RIGHT.noc, RIGHT.icac, RIGHT.changed("root", **extensions("root", BasicConstraints(False))).root
        )
    assert caught.value.fault is Fault.BASIC_CONSTRAINTS


def test_without_a_clock_nothing_is_too_old() -> None:
    assert check(RIGHT.changed("noc", not_after=NOW - 1), at=None).node == NODE


def test_more_usages_than_needed_are_borne() -> None:
    wide = extensions("noc", KeyUsage(Usage.DIGITAL_SIGNATURE | Usage.KEY_ENCIPHERMENT))
    assert check(RIGHT.changed("noc", **wide)).node == NODE


def test_a_root_need_not_name_its_authority() -> None:
    chain.check_root(RIGHT.changed("root", **extensions("root", without=AuthorityKey)).root)
