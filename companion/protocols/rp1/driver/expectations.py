"""What is to be expected of a session before it begins. What it turned out to be: `companion.claims`."""

from __future__ import annotations

from companion.model import Finding, Severity, Text
from companion.protocols.rp1.methods import HYBRID, METHOD_NAMES, Method, has
from companion.setup_code.rp1 import Rp1Code

LABEL = Finding(
    Text("The device must prove the key of its setup code"),
    Text("Companion hands nothing over before it has proved the identity key that the code names."),
    Severity.INFO,
    expected=True,
)
COMPARE = Finding(
    Text("A number has to be compared"),
    Text("That authenticates the device that shows it. It does not prove who made it."),
    Severity.INFO,
    expected=True,
)
SHARED = Finding(
    Text("The device must know the shared key"),
    Text("Another device with the same key could answer as well."),
    Severity.INFO,
    expected=True,
)
KEY = Finding(
    Text("The device must prove its own key"),
    Text("It has to be the key of the setup code, one that you know, or one that its manufacturer attests."),
    Severity.INFO,
    expected=True,
)
QUANTUM = Finding(
    Text("Hybrid key exchange required"),
    Text("With less than its code promises, Companion stops."),
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
        found.append(LABEL)
    if has(bits, Method.PSK):
        found.append(SHARED)
    if has(bits, Method.KEY):
        found.append(KEY)
    if code is not None and HYBRID in code.suites:
        found.append(QUANTUM)
    return tuple(found)
