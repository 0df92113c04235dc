"""What a proof is worth: every algorithm with every method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.claims import Evidence
from companion.protocols.mesh.provisioning import authenticity
from companion.protocols.mesh.provisioning.authenticity import risk, session_facts
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, Method
from companion.secret import Secret

STATIC = Choice(Algorithm.HMAC, Method.STATIC)
OUTPUT = Choice(Algorithm.HMAC, Method.OUTPUT, size=6)
INPUT = Choice(Algorithm.HMAC, Method.INPUT, size=6)
NO_OOB = Choice(Algorithm.HMAC)


@pytest.mark.parametrize(
    ("choice", "evidence"),
    [(STATIC, Evidence.TYPED_SECRET), (OUTPUT, Evidence.TYPED_SECRET), (INPUT, Evidence.SCREEN_SECRET)],
)
def test_a_secret_proves_the_device_with_the_algorithm_of_mesh_1_1_alone(
    choice: Choice, evidence: Evidence
) -> None:
    assert risk(choice) is None and session_facts(choice).evidence == {evidence}
    old = replace(choice, algorithm=Algorithm.CMAC)
    assert risk(old) is authenticity.OLD_ALGORITHM and session_facts(old).evidence == frozenset()


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("choice", [STATIC, OUTPUT, INPUT, NO_OOB])
def test_a_key_that_was_given_proves_the_device_by_itself(choice: Choice, algorithm: Algorithm) -> None:
    given = replace(choice, algorithm=algorithm, public_key=True)
    assert risk(given) is None and Evidence.GIVEN_KEY in session_facts(given).evidence


def test_without_a_secret_or_with_one_that_is_short_or_known_nothing_is_proved() -> None:
    short = replace(OUTPUT, size=3)
    assert risk(NO_OOB) is authenticity.NO_PROOF and session_facts(NO_OOB).evidence == frozenset()
    assert risk(short) is authenticity.GUESSABLE and session_facts(short).evidence == frozenset()
    for octets in (bytes(range(1, 8)), bytes(range(1, 8)) + bytes(9), bytes(16)):
        few = Secret(octets)
        assert risk(STATIC, static=few) is authenticity.GUESSABLE
        assert session_facts(STATIC, static=few).evidence == frozenset()
    enough = Secret(bytes(range(1, 9)))
    assert risk(STATIC, static=enough) is None and session_facts(STATIC, static=enough).evidence
    assert risk(STATIC, spent=True) is authenticity.SPENT
    assert session_facts(STATIC, spent=True).evidence == frozenset()
