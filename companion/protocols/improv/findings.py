"""What is to be expected of Improv before connecting, said plainly. What was measured: `companion.claims`."""

from __future__ import annotations

from companion.model import Finding, Severity, Text

IN_CLEAR = Finding(
    Text("Improv encrypts nothing"),
    Text("The Wi-Fi passphrase will go over the air in clear. Anyone in range can read it."),
    Severity.WARNING,
    expected=True,
)
UNPROVEN = Finding(
    Text("Improv devices prove nothing"),
    Text("Any device in range can claim to be this one. Let it blink, and look which one does."),
    Severity.WARNING,
    expected=True,
)
