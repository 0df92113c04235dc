"""The report: a genuine device, and every deliberate fault named on its line."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.attestation.certificates import Kind, parse
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.declaration.declaration import DECLARATION as SHAPE
from companion.protocols.matter.attestation.declaration.declaration import CertificationType, Declaration
from companion.protocols.matter.attestation.elements import (
    ATTESTATION_ELEMENTS,
    CSR_ELEMENTS,
    AttestationElements,
    CsrElements,
)
from companion.protocols.matter.attestation.examination import Evidence, Trust, examine, examine_csr
from companion.protocols.matter.attestation.issuance import DeviceCredentials, Holder, declare, issue
from companion.protocols.matter.attestation.published_keys import published_root, published_signer
from companion.protocols.matter.attestation.report import (
    Check,
    Outcome,
    Reason,
    Report,
    Verdict,
    of_document,
    passed,
    unknown,
)
from companion.protocols.matter.attestation.trust.revocation import Issuer, RevocationSet
from companion.protocols.matter.attestation.trust.roots import Roots, published_test_roots
from companion.protocols.matter.attestation.trust.signers import TEST_KEY_ID, known_signers
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.tlv import MalformedTlv
from companion.secret import Secret
from tests.protocols.matter.attestation.bench import (
    CHALLENGE,
    DAC,
    DECLARATION,
    LAMP,
    MAKER,
    MATTER_JS,
    NONCE,
    NOW,
    PAI,
    ROOT,
    TRUST,
    VECTORS,
    credentials,
    declared,
    evidence,
    failures,
)

TESTING = Trust(published_test_roots(), known_signers())


def findings(report: Report) -> dict[Check, Reason | None]:
    """The lines that did not pass."""
    return {line.check: line.reason for line in report.lines if line.verdict is not Verdict.PASSED}


def test_a_genuine_device_passes_every_line_that_can_be_examined() -> None:
    report = examine(evidence(), TRUST, NOW)
    assert findings(report) == {
        Check.DAC_REVOCATION: Reason.NO_REVOCATION_SET,
        Check.PAI_REVOCATION: Reason.NO_REVOCATION_SET,
        Check.FIRMWARE: Reason.NOT_GIVEN,
    }
    assert report.outcome is Outcome.GENUINE
    assert report.facts["vendor"] == MAKER and report.facts["product"] == LAMP
    assert "Harbour Lights PAA" in str(report.facts["root"])
    assert report.facts["certificate"] == "CSA23042MAT40042-24"


def test_a_report_lists_its_lines_in_order_and_can_be_kept() -> None:
    report = examine(evidence(), TRUST, NOW)
    order = [list(Check).index(line.check) for line in report.lines]
    assert order == sorted(order) and len(set(order)) == len(order)
    kept = json.loads(json.dumps(report.document()))
    assert kept["outcome"] == "genuine"
    assert {"check": "nonce", "verdict": "passed", "reason": None, "facts": {}} in kept["lines"]
    assert report.line(Check.NONCE).verdict is Verdict.PASSED
    with pytest.raises(KeyError):
        report.line(Check.CSR_NONCE)


@pytest.mark.parametrize("moment", [NOW, None])
def test_a_report_that_was_kept_is_read_again(moment: datetime | None) -> None:
    report = examine(evidence(), TRUST, moment)
    kept = json.loads(json.dumps(report.document()))
    assert of_document(kept) == report
    kept["outcome"] = "refused"
    assert of_document(kept).outcome is report.outcome, "lines count, not what was made of them"


@pytest.mark.parametrize(
    "document",
    [
        None,
        {"lines": [], "facts": None},
        {"lines": [5], "facts": {}},
        {"lines": [{"check": "nonce", "verdict": "passed", "reason": None}], "facts": {}},
        {"lines": [{"check": "nonce", "verdict": "passed", "reason": None, "facts": 5}], "facts": {}},
        {"lines": [{"check": "luck", "verdict": "passed", "reason": None, "facts": {}}], "facts": {}},
    ],
)
def test_what_is_no_report_is_refused(document: object) -> None:
    with pytest.raises(ValueError):
        of_document(document)


def shown_by(vector: dict[str, str], product: int) -> Evidence:
    """What a device with these credentials of vendor FFF1 gives."""
    held = {name: bytes.fromhex(value) for name, value in vector.items()}
    dac = Holder(held["dac"], KeyPair.of(Secret(held["dac_key"])))
    device = DeviceCredentials(dac, held["pai"], held["declaration"])
    return evidence(device, vendor=0xFFF1, product=product)


def test_the_sdk_s_example_device_is_a_test_device() -> None:
    """The CSA itself signed its declaration, as one for tests."""
    report = examine(shown_by(VECTORS["device"], 0x8001), TESTING, NOW)
    assert report.outcome is Outcome.TEST
    assert "Signing Key 001" in str(report.line(Check.CD_SIGNER).facts["name"])
    assert findings(report) == {
        Check.ROOT: Reason.TEST_ROOT,
        Check.CD_TYPE: Reason.TEST_DECLARATION,
        Check.DAC_REVOCATION: Reason.NO_REVOCATION_SET,
        Check.PAI_REVOCATION: Reason.NO_REVOCATION_SET,
        Check.FIRMWARE: Reason.NOT_GIVEN,
    }


@pytest.mark.parametrize(
    ("name", "outcome", "expected"),
    [
        ("good", Outcome.TEST, {}),
        ("cd-provisional", Outcome.TEST, {}),
        ("dac-signature", Outcome.REFUSED, {Check.DAC_SIGNATURE: Reason.WRONG_SIGNATURE}),
        ("pai-stranger", Outcome.REFUSED, {Check.DAC_SIGNATURE: Reason.WRONG_ISSUER}),
        ("cd-signature", Outcome.REFUSED, {Check.CD_SIGNATURE: Reason.WRONG_SIGNATURE}),
        ("cd-product", Outcome.REFUSED, {Check.CD_PRODUCT: Reason.PRODUCT_DIFFERS}),
    ],
)
def test_the_wrong_devices_of_matter_js_are_found(
    name: str, outcome: Outcome, expected: dict[Check, Reason]
) -> None:
    """matter.js itself lets nearly all of them pass."""
    report = examine(shown_by(MATTER_JS["devices"][name], 0x8000), TESTING, NOW)
    assert report.outcome is outcome
    assert failures(report) == expected


def test_what_the_published_keys_sign_is_a_test_device() -> None:
    root = published_root(0xFFF1)
    pai = issue(Kind.PAI, root, 0xFFF1)
    dac = issue(Kind.DAC, pai, 0xFFF1, 0x8000)
    says = Declaration(0xFFF1, (0x8000,), 0x0016, "CSA00000SWC00000-00", CertificationType.PROVISIONAL)
    device = DeviceCredentials(dac, pai.der, declare(says, published_signer(), TEST_KEY_ID))
    report = examine(evidence(device, vendor=0xFFF1, product=0x8000), TESTING, NOW)
    assert report.outcome is Outcome.TEST and not report.failed
    official = replace(says, certification=CertificationType.OFFICIAL)
    device = replace(device, declaration=declare(official, published_signer(), TEST_KEY_ID))
    report = examine(evidence(device, vendor=0xFFF1, product=0x8000), TESTING, NOW)
    assert failures(report) == {Check.CD_SIGNER: Reason.SIGNER_NOT_ALLOWED}


def test_a_provisional_device_is_named_as_such() -> None:
    report = examine(evidence(declared(certification=CertificationType.PROVISIONAL)), TRUST, NOW)
    assert report.outcome is Outcome.PROVISIONAL


def test_a_root_that_nobody_imported_proves_nothing_and_refuses_nothing() -> None:
    report = examine(evidence(), replace(TRUST, roots=published_test_roots()), NOW)
    assert report.line(Check.ROOT).reason is Reason.NO_ROOTS
    assert report.outcome is Outcome.UNPROVEN and not report.failed
    other = Roots([parse(issue(Kind.PAA).der, Kind.PAA)])
    report = examine(evidence(), replace(TRUST, roots=other), NOW)
    assert report.line(Check.ROOT).reason is Reason.ROOT_NOT_FOUND
    assert report.line(Check.PAI_SIGNATURE).reason is Reason.DEPENDS
    assert report.outcome is Outcome.UNPROVEN


def test_an_origin_is_that_of_the_certificates_and_the_rest_is_the_device_s() -> None:
    """A product of another brand, with the DAC of the company that makes it."""
    device = declared(vendor=0x1111, products=(9,), origin_vendor=MAKER, origin_product=LAMP)
    report = examine(evidence(device, vendor=0x1111, product=9), TRUST, NOW)
    assert report.outcome is Outcome.GENUINE
    assert report.line(Check.CD_ORIGIN).verdict is Verdict.PASSED
    report = examine(evidence(device, vendor=None, product=None), TRUST, NOW)
    assert report.line(Check.CD_VENDOR).reason is Reason.DEPENDS
    assert report.line(Check.CD_PRODUCT).reason is Reason.DEPENDS
    report = examine(evidence(device, dac=b"", vendor=0x1111, product=9), TRUST, NOW)
    assert report.line(Check.CD_ORIGIN).reason is Reason.DEPENDS


def test_a_listed_authority_passes_and_without_a_pai_it_is_not_known() -> None:
    device = declared(authorities=(bytes(20), parse(ROOT.der, Kind.PAA).key_id))
    assert examine(evidence(device), TRUST, NOW).line(Check.CD_AUTHORITY).verdict is Verdict.PASSED
    report = examine(evidence(device, pai=b""), TRUST, NOW)
    assert report.line(Check.CD_AUTHORITY).reason is Reason.DEPENDS


def test_what_is_not_read_from_the_device_is_held_against_its_certificates() -> None:
    report = examine(evidence(vendor=None, product=None), TRUST, NOW)
    assert report.outcome is Outcome.GENUINE
    report = examine(evidence(declared(vendor=7), vendor=None, product=None), TRUST, NOW)
    assert failures(report) == {Check.CD_VENDOR: Reason.VENDOR_DIFFERS}


def test_a_clock_that_is_not_to_be_trusted_judges_nothing() -> None:
    report = examine(evidence(), TRUST, None)
    assert report.line(Check.DAC_VALIDITY).reason is Reason.CLOCK_UNKNOWN
    assert report.line(Check.PAI_VALIDITY).verdict is Verdict.PASSED
    assert report.outcome is Outcome.UNPROVEN


def test_issuers_must_have_been_valid_when_the_device_was_made() -> None:
    """Not now: devices are older than what vouched for them."""
    short = issue(Kind.PAI, ROOT, MAKER, ends=datetime(2024, 1, 1, tzinfo=UTC))
    old = issue(Kind.DAC, short, MAKER, LAMP, starts=datetime(2023, 1, 1, tzinfo=UTC))
    assert examine(evidence(credentials(old, short.der)), TRUST, NOW).outcome is Outcome.GENUINE
    young = issue(Kind.DAC, short, MAKER, LAMP, starts=datetime(2025, 1, 1, tzinfo=UTC))
    report = examine(evidence(credentials(young, short.der)), TRUST, NOW)
    assert failures(report) == {Check.PAI_VALIDITY: Reason.EXPIRED}


def test_the_sdk_s_expired_device_fails() -> None:
    held = {name: bytes.fromhex(value) for name, value in VECTORS["expired"].items()}
    report = examine(evidence(dac=held["dac"], pai=held["pai"]), TESTING, NOW)
    assert failures(report)[Check.DAC_VALIDITY] is Reason.EXPIRED
    assert failures(report)[Check.PAI_VALIDITY] is Reason.NOT_YET_VALID
    assert report.line(Check.DAC_SIGNATURE).verdict is Verdict.PASSED
    assert report.line(Check.PAI_SIGNATURE).verdict is Verdict.PASSED


def test_the_sdk_s_declaration_without_authorities_fails() -> None:
    """Well signed; its format version is a signed number, and its list of authorities is empty."""
    device = replace(credentials(), declaration=bytes.fromhex(VECTORS["empty_authorities"]))
    assert cms.parse(device.declaration).verified_by(published_signer().public)
    report = examine(evidence(device), TESTING, NOW)
    assert failures(report) == {Check.CD_FORMAT: Reason.MALFORMED}


def revoking(*holders: tuple[Holder, Kind], serial: bool = True) -> Trust:
    certificates = [parse(holder.der, kind) for holder, kind in holders]
    issuers = [
        Issuer(one.issuer, one.authority or b"", frozenset({one.serial} if serial else ()))
        for one in certificates
    ]
    return replace(TRUST, revocation=RevocationSet(issuers))


def test_revoked_certificates_are_named() -> None:
    report = examine(evidence(), revoking((PAI, Kind.PAI)), NOW)
    assert failures(report) == {Check.PAI_REVOCATION: Reason.REVOKED}
    assert report.line(Check.DAC_REVOCATION).reason is Reason.ISSUER_NOT_COVERED
    report = examine(evidence(), revoking((PAI, Kind.PAI), (DAC, Kind.DAC)), NOW)
    assert set(failures(report)) == {Check.PAI_REVOCATION, Check.DAC_REVOCATION}
    report = examine(evidence(), revoking((PAI, Kind.PAI), serial=False), NOW)
    assert report.line(Check.PAI_REVOCATION).verdict is Verdict.PASSED


def test_firmware_is_held_against_the_ledger() -> None:
    device = credentials(firmware=b"hash of 1.4.2")
    assert examine(evidence(device), TRUST, NOW).line(Check.FIRMWARE).reason is Reason.NO_LEDGER
    listed = replace(TRUST, firmware=frozenset({b"hash of 1.4.2"}))
    assert examine(evidence(device), listed, NOW).line(Check.FIRMWARE).verdict is Verdict.PASSED
    other = replace(TRUST, firmware=frozenset({b"hash of 1.4.1"}))
    assert failures(examine(evidence(device), other, NOW)) == {Check.FIRMWARE: Reason.NOT_LISTED}
    report = examine(evidence(device, elements=b""), other, NOW)
    assert report.line(Check.FIRMWARE).reason is Reason.DEPENDS


def test_elements_longer_than_a_response_may_be_are_refused() -> None:
    long = ATTESTATION_ELEMENTS.encode(AttestationElements(credentials().declaration, NONCE, 0, bytes(800)))
    report = examine(evidence(elements=long, signature=DAC.key.sign(long + CHALLENGE)), TRUST, NOW)
    assert failures(report) == {Check.ELEMENTS: Reason.TOO_LARGE}


def test_a_certificate_request_is_vouched_for_by_the_attestation_key() -> None:
    elements, signature = credentials().vouch(b"a request", NONCE, CHALLENGE)
    found, lines = examine_csr(elements, signature, NONCE, CHALLENGE, DAC.der)
    assert found == CsrElements(b"a request", NONCE)
    assert {line.verdict for line in lines} == {Verdict.PASSED}
    report = examine(evidence(), TRUST, NOW).with_lines(lines)
    assert report.outcome is Outcome.GENUINE and report.line(Check.CSR_NONCE) in report.lines


def test_a_request_for_another_session_is_refused() -> None:
    elements, signature = credentials().vouch(b"a request", NONCE, CHALLENGE)
    _, lines = examine_csr(elements, signature, bytes(32), bytes(16), DAC.der)
    assert {line.check: line.reason for line in lines if line.reason} == {
        Check.CSR_NONCE: Reason.NONCE_DIFFERS,
        Check.CSR_SIGNATURE: Reason.WRONG_SIGNATURE,
    }
    found, lines = examine_csr(b"\x15", signature, NONCE, CHALLENGE, b"")
    assert found is None
    assert [line.reason for line in lines] == [Reason.MALFORMED, Reason.DEPENDS, Reason.DEPENDS]


@pytest.mark.parametrize("vector", VECTORS["declarations"])
def test_the_sdk_s_declarations_say_what_they_say(vector: dict[str, object]) -> None:
    content = bytes.fromhex(str(vector["content"]))
    origin = vector["origin"]
    assert isinstance(origin, list | None)
    expected = Declaration(
        vendor=int(str(vector["vendor"])),
        products=tuple(vector["products"]),  # type: ignore[arg-type]
        device_type=int(str(vector["device_type"])),
        certificate=str(vector["certificate"]),
        certification=CertificationType.TEST,
        version=int(str(vector["version"])),
        origin_vendor=origin[0] if origin else None,
        origin_product=origin[1] if origin else None,
    )
    assert SHAPE.decode(content) == expected
    assert SHAPE.encode(expected) == content


@pytest.mark.parametrize(
    "changes",
    [
        {"format_version": 2},
        {"products": ()},
        {"origin_vendor": 1},
        {"origin_product": 1},
    ],
)
def test_a_declaration_that_contradicts_itself_is_none(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(DECLARATION, **changes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2400 01", "2400 02"),
        ("2501 f1ff", "2601 f1ffffff"),
        ("3602 0500 80 18", "3602 18"),
        ("2c04 13", "2c04 12"),
        ("2408 00", "2408 03"),
        ("2405 00", ""),
        ("2503 3412", ""),
        ("2507 9426", ""),
        ("2408 00", ""),
        ("2406 00", "2406 00 2409 01"),
    ],
)
def test_a_malformed_declaration_is_none(old: str, new: str) -> None:
    """As the SDK's own tests change its first declaration."""
    content = bytes.fromhex(VECTORS["declarations"][0]["content"])
    assert bytes.fromhex(old) in content
    with pytest.raises(MalformedTlv):
        SHAPE.decode(content.replace(bytes.fromhex(old), bytes.fromhex(new), 1))


def test_a_request_s_elements_may_hold_more() -> None:
    more = CSR_ELEMENTS.encode(CsrElements(b"x", NONCE))[:-1] + bytes.fromhex("3003 01aa 18")
    assert CSR_ELEMENTS.decode(more).csr == b"x"


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
def test_any_octets_make_a_report_that_refuses(dac: bytes, pai: bytes, elements: bytes) -> None:
    shown = Evidence(dac, pai, elements, b"", NONCE, CHALLENGE)
    assert examine(shown, TRUST, NOW).outcome is Outcome.REFUSED


def test_outcomes_follow_from_lines() -> None:
    assert Report((passed(Check.ROOT),)).outcome is Outcome.GENUINE
    assert Report((unknown(Check.ROOT, Reason.TEST_ROOT),)).outcome is Outcome.TEST
    both = (unknown(Check.ROOT, Reason.TEST_ROOT), unknown(Check.NONCE, Reason.DEPENDS))
    assert Report(both).outcome is Outcome.UNPROVEN
