"""The five published attacks on mesh provisioning, each also on a commissioner without what stops it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from companion.claims import Evidence, SessionFacts
from companion.errors import OperationTimeout, RiskUnaccepted
from companion.errors.mesh import MeshReflected, MeshSecretSpent, MeshSecretWrong
from companion.model import Advertisement, FoundDevice
from companion.protocols import Order
from companion.protocols.mesh.driver import dialogue
from companion.protocols.mesh.driver.dialogue import Dialogue, Known
from companion.protocols.mesh.provisioning import auth_value, authenticity, pdus, provisioner
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, InputAction, Method
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.provisioning.spent import SpentSecrets
from companion.protocols.mesh.virtual.options import BOTH, HAS_STATIC, TAKES_NUMBER
from companion.secret import Secret
from tests.adversary.mesh_impostor import (
    Foreteller,
    Guesser,
    Impostor,
    Inverter,
    KeyReflector,
    Reflector,
)
from tests.protocols.on_air import DictMemory

NETWORK_KEY = Secret(bytes(range(16)))
DATA = ProvisioningData(NETWORK_KEY, 0, 0, 2)
MAKER = bytes(range(1, 15))
"""What all secrets of a careless maker begin with, and everybody knows."""
STATIC = Secret(MAKER + b"\x04\xd2")
"""All but two octets are known: the attacker can try all of them."""
OLD = 1 << Algorithm.CMAC
UNATTENDED = Order(attended=False)


class Wire:
    """The commissioner's link, which ends at the attacker. data: what was handed over, as it was sealed"""

    def __init__(self, impostor: Impostor) -> None:
        self.impostor = impostor
        self.data: pdus.Data | None = None
        self._answers: list[bytes] = []

    async def send(self, message: bytes) -> None:
        pdu = pdus.decode(message)
        if isinstance(pdu, pdus.Data):
            self.data = pdu
        self._answers += self.impostor.hear(message)

    async def receive(self, seconds: float) -> bytes:
        if not self._answers:
            raise OperationTimeout("the attacker says nothing")
        return self._answers.pop(0)


class Nobody:
    """A run without a person: it reports to nobody, and nobody answers."""

    def report(self, event: object) -> None:
        """Nothing."""

    async def ask(self, question: object) -> Any:
        return False


class Victim:
    """A commissioner that remembers between its runs."""

    def __init__(self, known: Known | None = None) -> None:
        self.memory = DictMemory()
        self._known = known or Known()

    async def run(self, impostor: Impostor, order: Order = UNATTENDED) -> tuple[SessionFacts, Wire]:
        """A whole provisioning, to whoever it is. Raises what refuses it."""
        wire = Wire(impostor)
        found = FoundDevice("mesh", Advertisement(address="C0:FF:EE:00:00:01"), "Lamp")
        reporter: Any = Nobody()
        known = replace(self._known)
        made = Dialogue(wire, found, order, reporter, SpentSecrets(self.memory), known)
        await made.offered()
        _, facts = await made.authenticate()
        await made.hand_over(DATA)
        return facts, wire


def with_static() -> Victim:
    return Victim(Known(secret=STATIC))


def stolen(wire: Wire) -> Secret:
    """The network key that the attacker has now."""
    assert wire.data is not None
    return wire.impostor.opened(wire.data).key


def all_secrets(algorithm: Algorithm) -> Iterator[Secret]:
    """Every static secret of the maker around the right one: what a brute force tries."""
    made = (MAKER + value.to_bytes(2, "big") for value in range(1200, 1300))
    return (auth_value.of_static(Secret(each), algorithm) for each in made)


@pytest.fixture
def believes_reflections(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commissioner of Mesh 1.0, which compares nothing with what it sent."""
    monkeypatch.setattr(provisioner, "require_other", lambda ours, theirs: None)


@pytest.fixture
def believes_the_old_algorithm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commissioner for whom a confirmation of Mesh 1.0 is a proof."""
    honest = authenticity.session_facts

    def believed(choice: Choice, *, static: Secret | None = None, spent: bool = False) -> SessionFacts:
        return honest(replace(choice, algorithm=Algorithm.HMAC), spent=spent)

    monkeypatch.setattr(authenticity, "risk", lambda choice, static, spent: None)
    monkeypatch.setattr(authenticity, "session_facts", believed)


@pytest.mark.parametrize("algorithms", [BOTH, OLD])
class TestReflection:
    """CVE-2020-26560: both ends compute the same confirmation, so ours comes back as theirs."""

    order = Order(attended=False, accept_risks=True)

    async def test_it_is_noticed(self, algorithms: int) -> None:
        with pytest.raises(MeshReflected):
            await with_static().run(Reflector(replace(HAS_STATIC, algorithms=algorithms)), self.order)

    async def test_it_succeeds_where_nothing_is_compared(
        self, algorithms: int, believes_reflections: None
    ) -> None:
        reflector = Reflector(replace(HAS_STATIC, algorithms=algorithms))
        _, wire = await with_static().run(reflector, self.order)
        assert stolen(wire) == NETWORK_KEY


class TestPublicKeyReflection:
    """BlueMirror: the commissioner agrees on a key with itself, and proves its secret to itself."""

    @pytest.mark.parametrize("negative", [False, True])
    async def test_it_is_noticed(self, negative: bool) -> None:
        with pytest.raises(MeshReflected):
            await with_static().run(MirroredKey(HAS_STATIC, negative=negative))

    @pytest.mark.parametrize("negative", [False, True])
    async def test_it_succeeds_where_nothing_is_compared(
        self, negative: bool, believes_reflections: None
    ) -> None:
        facts, wire = await with_static().run(MirroredKey(HAS_STATIC, negative=negative))
        assert facts.evidence == {Evidence.TYPED_SECRET} and wire.data is not None


class MirroredKey(KeyReflector, Reflector):
    """Sends back all three."""


class TestMalleableCommitment:
    """CVE-2020-26556: an impostor that finds the secret in time opens its commitment to it."""

    async def test_the_old_algorithm_is_not_taken_without_a_person_s_word(self) -> None:
        with pytest.raises(RiskUnaccepted):
            await with_static().run(Inverter(replace(HAS_STATIC, algorithms=OLD)), UNATTENDED)

    async def test_if_somebody_accepts_it_nothing_is_claimed(self) -> None:
        impostor = Inverter(replace(HAS_STATIC, algorithms=OLD))
        facts, _ = await with_static().run(impostor, Order(attended=False, accept_risks=True))
        assert facts.evidence == frozenset()

    async def test_the_new_algorithm_binds_the_impostor_to_its_guess(self) -> None:
        guess = auth_value.of_static(Secret(b"\x00\x01"), Algorithm.HMAC)
        impostor = Guesser(HAS_STATIC, guess, all_secrets(Algorithm.HMAC))
        with pytest.raises(MeshSecretWrong):
            await with_static().run(impostor)
        assert impostor.learned is not None

    async def test_it_succeeds_where_the_old_algorithm_is_believed(
        self, believes_the_old_algorithm: None
    ) -> None:
        impostor = Inverter(replace(HAS_STATIC, algorithms=OLD))
        facts, wire = await with_static().run(impostor)
        assert facts.evidence == {Evidence.TYPED_SECRET} and stolen(wire) == NETWORK_KEY
        assert impostor.learned == auth_value.of_static(STATIC, Algorithm.CMAC)


class TestPredictableSecret:
    """CVE-2020-26557: whoever foretells the number that the device should take proves it at once."""

    choice = Choice(Algorithm.HMAC, Method.INPUT, InputAction.TEXT, 8)
    offered = replace(TAKES_NUMBER, input_size=8, inputs=1 << InputAction.TEXT)

    async def test_numbers_are_drawn_anew(self) -> None:
        """The attacker knows the last one, and the state of Python's own random numbers."""
        random.seed(7)
        last = auth_value.of_typed(auth_value.fresh_text(self.choice), self.choice)
        with pytest.raises(MeshSecretWrong):
            await Victim().run(Typist(self.offered, last))

    async def test_it_succeeds_where_they_are_drawn_predictably(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(auth_value, "secrets", random.Random(7))
        foretold = auth_value.of_typed(auth_value.fresh_text(self.choice), self.choice)
        monkeypatch.setattr(auth_value, "secrets", random.Random(7))
        facts, wire = await Victim().run(Typist(self.offered, foretold))
        assert facts.evidence == {Evidence.SCREEN_SECRET} and stolen(wire) == NETWORK_KEY


class Typist(Foreteller):
    """Says that somebody entered the number on it, which it foretold."""

    def hear(self, octets: bytes) -> list[bytes]:
        said = super().hear(octets)
        if octets[0] == pdus.PublicKey.opcode:
            said.append(pdus.encode(pdus.InputComplete()))
        return said


class TestShortSecret:
    """Whoever acted as the device tries all of them on what we revealed, and is right the next time."""

    short = Secret(bytes(range(1, 8)))

    async def test_it_is_no_proof(self) -> None:
        victim = Victim(Known(secret=self.short))
        honest = Foreteller(HAS_STATIC, auth_value.of_static(self.short, Algorithm.HMAC))
        with pytest.raises(RiskUnaccepted):
            await victim.run(honest, UNATTENDED)
        facts, _ = await victim.run(honest, Order(attended=False, accept_risks=True))
        assert facts.evidence == frozenset()


class TestLeakedSecret:
    """CVE-2020-26559: a failed exchange teaches the impostor the secret, and the next one uses it again."""

    async def test_a_secret_that_was_revealed_is_not_used_again(self) -> None:
        victim = with_static()
        impostor = await learned_from(victim)
        with pytest.raises(MeshSecretSpent):
            await victim.run(Foreteller(HAS_STATIC, impostor))

    async def test_if_somebody_accepts_it_nothing_is_claimed(self) -> None:
        victim = with_static()
        impostor = await learned_from(victim)
        order = Order(attended=False, accept_risks=True)
        facts, _ = await victim.run(Foreteller(HAS_STATIC, impostor), order)
        assert facts.evidence == frozenset()

    async def test_it_succeeds_against_a_commissioner_that_forgets(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SpentSecrets, "note", lambda self, secret: None)
        victim = with_static()
        facts, wire = await victim.run(Foreteller(HAS_STATIC, await learned_from(victim)))
        assert facts.evidence == {Evidence.TYPED_SECRET} and stolen(wire) == NETWORK_KEY

    async def test_a_device_that_proved_itself_may_be_set_up_again(self) -> None:
        victim = with_static()
        honest = auth_value.of_static(STATIC, Algorithm.HMAC)
        for _ in range(2):
            facts, _ = await victim.run(Foreteller(HAS_STATIC, honest))
            assert facts.evidence == {Evidence.TYPED_SECRET}


async def learned_from(victim: Victim) -> Secret:
    """What an impostor knows after an exchange in which it proved a wrong guess."""
    guess = auth_value.of_static(Secret(b"\x00\x01"), Algorithm.HMAC)
    impostor = Guesser(HAS_STATIC, guess, all_secrets(Algorithm.HMAC))
    with pytest.raises(MeshSecretWrong):
        await victim.run(impostor)
    assert impostor.learned is not None
    return impostor.learned


def test_the_dialogue_uses_what_is_taken_away_here() -> None:
    """An ablation of a name that nobody uses would show nothing."""
    assert dialogue.authenticity is authenticity and dialogue.auth_value is auth_value
