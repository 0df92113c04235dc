"""The attestation report: a line for each thing that is examined, and what follows from all of them.

Lines are data; what they are called for people is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It could not be examined, or nothing is known to hold it against."""


class Check(StrEnum):
    """What is examined, in the order in which a report lists it."""

    DAC_FORMAT = "dac-format"
    PAI_FORMAT = "pai-format"
    ROOT = "root"
    DAC_SIGNATURE = "dac-signature"
    PAI_SIGNATURE = "pai-signature"
    DAC_VALIDITY = "dac-validity"
    PAI_VALIDITY = "pai-validity"
    PAA_VALIDITY = "paa-validity"
    CHAIN_VENDOR = "chain-vendor"
    CHAIN_PRODUCT = "chain-product"
    DAC_REVOCATION = "dac-revocation"
    PAI_REVOCATION = "pai-revocation"
    ELEMENTS = "elements"
    NONCE = "nonce"
    SIGNATURE = "signature"
    CD_FORMAT = "cd-format"
    CD_SIGNER = "cd-signer"
    CD_SIGNATURE = "cd-signature"
    CD_TYPE = "cd-type"
    CD_VENDOR = "cd-vendor"
    CD_PRODUCT = "cd-product"
    CD_ORIGIN = "cd-origin"
    CD_AUTHORITY = "cd-authority"
    FIRMWARE = "firmware"
    CSR_ELEMENTS = "csr-elements"
    CSR_NONCE = "csr-nonce"
    CSR_SIGNATURE = "csr-signature"


class Reason(StrEnum):
    """Why a line failed or is not known."""

    # formats of certificates
    NOT_A_CERTIFICATE = "not-a-certificate"
    TOO_LARGE = "too-large"
    VERSION = "version"
    SIGNATURE_ALGORITHM = "signature-algorithm"
    KEY_TYPE = "key-type"
    EXTENSIONS = "extensions"
    BASIC_CONSTRAINTS = "basic-constraints"
    KEY_USAGE = "key-usage"
    SUBJECT_KEY_ID = "subject-key-id"
    AUTHORITY_KEY_ID = "authority-key-id"
    NAME = "name"
    VENDOR_MISSING = "vendor-missing"
    PRODUCT_MISSING = "product-missing"
    PRODUCT_PRESENT = "product-present"
    # chain
    ROOT_NOT_FOUND = "root-not-found"
    NO_ROOTS = "no-roots"
    TEST_ROOT = "test-root"
    WRONG_ISSUER = "wrong-issuer"
    WRONG_SIGNATURE = "wrong-signature"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    CLOCK_UNKNOWN = "clock-unknown"
    VENDOR_DIFFERS = "vendor-differs"
    PRODUCT_DIFFERS = "product-differs"
    # revocation
    REVOKED = "revoked"
    NO_REVOCATION_SET = "no-revocation-set"
    ISSUER_NOT_COVERED = "issuer-not-covered"
    # elements and declaration
    MALFORMED = "malformed"
    NONCE_DIFFERS = "nonce-differs"
    SIGNER_UNKNOWN = "signer-unknown"
    TEST_SIGNER = "test-signer"
    TEST_DECLARATION = "test-declaration"
    PROVISIONAL = "provisional"
    SIGNER_NOT_ALLOWED = "signer-not-allowed"
    AUTHORITY_NOT_LISTED = "authority-not-listed"
    NOT_LISTED = "not-listed"
    NOT_GIVEN = "not-given"
    NO_LEDGER = "no-ledger"
    DEPENDS = "depends"
    """Another line failed on which this one depends."""


class Outcome(StrEnum):
    """What a whole report says, the best first."""

    GENUINE = "genuine"
    PROVISIONAL = "provisional"
    TEST = "test"
    UNPROVEN = "unproven"
    REFUSED = "refused"


Facts: TypeAlias = Mapping[str, str | int]

_MAY_STAY_UNKNOWN = frozenset({Check.DAC_REVOCATION, Check.PAI_REVOCATION, Check.FIRMWARE})
"""Most owners have nothing to hold these against."""
_TEST = frozenset({Reason.TEST_ROOT, Reason.TEST_SIGNER, Reason.TEST_DECLARATION})


@dataclass(frozen=True)
class Line:
    """One examined thing. facts: numbers and names that explain the verdict, by name."""

    check: Check
    verdict: Verdict
    reason: Reason | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """All lines, and what the certificates and the declaration say of the device.

    facts: vendor, product, root, certificate, device_type, where they are known
    """

    lines: tuple[Line, ...]
    facts: Facts = field(default_factory=dict)

    @property
    def failed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict is Verdict.FAILED)

    @property
    def outcome(self) -> Outcome:
        """REFUSED for one failed line; UNPROVEN where nothing known vouches for the device."""
        if self.failed:
            return Outcome.REFUSED
        open_lines = [line for line in self.lines if line.verdict is Verdict.UNKNOWN]
        reasons = {line.reason for line in open_lines if line.check not in _MAY_STAY_UNKNOWN}
        if reasons - _TEST - {Reason.PROVISIONAL}:
            return Outcome.UNPROVEN
        if reasons & _TEST:
            return Outcome.TEST
        return Outcome.PROVISIONAL if reasons else Outcome.GENUINE

    def line(self, check: Check) -> Line:
        """The line of a check. Raises KeyError for one that was not examined."""
        for line in self.lines:
            if line.check is check:
                return line
        raise KeyError(check)

    def with_lines(self, lines: Iterable[Line]) -> Report:
        """The same and more, in the order of Check."""
        order = list(Check)
        return Report(
            tuple(sorted((*self.lines, *lines), key=lambda one: order.index(one.check))), self.facts
        )

    def document(self) -> dict[str, object]:
        """As JSON can hold it, to be kept with the device."""
        rows = [
            {
                "check": str(line.check),
                "verdict": str(line.verdict),
                "reason": str(line.reason) if line.reason else None,
                "facts": dict(line.facts),
            }
            for line in self.lines
        ]
        return {"outcome": str(self.outcome), "lines": rows, "facts": dict(self.facts)}


def of_document(document: object) -> Report:
    """What `Report.document` wrote; the outcome is made anew. Raises ValueError for anything else."""
    try:
        match document:
            case {"lines": list(rows), "facts": dict(facts)}:
                return Report(tuple(_line(row) for row in rows), _facts(facts))
    except (KeyError, TypeError) as error:
        raise ValueError("a line that is none") from error
    raise ValueError("no report")


def _line(row: dict[str, object]) -> Line:
    reason = row["reason"]
    facts = row["facts"]
    if not isinstance(facts, dict):
        raise TypeError("no facts")
    return Line(
        Check(str(row["check"])),
        Verdict(str(row["verdict"])),
        Reason(str(reason)) if reason is not None else None,
        _facts(facts),
    )


def _facts(facts: dict[object, object]) -> Facts:
    return {str(name): value if isinstance(value, int) else str(value) for name, value in facts.items()}


def passed(check: Check, **facts: str | int) -> Line:
    return Line(check, Verdict.PASSED, None, facts)


def failed(check: Check, reason: Reason, **facts: str | int) -> Line:
    return Line(check, Verdict.FAILED, reason, facts)


def unknown(check: Check, reason: Reason, **facts: str | int) -> Line:
    return Line(check, Verdict.UNKNOWN, reason, facts)


def judged(check: Check, holds: bool, reason: Reason, **facts: str | int) -> Line:
    """Passed if it holds, else failed for this reason. The facts belong to both."""
    return passed(check, **facts) if holds else failed(check, reason, **facts)
