"""What is said of a device's firmware beside its user's rules: who says it, and what that proves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from companion.claims.run_facts import Channel, Evidence, RunFacts
from companion.model import Finding, Severity, Text

ITS_WORD = Text("The device says so itself, and nothing protects that from being changed on the way.")
ITS_WORD_SEALED = Text(
    "The device says so itself. Its session was protected, but nobody vouches for the version."
)
ITS_WORD_ATTESTED = Text(
    "The device says so itself. Its manufacturer vouches for the device, not for this version."
)
MEASURED = Text("This was measured in this session.")
UNTOLD: Mapping[str, Text] = {
    "model": Text("The device does not say which model it is."),
    "version": Text("The device does not say its firmware's version in a form that has an order."),
    "sequence": Text("The device does not say its firmware's sequence number."),
    "nonce-fix": Text("The rule is about Security 2, which this session did not use."),
}
_MET: Mapping[str, Callable[[str, str], Text]] = {
    "version": lambda told, least: Text(
        "Firmware {version} meets your rule: at least {least}", {"version": told, "least": least}
    ),
    "sequence": lambda told, least: Text(
        "Firmware with sequence number {sequence} meets your rule: at least {least}",
        {"sequence": told, "least": least},
    ),
    "nonce-fix": lambda told, least: Text("The firmware has the nonce fix that your rule asks for"),
}


def its_word(facts: RunFacts) -> Text:
    """What stands behind anything that the device says of itself in this run."""
    session = facts.session
    if session is None or session.channel is not Channel.SEALED:
        return ITS_WORD
    return ITS_WORD_ATTESTED if Evidence.MANUFACTURER in session.evidence else ITS_WORD_SEALED


def meets(asked: str, told: str, least: str, facts: RunFacts) -> Finding:
    """A rule is met. asked: "version", "sequence", "nonce-fix"; told, least: what is said, and asked for"""
    sentence = MEASURED if asked == "nonce-fix" else its_word(facts)
    return Finding(_MET[asked](told, least), sentence, Severity.INFO)


def not_checked(subject: str, asked: str) -> Finding:
    """A rule could not be held against the device, and the user wants to go on then. asked: also "model" """
    return Finding(
        Text("Your firmware rule for {subject} was not checked", {"subject": subject}),
        UNTOLD[asked],
        Severity.WARNING,
    )


def rolled_back(before: str, now: str) -> Finding:
    """The device ran a newer version when it was met before."""
    return Finding(
        Text(
            "Older firmware than before: {version}, and {before} before that",
            {"version": now, "before": before},
        ),
        Text("An older version can bring back flaws that were fixed. The device says both versions itself."),
        Severity.WARNING,
    )


def signer_unseen() -> Finding:
    """A rule names who has to have signed the firmware."""
    return Finding(
        Text("Who signed its firmware is not known"),
        Text(
            "No device says that. The key in your rule counts for the files that Companion keeps and sends."
        ),
        Severity.INFO,
    )
