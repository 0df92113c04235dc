"""What is to be expected of a session before it begins. What it turned out to be: `companion.claims`."""

from __future__ import annotations

from companion.model import Finding, Severity, Text
from companion.protocols.rp1.methods import HYBRID, METHOD_NAMES, Method, has
from companion.protocols.rp1.setup_code.label_code import Rp1Code

LABEL = Finding(
    Text("The device must prove the key in its setup code"),
    Text("Companion sends no credentials until the device has proved the identity key in the code."),
    Severity.INFO,
    expected=True,
)
COMPARE = Finding(
    Text("Number comparison required"),
    Text("The comparison authenticates the device showing the number. It does not prove its manufacturer."),
    Severity.INFO,
    expected=True,
)
SHARED = Finding(
    Text("The device must know the shared key"),
    Text("Another device with the same key could impersonate it."),
    Severity.INFO,
    expected=True,
)
SHOWN = Finding(
    Text("The device must know the secret that was shown"),
    Text("Anyone else who sees or hears that secret could impersonate it or intercept. Keep others away."),
    Severity.INFO,
    expected=True,
)
KEY = Finding(
    Text("The device must prove its own key"),
    Text(
        "It must be the key in the setup code, a key in your records, or a key attested by the manufacturer."
    ),
    Severity.INFO,
    expected=True,
)
QUANTUM = Finding(
    Text("Hybrid key exchange required"),
    Text("If the device offers less, Companion stops."),
    Severity.INFO,
    expected=True,
)


def expected(code: Rp1Code | None, method: str | None) -> tuple[Finding, ...]:
    """What the ordered method can prove, or the one that is taken without an order."""
    bits = METHOD_NAMES.get(method or "")
    if bits is None:
        bits = Method.OOB if code is not None and has(code.methods, Method.OOB) else Method.NC
    found = [COMPARE] if has(bits, Method.NC) else []
    if has(bits, Method.OOB):
        found.append(LABEL if code is not None else SHOWN)
    if has(bits, Method.PSK):
        found.append(SHARED)
    if has(bits, Method.KEY):
        found.append(KEY)
    if code is not None and HYBRID in code.suites:
        found.append(QUANTUM)
    return tuple(found)
