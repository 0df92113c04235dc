"""By which way a device is provisioned: all that it offers, and the best of those that a run can use.

Nothing weaker is ever taken by itself. What is asked for and not there is an error, and whether what
authenticates nobody may be used is asked of a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import MethodUnavailable, VersionUnsupported
from companion.errors.mesh import MeshProtectionMissing
from companion.model import Text
from companion.protocols.mesh.provisioning.capabilities import (
    Algorithm,
    Capabilities,
    Choice,
    InputAction,
    Method,
    OutputAction,
)
from companion.secret import Secret

LEAST_CHARACTERS = 4
"""A number of fewer digits is guessed too easily by whoever acts as the device."""
LEAST_OCTETS = 8
"""Whoever acts as the device can try every static secret of fewer octets on what we revealed, afterwards."""
_COUNTED = (
    (Method.OUTPUT, OutputAction.BLINK),
    (Method.OUTPUT, OutputAction.BEEP),
    (Method.OUTPUT, OutputAction.VIBRATE),
    (Method.INPUT, InputAction.PUSH),
    (Method.INPUT, InputAction.TWIST),
)
_OFFERS_NO_OTHER = Text(
    "The device offers no such way. Leave out `--method`, and Companion takes the best that it has."
)
_COUNTED_DIGITS = 1
"""Nobody counts to a hundred."""


@dataclass(frozen=True)
class Wanted:
    """What a run can do.

    method: the only one that is wanted, None: the best; has_secret: there is a static one; has_key: the
    device's public key is known; requires_enhanced: the algorithm of Mesh 1.0 is refused; short_secret: the
    static one is short enough to guess
    """

    method: Method | None = None
    has_secret: bool = False
    has_key: bool = False
    requires_enhanced: bool = False
    short_secret: bool = False


def algorithm_of(offered: Capabilities) -> Algorithm:
    """The best that the device has. Raises VersionUnsupported for one with none that is known."""
    for algorithm in (Algorithm.HMAC, Algorithm.CMAC):
        if offered.offers(algorithm):
            return algorithm
    raise VersionUnsupported(f"algorithms {offered.algorithms:#06x}")


def possible(offered: Capabilities, known_key: bool = False) -> tuple[Choice, ...]:
    """All that the device can do with its best algorithm. Raises VersionUnsupported."""
    algorithm = algorithm_of(offered)
    if known_key and not offered.public_key:
        return ()
    pairs: list[tuple[Method, int, int]] = []
    pairs += [(Method.OUTPUT, each, offered.output_size) for each in offered.output_actions]
    pairs += [(Method.INPUT, each, offered.input_size) for each in offered.input_actions]
    pairs += [(Method.STATIC, 0, 0)] * offered.has_static + [(Method.NO_OOB, 0, 0)] * (not offered.needs_oob)
    return tuple(
        Choice(
            algorithm,
            method,
            action,
            min(size, _COUNTED_DIGITS) if (method, action) in _COUNTED else size,
            known_key,
        )
        for method, action, size in pairs
    )


def choose(offered: Capabilities, wanted: Wanted) -> Choice:
    """The best way.

    Raises MeshProtectionMissing where the run has more than the device offers to prove, MethodUnavailable for
    a method that is wanted and not there, VersionUnsupported.
    """
    if wanted.requires_enhanced and algorithm_of(offered) is not Algorithm.HMAC:
        raise _missing(
            "no enhanced provisioning authentication",
            Text(
                "It has the authentication of Mesh 1.0 only, which `--epa-only` rejects. No keys were handed "
                "over. Newer firmware may have more. Without `--epa-only`, Companion warns and asks."
            ),
        )
    if wanted.has_key and not offered.public_key:
        raise _missing(
            "no public key out of band",
            Text(
                "It offers no public key to check against the one you gave. It may be another device than "
                "you think. Check it, or leave out `--oob-public-key`."
            ),
        )
    if wanted.has_secret and wanted.method in (None, Method.STATIC) and not offered.has_static:
        raise _missing(
            "no static secret",
            Text(
                "It has no static secret to check against the one you gave. It may be another device than "
                "you think. Check it, or leave out `--static-oob`."
            ),
        )
    fitting = [each for each in possible(offered, wanted.has_key) if wanted.method in (None, each.method)]
    if not fitting:
        error = MethodUnavailable("the device does not offer it")
        error.missing = _OFFERS_NO_OTHER
        raise error
    return max(fitting, key=lambda choice: _rank(choice, wanted))


def _missing(detail: str, advice: Text) -> MeshProtectionMissing:
    error = MeshProtectionMissing(detail)
    error.missing = advice
    return error


def is_guessable(choice: Choice, static: Secret | None = None) -> bool:
    """Whether its secret is so short that a guess is worth a try. static: the device's, where it is known"""
    if choice.method is Method.STATIC:
        return static is not None and is_short(static)
    return choice.method is not Method.NO_OOB and choice.size < LEAST_CHARACTERS


def is_short(static: Secret) -> bool:
    """Whether a static secret can be guessed. Zeros at its end count for nothing: it is filled with them."""
    return len(static.reveal().rstrip(b"\x00")) < LEAST_OCTETS


def _rank(choice: Choice, wanted: Wanted) -> tuple[int, bool, int]:
    """A secret that is there, then what is drawn anew, then a secret that has to be asked for."""
    if choice.method is Method.STATIC:
        place = 1 if wanted.short_secret else 4 if wanted.has_secret else 2
    elif choice.method is Method.NO_OOB:
        place = 0
    else:
        place = 1 if is_guessable(choice) else 3
    return place, choice.method is Method.OUTPUT, choice.size + choice.is_text
