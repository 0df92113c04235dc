"""What is to be expected of Improv before connecting, said plainly. What was measured: `companion.claims`."""

from __future__ import annotations

from companion.model import Finding, Severity, Text

IN_CLEAR = Finding(
    Text("Improv does not encrypt anything"),
    Text("The Wi-Fi password will be sent unencrypted. Anyone in range can read it."),
    Severity.WARNING,
    expected=True,
)
UNPROVEN = Finding(
    Text("Improv does not authenticate devices"),
    Text("Any device in range can claim to be this one. Make it blink to see which one it is."),
    Severity.WARNING,
    expected=True,
)
