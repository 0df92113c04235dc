"""How well ESP-IDF provisioning protects its user, said plainly."""

from __future__ import annotations

from companion.model import Finding, Severity, Text
from companion.protocols.espressif.choice import Promise
from companion.protocols.espressif.version import Version

IN_CLEAR = Finding(
    Text("Nothing is encrypted (Security 0)"),
    Text("The Wi-Fi passphrase goes over the air in clear. Anyone in range can read it."),
    Severity.WARNING,
)
NO_INTEGRITY = Finding(
    Text("Encrypted, but not protected against changes (Security 1)"),
    Text(
        "Nobody can read the passphrase without the secret of the label, but who is in range can change "
        "messages unnoticed, and who poses as the device can guess a short secret."
    ),
    Severity.WARNING,
)
NO_SECRET = Finding(
    Text("The device has no secret"),
    Text("It proves nothing, so anyone in range could pose as it and learn the Wi-Fi passphrase."),
    Severity.WARNING,
)
MUTUAL_PROOF = Finding(
    Text("Both sides prove that they know the label's secret (Security 2)"),
    Text("The secret never leaves either side (SRP-6a), and every message is encrypted and authenticated."),
    Severity.GOOD,
)
REUSED_NONCE = Finding(
    Text("The firmware reuses its nonce (Security 2 before patch 1)"),
    Text(
        "Who records the radio can learn parts of the messages by comparing them. "
        "Firmware made with ESP-IDF 5.5 or later mends this."
    ),
    Severity.WARNING,
)
UNSIGNED_VERSION = Finding(
    Text("What the device says about its protection is not authenticated"),
    Text("Companion never goes below what the setup code promises, whatever the device says."),
    Severity.INFO,
)


def expected(promise: Promise) -> tuple[Finding, ...]:
    """What is known before connecting: the least protection that the code promises."""
    if promise.least == 2:
        return (MUTUAL_PROOF, UNSIGNED_VERSION)
    if promise.least == 1:
        return (NO_INTEGRITY, UNSIGNED_VERSION)
    return (UNSIGNED_VERSION,)


def met(security: int, version: Version, *, secret: bool, reuses_nonce: bool) -> tuple[Finding, ...]:
    """What the session that was agreed is worth. `secret`: a proof of possession took part."""
    if security == 0:
        return (IN_CLEAR,)
    if security == 1:
        return (NO_INTEGRITY,) if secret else (NO_INTEGRITY, NO_SECRET)
    old = reuses_nonce or version.patch == 0
    return (MUTUAL_PROOF, REUSED_NONCE) if old else (MUTUAL_PROOF,)
