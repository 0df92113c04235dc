"""The attestation report in words: a claim for each line, and why it came out so."""

from __future__ import annotations

from dataclasses import replace

from companion.model import Check, Text, Verdict
from companion.protocols.matter.attestation import report
from companion.protocols.matter.attestation.report import Line, Reason

_CLAIMS = {
    report.Check.DAC_FORMAT: Text("Device certificate"),
    report.Check.PAI_FORMAT: Text("Manufacturer's intermediate certificate"),
    report.Check.ROOT: Text("Root of the manufacturer"),
    report.Check.DAC_SIGNATURE: Text("Device certificate signed by the intermediate"),
    report.Check.PAI_SIGNATURE: Text("Intermediate signed by the root"),
    report.Check.DAC_VALIDITY: Text("Device certificate valid today"),
    report.Check.PAI_VALIDITY: Text("Intermediate valid when it signed"),
    report.Check.PAA_VALIDITY: Text("Root valid when it signed"),
    report.Check.CHAIN_VENDOR: Text("Vendor the same in all certificates"),
    report.Check.CHAIN_PRODUCT: Text("Product the same in all certificates"),
    report.Check.DAC_REVOCATION: Text("Device certificate not revoked"),
    report.Check.PAI_REVOCATION: Text("Intermediate not revoked"),
    report.Check.ELEMENTS: Text("The device's signed statement"),
    report.Check.NONCE: Text("Statement made for this session"),
    report.Check.SIGNATURE: Text("Statement signed with the device's key"),
    report.Check.CD_FORMAT: Text("Certification declaration"),
    report.Check.CD_SIGNER: Text("Declaration signed by the Connectivity Standards Alliance"),
    report.Check.CD_SIGNATURE: Text("Signature of the declaration"),
    report.Check.CD_TYPE: Text("Kind of certification"),
    report.Check.CD_VENDOR: Text("Declaration is for this vendor"),
    report.Check.CD_PRODUCT: Text("Declaration is for this product"),
    report.Check.CD_ORIGIN: Text("Declaration matches the origin of the certificates"),
    report.Check.CD_AUTHORITY: Text("Declaration allows this root"),
    report.Check.FIRMWARE: Text("Firmware is a certified one"),
    report.Check.CSR_ELEMENTS: Text("Request for an operational certificate"),
    report.Check.CSR_NONCE: Text("Request made for this session"),
    report.Check.CSR_SIGNATURE: Text("Request signed with the device's key"),
}
REASONS = {
    Reason.NOT_A_CERTIFICATE: Text("It can't be read as a certificate."),
    Reason.TOO_LARGE: Text("It is larger than Matter allows."),
    Reason.VERSION: Text("Its version is not allowed."),
    Reason.SIGNATURE_ALGORITHM: Text("It is signed with an algorithm that Matter does not allow."),
    Reason.KEY_TYPE: Text("Its key is of a type that Matter does not allow."),
    Reason.EXTENSIONS: Text("Its extensions are not allowed."),
    Reason.BASIC_CONSTRAINTS: Text("It is wrong about whether it may issue certificates."),
    Reason.KEY_USAGE: Text("Its key usage is not allowed."),
    Reason.SUBJECT_KEY_ID: Text("The identifier of its key is missing or wrong."),
    Reason.AUTHORITY_KEY_ID: Text("The identifier of its issuer is missing or wrong."),
    Reason.NAME: Text("Its name is malformed."),
    Reason.VENDOR_MISSING: Text("It names no vendor."),
    Reason.PRODUCT_MISSING: Text("It names no product."),
    Reason.PRODUCT_PRESENT: Text("It names a product, which is not allowed."),
    Reason.ROOT_NOT_FOUND: Text("Its root is not among those you imported."),
    Reason.NO_ROOTS: Text("No roots of manufacturers are imported."),
    Reason.TEST_ROOT: Text("It is a public test root: anyone can issue certificates below it."),
    Reason.WRONG_ISSUER: Text("It names another issuer."),
    Reason.WRONG_SIGNATURE: Text("The signature is wrong."),
    Reason.NOT_YET_VALID: Text("It was not valid yet."),
    Reason.EXPIRED: Text("It had expired."),
    Reason.CLOCK_UNKNOWN: Text("This computer's clock is not set."),
    Reason.VENDOR_DIFFERS: Text("The vendor is a different one."),
    Reason.PRODUCT_DIFFERS: Text("The product is a different one."),
    Reason.REVOKED: Text("It was revoked."),
    Reason.NO_REVOCATION_SET: Text("No revocation list is imported."),
    Reason.ISSUER_NOT_COVERED: Text("The imported revocation list says nothing about its issuer."),
    Reason.MALFORMED: Text("It can't be read."),
    Reason.NONCE_DIFFERS: Text("It repeats another session's number: it may be a recording."),
    Reason.SIGNER_UNKNOWN: Text("It was signed by someone else."),
    Reason.TEST_SIGNER: Text("It was signed with a public test key."),
    Reason.TEST_DECLARATION: Text("It is a test declaration: the product is not certified."),
    Reason.PROVISIONAL: Text("The certification is not final yet."),
    Reason.SIGNER_NOT_ALLOWED: Text("This signer may not sign such a declaration."),
    Reason.AUTHORITY_NOT_LISTED: Text("The root is not on its list."),
    Reason.NOT_LISTED: Text("It is not on the list."),
    Reason.NOT_GIVEN: Text("The device does not report it."),
    Reason.NO_LEDGER: Text("No list of certified firmware is imported."),
    Reason.DEPENDS: Text("It could not be checked, because another check failed."),
}
_HOLDS = Text("Correct.")
_REMARKS = frozenset({Reason.TEST_ROOT, Reason.TEST_SIGNER, Reason.TEST_DECLARATION, Reason.PROVISIONAL})
_VERDICTS = {
    report.Verdict.PASSED: Verdict.PASSED,
    report.Verdict.FAILED: Verdict.FAILED,
    report.Verdict.UNKNOWN: Verdict.NOT_KNOWN,
}


def check_of(line: Line) -> Check:
    """A line of the report for people."""
    reason = _HOLDS if line.reason is None else REASONS[line.reason]
    verdict = Verdict.REMARK if line.reason in _REMARKS else _VERDICTS[line.verdict]
    return Check(str(line.check), _CLAIMS[line.check], replace(reason, facts=dict(line.facts)), verdict)


OUTCOMES = {
    report.Outcome.GENUINE: Text("The device is genuine"),
    report.Outcome.PROVISIONAL: Text("The device is genuine, its certification is not final"),
    report.Outcome.TEST: Text("The device is a development device with test certificates"),
    report.Outcome.UNPROVEN: Text("Whether the device is genuine is not known"),
    report.Outcome.REFUSED: Text("The device may not be genuine"),
}
"""What a whole report says, in a sentence that ends a step."""
