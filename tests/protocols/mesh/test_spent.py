"""Static secrets that somebody may have learned are remembered, without being told."""

from __future__ import annotations

from companion.protocols.mesh.provisioning.spent import SpentSecrets
from companion.secret import Secret
from tests.protocols.on_air import DictMemory


def test_what_was_noted_stays_until_it_was_proved() -> None:
    memory = DictMemory()
    one, other = Secret(b"one secret"), Secret(b"another")
    SpentSecrets(memory).note(one)
    SpentSecrets(memory).note(one)
    assert SpentSecrets(memory).has(one) and not SpentSecrets(memory).has(other)
    assert SpentSecrets(memory).has(Secret(b"one secret\0")), "it is filled with zeros"
    assert memory.kept == {} and not any(b"one secret" in each for each in memory.sealed.values())
    SpentSecrets(memory).clear(one)
    assert not SpentSecrets(memory).has(one) and memory.sealed == {}
