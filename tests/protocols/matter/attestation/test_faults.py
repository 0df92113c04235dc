"""Every deliberate fault of an attestation is named on its line, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.protocols.matter.attestation.certificates import Kind
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.examination import Evidence, examine
from companion.protocols.matter.attestation.issuance import DeviceCredentials, Holder, declare, issue
from companion.protocols.matter.attestation.report import (
    Check,
    Outcome,
    Reason,
)
from companion.protocols.matter.crypto.keys import KeyPair
from tests.protocols.matter.attestation.bench import (
    CHALLENGE,
    DAC,
    DECLARATION,
    LAMP,
    MAKER,
    NOW,
    PAI,
    ROOT,
    TRUST,
    credentials,
    declared,
    evidence,
    failures,
)

FOREIGN_PAI = issue(Kind.PAI, ROOT, MAKER + 1)
TWIN_ROOT = issue(Kind.PAA, vendor=MAKER, title="Harbour Lights PAA")
PRODUCT_PAI = issue(Kind.PAI, ROOT, MAKER, LAMP + 1)


def forged(device: DeviceCredentials) -> DeviceCredentials:
    """The same names and key identifiers, signed by another key."""
    pai = issue(Kind.PAI, TWIN_ROOT, MAKER)
    return replace(device, pai=pai.der, dac=issue(Kind.DAC, pai, MAKER, LAMP))


def broken_signature(der: bytes) -> bytes:
    return der[:-1] + bytes((der[-1] ^ 1,))


SPOILT_PAI = Holder(broken_signature(PAI.der), PAI.key)

FAULTS: dict[str, tuple[Callable[[], Evidence], dict[Check, Reason]]] = {
    "nonce": (lambda: evidence(nonce=bytes(32)), {Check.NONCE: Reason.NONCE_DIFFERS}),
    "challenge": (lambda: evidence(challenge=bytes(16)), {Check.SIGNATURE: Reason.WRONG_SIGNATURE}),
    "signature": (lambda: evidence(signature=bytes(64)), {Check.SIGNATURE: Reason.WRONG_SIGNATURE}),
    "short signature": (lambda: evidence(signature=b""), {Check.SIGNATURE: Reason.WRONG_SIGNATURE}),
    "another device's key": (
        lambda: evidence(credentials(dac=Holder(DAC.der, KeyPair.generate()))),
        {Check.SIGNATURE: Reason.WRONG_SIGNATURE},
    ),
    "elements": (
        lambda: evidence(elements=b"\x15\x18", signature=DAC.key.sign(b"\x15\x18" + CHALLENGE)),
        {Check.ELEMENTS: Reason.MALFORMED},
    ),
    "DAC is no certificate": (lambda: evidence(dac=b""), {Check.DAC_FORMAT: Reason.NOT_A_CERTIFICATE}),
    "PAI is no certificate": (
        lambda: evidence(pai=b"\x30\x00"),
        {Check.PAI_FORMAT: Reason.NOT_A_CERTIFICATE},
    ),
    "PAI and DAC changed places": (
        lambda: evidence(pai=DAC.der),
        {Check.PAI_FORMAT: Reason.BASIC_CONSTRAINTS},
    ),
    "DAC of another PAI": (
        lambda: evidence(pai=issue(Kind.PAI, ROOT, MAKER).der),
        {Check.DAC_SIGNATURE: Reason.WRONG_ISSUER},
    ),
    "DAC signed by nobody": (
        lambda: evidence(dac=broken_signature(DAC.der)),
        {Check.DAC_SIGNATURE: Reason.WRONG_SIGNATURE},
    ),
    "PAI signed by nobody": (
        lambda: evidence(pai=SPOILT_PAI.der),
        {Check.PAI_SIGNATURE: Reason.WRONG_SIGNATURE},
    ),
    "PAI of another vendor": (
        lambda: evidence(credentials(dac=issue(Kind.DAC, FOREIGN_PAI, MAKER, LAMP), pai=FOREIGN_PAI.der)),
        {Check.CHAIN_VENDOR: Reason.VENDOR_DIFFERS, Check.CD_VENDOR: Reason.VENDOR_DIFFERS},
    ),
    "DAC of another vendor": (
        lambda: evidence(credentials(dac=issue(Kind.DAC, PAI, 0x1000, LAMP))),
        {Check.CHAIN_VENDOR: Reason.VENDOR_DIFFERS, Check.CD_VENDOR: Reason.VENDOR_DIFFERS},
    ),
    "PAI of another product": (
        lambda: evidence(credentials(issue(Kind.DAC, PRODUCT_PAI, MAKER, LAMP), PRODUCT_PAI.der)),
        {Check.CHAIN_PRODUCT: Reason.PRODUCT_DIFFERS},
    ),
    "expired": (
        lambda: evidence(
            credentials(issue(Kind.DAC, PAI, MAKER, LAMP, ends=datetime(2024, 1, 1, tzinfo=UTC)))
        ),
        {Check.DAC_VALIDITY: Reason.EXPIRED},
    ),
    "from the future": (
        lambda: evidence(
            credentials(issue(Kind.DAC, PAI, MAKER, LAMP, starts=datetime(2030, 1, 1, tzinfo=UTC)))
        ),
        {Check.DAC_VALIDITY: Reason.NOT_YET_VALID},
    ),
    "product not declared": (
        lambda: evidence(declared(products=(7,))),
        {Check.CD_PRODUCT: Reason.PRODUCT_DIFFERS},
    ),
    "vendor not declared": (
        lambda: evidence(declared(vendor=7)),
        {Check.CD_VENDOR: Reason.VENDOR_DIFFERS},
    ),
    "device calls itself another product": (
        lambda: evidence(product=LAMP + 5),
        {Check.CD_PRODUCT: Reason.PRODUCT_DIFFERS},
    ),
    "device calls itself another vendor": (
        lambda: evidence(vendor=MAKER + 5),
        {Check.CD_VENDOR: Reason.VENDOR_DIFFERS},
    ),
    "origin of another vendor": (
        lambda: evidence(declared(origin_vendor=7, origin_product=LAMP)),
        {Check.CD_ORIGIN: Reason.VENDOR_DIFFERS},
    ),
    "origin of another product": (
        lambda: evidence(declared(origin_vendor=MAKER, origin_product=7)),
        {Check.CD_ORIGIN: Reason.PRODUCT_DIFFERS},
    ),
    "authority not listed": (
        lambda: evidence(declared(authorities=(bytes(20),))),
        {Check.CD_AUTHORITY: Reason.AUTHORITY_NOT_LISTED},
    ),
    "no authority listed": (
        lambda: evidence(declared(authorities=())),
        {Check.CD_AUTHORITY: Reason.AUTHORITY_NOT_LISTED},
    ),
    "declaration signed by another": (
        lambda: evidence(replace(credentials(), declaration=declare(DECLARATION, DAC.key, bytes(20)))),
        {Check.CD_SIGNER: Reason.SIGNER_UNKNOWN},
    ),
    "declaration signed in another's name": (
        lambda: evidence(
            replace(
                credentials(),
                declaration=declare(DECLARATION, DAC.key, cms.parse(credentials().declaration).signer),
            )
        ),
        {Check.CD_SIGNATURE: Reason.WRONG_SIGNATURE},
    ),
    "declaration is none": (
        lambda: evidence(replace(credentials(), declaration=b"")),
        {Check.CD_FORMAT: Reason.MALFORMED},
    ),
    "declaration of something else": (
        lambda: evidence(replace(credentials(), declaration=cms.sign(b"\x15\x18", DAC.key, bytes(20)))),
        {Check.CD_FORMAT: Reason.MALFORMED},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_nothing_else_is(fault: str) -> None:
    """Every line that did not fail passed, or says that it depends on another."""
    make, expected = FAULTS[fault]
    report = examine(make(), TRUST, NOW)
    assert failures(report) == expected
    assert report.outcome is Outcome.REFUSED


def test_a_forged_chain_of_the_same_names_is_unproven() -> None:
    """Its PAI names a root that nobody imported; the name alone would have fitted."""
    report = examine(evidence(forged(credentials())), TRUST, NOW)
    assert report.line(Check.ROOT).reason is Reason.ROOT_NOT_FOUND
    assert report.outcome is Outcome.UNPROVEN
