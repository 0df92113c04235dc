"""The secret of a provisioning as the algorithms take it (Mesh 1.1, 5.4.2.4): AuthValue."""

from __future__ import annotations

import secrets

from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, InputAction, Method
from companion.secret import Secret

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_COUNTED = (InputAction.PUSH, InputAction.TWIST)


def none(algorithm: Algorithm) -> Secret:
    """Zeros: nobody proves anything."""
    return Secret(bytes(algorithm.octets))


def of_static(secret: Secret, algorithm: Algorithm) -> Secret:
    """Left-aligned, filled with zeros. Raises ValueError for one that is empty or too long."""
    if not 0 < len(secret) <= algorithm.octets:
        raise ValueError(f"a static secret has 1 to {algorithm.octets} octets")
    return Secret(secret.reveal().ljust(algorithm.octets, b"\x00"))


def of_typed(text: Secret, choice: Choice) -> Secret:
    """What a person read or typed: letters left-aligned, a number right-aligned and big-endian.

    Raises ValueError for what the device can't have shown or taken.
    """
    octets, typed = choice.algorithm.octets, text.reveal_text().strip().upper()
    if not 0 < len(typed) <= choice.size:
        raise ValueError(f"it has at most {choice.size} digits or letters")
    if choice.is_text:
        if any(letter not in _LETTERS for letter in typed):
            raise ValueError("it has letters and digits alone")
        return Secret(typed.encode().ljust(octets, b"\x00"))
    if not (typed.isascii() and typed.isdecimal()):
        raise ValueError("it has digits alone")
    return Secret(int(typed).to_bytes(octets, "big"))


def fresh_text(choice: Choice) -> Secret:
    """What somebody is to enter on the device, or the device is to tell: drawn anew for each exchange.

    Nobody may be able to foretell it (CVE-2020-26557).
    """
    if choice.is_text:
        return Secret("".join(secrets.choice(_LETTERS) for _ in range(choice.size)))
    most = 10**choice.size
    if choice.method is Method.INPUT and choice.action not in _COUNTED:
        return Secret(f"{secrets.randbelow(most):0{choice.size}}")
    # What is counted (blinks, presses) is at least one.
    return Secret(str(1 + secrets.randbelow(most - 1)))
