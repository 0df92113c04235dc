"""Who is at the other end, and how what is sent travels: claims about a session.

Before there is a session nothing of it is facts, whatever the protocol promises: what a protocol *can* do is
an expectation, and `expected` findings are worded as such by its driver.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from companion.claims.run_facts import Channel, Evidence, RunFacts, SessionFacts
from companion.model import Finding, Severity, Text

UNPROVED = Finding(
    Text("Not authenticated yet"),
    Text("Its name and state come from its advertisement, which any device can send."),
    Severity.INFO,
)
NO_DEVICE = Finding(
    Text("No device found yet"), Text("There is no information about a device."), Severity.INFO
)
PROVES_NOTHING = Finding(
    Text("The device is not authenticated"),
    Text("Any device in range can claim to be this one."),
    Severity.WARNING,
)
ON_THE_PORT = Finding(
    Text("The device is not authenticated"),
    Text("It is whichever device responds on this serial port."),
    Severity.INFO,
)
IDENTITIES = {
    Evidence.LABEL_KEY: Finding(
        Text("Authenticated by the setup code"),
        Text("It proved the identity key that the setup code names."),
        Severity.GOOD,
    ),
    Evidence.MANUFACTURER: Finding(
        Text("Attested by its manufacturer"),
        Text("Its certificate was issued by a manufacturer you trust."),
        Severity.GOOD,
    ),
    Evidence.KNOWN_KEY: Finding(
        Text("Authenticated by the key on record"),
        Text("It proved the identity key that is in your records."),
        Severity.GOOD,
    ),
    Evidence.TOKEN_KEY: Finding(
        Text("Authenticated by the transfer token"),
        Text("It proved the identity key that the token names."),
        Severity.GOOD,
    ),
    Evidence.COMPARISON: Finding(
        Text("Authenticated by number comparison"),
        Text("It is the device that showed the number. The comparison does not prove its manufacturer."),
        Severity.INFO,
    ),
    Evidence.CODE_SECRET: Finding(
        Text("It knows the secret of the setup code"),
        Text("Another device with the same secret could impersonate it."),
        Severity.INFO,
    ),
    Evidence.TYPED_SECRET: Finding(
        Text("It knows the secret you entered"),
        Text("Another device with the same secret could impersonate it."),
        Severity.INFO,
    ),
    Evidence.SHOWN_SECRET: Finding(
        Text("It knows the secret that its light showed"),
        Text("Anyone who saw or filmed the light in those minutes could impersonate it, or intercept."),
        Severity.INFO,
    ),
    Evidence.HEARD_SECRET: Finding(
        Text("It knows the secret that its sound carried"),
        Text("Anyone who heard or recorded the sound in those minutes could impersonate it, or intercept."),
        Severity.INFO,
    ),
    Evidence.SCREEN_SECRET: Finding(
        Text("It knows the secret that this screen showed"),
        Text("Anyone who saw or filmed the screen in those minutes could impersonate it, or intercept."),
        Severity.INFO,
    ),
    Evidence.SHARED_KEY: Finding(
        Text("Authenticated by a shared key"),
        Text("Another device with the same key could impersonate it."),
        Severity.INFO,
    ),
    Evidence.GIVEN_KEY: Finding(
        Text("Authenticated by the public key you gave"),
        Text("It proved the key whose public part you gave for this device."),
        Severity.GOOD,
    ),
    Evidence.RESUMED: Finding(
        Text("Earlier session resumed"),
        Text(
            "It knows the keys of that session. The run that opened the session records how it was "
            "authenticated."
        ),
        Severity.INFO,
    ),
}
NO_SESSION = Finding(
    Text("Protection not measured yet"),
    Text("It is measured once a session with the device is established."),
    Severity.INFO,
)
CHANNELS = {
    Channel.CLEAR: Finding(
        Text("Nothing is encrypted"),
        Text("The Wi-Fi password is sent unencrypted. Anyone in range can read it."),
        Severity.WARNING,
    ),
    Channel.SERIAL: Finding(
        Text("The password is sent unencrypted over the serial port"),
        Text("Nothing is encrypted. Over a cable, only the connected device can read it."),
        Severity.INFO,
    ),
    Channel.UNAUTHENTICATED: Finding(
        Text("Encrypted, but not protected against tampering"),
        Text("An attacker in range can change messages unnoticed, or guess a short secret."),
        Severity.WARNING,
    ),
    Channel.NONCE_REUSED: Finding(
        Text("The firmware reuses its nonce"),
        Text(
            "Someone who records the traffic can learn parts of the messages by comparing them. "
            "Firmware built with ESP-IDF 5.5 or later fixes this."
        ),
        Severity.WARNING,
    ),
    Channel.SEALED: Finding(
        Text("Encrypted and authenticated"),
        Text("Only the device in this session can read messages, and changes are detected."),
        Severity.GOOD,
    ),
}
FOR_ANYBODY = Finding(
    Text("Encrypted for whichever device answered"),
    Text("That device can read everything. For all others it is encrypted, and changes are detected."),
    Severity.WARNING,
)
"""A sealed session in which nothing was proved."""
HYBRID = Finding(
    Text("Hybrid key exchange"),
    Text("A recording can't be decrypted later, not even with a quantum computer."),
    Severity.GOOD,
)
CLASSIC = Finding(
    Text("Classical cryptography"),
    Text("A recording could be decrypted by a future large quantum computer."),
    Severity.INFO,
)
# Who reads what is sent in a sealed session; what says most comes first.
_READERS = (
    (Evidence.LABEL_KEY, Text("Only the device identified by the setup code can read this.")),
    (Evidence.KNOWN_KEY, Text("Only the device in your records can read this.")),
    (Evidence.TOKEN_KEY, Text("Only the device identified by the transfer token can read this.")),
    (Evidence.MANUFACTURER, Text("Only the device attested by its manufacturer can read this.")),
    (Evidence.GIVEN_KEY, Text("Only the device whose public key you gave can read this.")),
    (Evidence.COMPARISON, Text("Only the device that showed the number can read this.")),
    (Evidence.CODE_SECRET, Text("Only a device that knows the secret of the setup code can read this.")),
    (Evidence.TYPED_SECRET, Text("Only a device that knows the secret you entered can read this.")),
    (Evidence.SHOWN_SECRET, Text("Only a device that knows the secret its light showed can read this.")),
    (Evidence.HEARD_SECRET, Text("Only a device that knows the secret its sound carried can read this.")),
    (Evidence.SCREEN_SECRET, Text("Only a device that read the secret on this screen can read this.")),
    (Evidence.SHARED_KEY, Text("Only a device that knows the shared key can read this.")),
    (Evidence.RESUMED, Text("Only the device of the earlier session can read this.")),
)
_NO_READER = Text("This is encrypted, but the receiving device is not authenticated.")
_REACHES = {
    Channel.CLEAR: Text(
        "This is sent unencrypted: anyone in range can read it, and the receiving device is not "
        "authenticated."
    ),
    Channel.SERIAL: Text("This is sent unencrypted to the device on the serial port."),
    Channel.UNAUTHENTICATED: Text(
        "This is encrypted for a device that knows the secret, but an attacker in range can change it "
        "unnoticed."
    ),
    Channel.NONCE_REUSED: Text(
        "This is encrypted for a device that knows the secret, but a recording can reveal parts of it."
    ),
}
_CHOICE = Text("It answered at {address}. Other devices that fit the setup code were passed over: {others}")
_NOT_CONNECTED = Text("No session yet, so it is not known who can read this.")


class Strength(StrEnum):
    """How well a session protects its user, all in all."""

    UNKNOWN = "unknown"
    NONE = "none"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


STRENGTHS = {
    Strength.UNKNOWN: Text("Not measured yet"),
    Strength.NONE: Text("Not encrypted"),
    Strength.WEAK: Text("Weak"),
    Strength.FAIR: Text("Fair"),
    Strength.STRONG: Text("Strong"),
}
_STRONG = frozenset(
    {
        Evidence.LABEL_KEY,
        Evidence.MANUFACTURER,
        Evidence.KNOWN_KEY,
        Evidence.TOKEN_KEY,
        Evidence.GIVEN_KEY,
        Evidence.COMPARISON,
    }
)


def identity(facts: RunFacts) -> tuple[Finding, ...]:
    """Who the device is, as far as that is proved: one finding for each thing that proves it."""
    session = facts.session
    if session is None:
        return (UNPROVED,) if facts.advertised or facts.connected else (NO_DEVICE,)
    if not session.evidence:
        return (ON_THE_PORT if session.channel is Channel.SERIAL else PROVES_NOTHING,)
    return tuple(finding for evidence, finding in IDENTITIES.items() if evidence in session.evidence)


def choice(facts: RunFacts) -> Text | None:
    """Which of several devices it is; None where no other one fitted, and before there is a session."""
    if facts.session is None or not facts.passed_over:
        return None
    others = ", ".join(sorted(facts.passed_over))
    return replace(_CHOICE, facts={"address": facts.address, "others": others})


def channel(facts: RunFacts) -> tuple[Finding, ...]:
    """How messages are protected on their way, and against whom."""
    session = facts.session
    if session is None:
        return (NO_SESSION,)
    recorded = () if session.hybrid is None else (HYBRID if session.hybrid else CLASSIC,)
    unproved = session.channel is Channel.SEALED and not session.evidence
    return (FOR_ANYBODY if unproved else CHANNELS[session.channel], *recorded)


def measured(session: SessionFacts) -> tuple[Finding, ...]:
    """All that a session is worth, for the run's findings."""
    facts = RunFacts(session=session)
    return (*identity(facts), *channel(facts))


def reach(facts: RunFacts) -> Text:
    """To whom what is sent now goes, and how, in one sentence: for the page that asks for a passphrase."""
    session = facts.session
    if session is None:
        return _NOT_CONNECTED
    if session.channel in (Channel.CLEAR, Channel.SERIAL):
        return _REACHES[session.channel]
    if not session.evidence:
        return _NO_READER
    if session.channel in _REACHES:
        return _REACHES[session.channel]
    return next(sentence for evidence, sentence in _READERS if evidence in session.evidence)


def strength(facts: RunFacts) -> Strength:
    """All in all. Unknown until there is a session."""
    session = facts.session
    if session is None:
        return Strength.UNKNOWN
    if session.channel in (Channel.CLEAR, Channel.SERIAL):
        return Strength.NONE
    if session.channel is not Channel.SEALED or not session.evidence:
        return Strength.WEAK
    return Strength.STRONG if session.evidence & _STRONG else Strength.FAIR
