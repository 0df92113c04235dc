"""What is to be expected of ESP-IDF provisioning before connecting. What was measured: `companion.claims`."""

from __future__ import annotations

from companion.model import Finding, Severity, Text
from companion.protocols.espressif.security.choice import CodeSecurity

REQUIRED_2 = Finding(
    Text("Security 2 required"),
    Text(
        "Both sides must prove that they know the secret of the setup code, and every message must be "
        "encrypted and authenticated. Otherwise Companion stops."
    ),
    Severity.INFO,
    expected=True,
)
REQUIRED_1 = Finding(
    Text("Security 1 does not protect against tampering"),
    Text("If the device offers nothing better, an attacker in range can change messages unnoticed."),
    Severity.WARNING,
    expected=True,
)
UNKNOWN = Finding(
    Text("Protection is known once connected"),
    Text(
        "The device decides which protection is used. Companion asks you before it sends anything "
        "unencrypted."
    ),
    Severity.INFO,
    expected=True,
)
UNSIGNED_VERSION = Finding(
    Text("The device's claims about its protection are not authenticated"),
    Text("Companion never accepts less protection than the setup code requires."),
    Severity.INFO,
    expected=True,
)


def expected(code_security: CodeSecurity) -> tuple[Finding, ...]:
    """The least protection that the code promises."""
    if code_security.least == 2:
        return (REQUIRED_2, UNSIGNED_VERSION)
    if code_security.least == 1:
        return (REQUIRED_1, UNSIGNED_VERSION)
    return (UNKNOWN,)
