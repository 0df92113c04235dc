"""What is to be expected of a Matter device before connecting, and what its attestation turned out to be."""

from __future__ import annotations

from companion.model import Finding, Severity, Text
from companion.protocols.matter.attestation.report import Outcome
from companion.protocols.matter.driver.report_words import OUTCOMES

PASSCODE = Finding(
    Text("The passcode protects setup"),
    Text(
        "Both sides must prove that they know the passcode, and every message is encrypted. Anyone who reads "
        "the label while the device waits could set it up too."
    ),
    Severity.INFO,
    expected=True,
)
_SENTENCES = {
    Outcome.TEST: Text("Its certificates are for development. They do not prove the manufacturer."),
    Outcome.UNPROVEN: Text(
        "Import the roots of manufacturers with --paa to check it. Without them a copy looks the same."
    ),
    Outcome.REFUSED: Text("You accepted this risk. The report lists what failed."),
}


def attested(outcome: Outcome) -> Finding:
    """What follows from the report."""
    sentence = _SENTENCES.get(outcome)
    if sentence is None:
        claim = Text("Certificates of the manufacturer and the Alliance vouch for it.")
        return Finding(OUTCOMES[outcome], claim, Severity.GOOD)
    return Finding(OUTCOMES[outcome], sentence, Severity.WARNING)
