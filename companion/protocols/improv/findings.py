"""How well Improv protects its user, said plainly."""

from __future__ import annotations

from companion.model import Finding, Severity, Text

IN_CLEAR = Finding(
    Text("Improv encrypts nothing"),
    Text("The Wi-Fi passphrase goes over the air in clear. Anyone in range can read it."),
    Severity.WARNING,
)
UNPROVEN = Finding(
    Text("The device proves nothing"),
    Text("Anything nearby can say that it is this device. Let it blink, and look which one does."),
    Severity.WARNING,
)
BY_CABLE = Finding(
    Text("The passphrase goes through the cable"),
    Text("Improv over a serial port encrypts nothing, and nobody but the device on the cable hears it."),
    Severity.INFO,
)
