"""What a device's proof is worth, by how it was provisioned, and what has to be accepted before it begins."""

from __future__ import annotations

from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.model import Finding, Severity, Text
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, Method
from companion.protocols.mesh.provisioning.choices import is_guessable
from companion.secret import Secret

METHOD_NAMES = {
    Method.STATIC: "static-oob",
    Method.OUTPUT: "output-oob",
    Method.INPUT: "input-oob",
    Method.NO_OOB: "no-oob",
}
"""In runs, and of `--method`."""
NO_PROOF = Finding(
    Text("The device can't prove which one it is"),
    Text("Anyone in range can answer in its place and receive the key of your mesh network."),
    Severity.WARNING,
)
OLD_ALGORITHM = Finding(
    Text("The device has the authentication of Mesh 1.0, which is broken"),
    Text(
        "Anyone in range can answer in its place without its secret, and receive the key of your "
        "mesh network."
    ),
    Severity.WARNING,
)
GUESSABLE = Finding(
    Text("The device's secret is short enough to guess"),
    Text("Anyone in range can guess it and, with luck, receive the key of your mesh network."),
    Severity.WARNING,
)
SPENT = Finding(
    Text("Someone else may know the device's secret"),
    Text(
        "An earlier run with it ended before the device had proved itself. Whoever answered then may have "
        "learned it, and can answer in the device's place now."
    ),
    Severity.WARNING,
)


def risk(choice: Choice, *, static: Secret | None = None, spent: bool = False) -> Finding | None:
    """What the user has to accept; None where the device's proof is one.

    static: the secret of a choice that uses one; spent: see `SpentSecrets`
    """
    if choice.public_key:
        return None
    if choice.method is Method.NO_OOB:
        return NO_PROOF
    if choice.algorithm is Algorithm.CMAC:
        return OLD_ALGORITHM
    if is_guessable(choice, static):
        return GUESSABLE
    return SPENT if spent else None


def session_facts(choice: Choice, *, static: Secret | None = None, spent: bool = False) -> SessionFacts:
    """What a provisioning that came to its end has proved. static, spent: as `risk` takes them"""
    evidence: set[Evidence] = {Evidence.GIVEN_KEY} if choice.public_key else set()
    if choice.algorithm is Algorithm.HMAC and not is_guessable(choice, static) and not spent:
        if choice.method in (Method.STATIC, Method.OUTPUT):
            evidence.add(Evidence.TYPED_SECRET)
        elif choice.method is Method.INPUT:
            evidence.add(Evidence.SCREEN_SECRET)
    return SessionFacts(METHOD_NAMES[choice.method], Channel.SEALED, frozenset(evidence))
