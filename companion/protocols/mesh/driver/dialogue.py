"""One provisioning over one link: the provisioner's messages, and what a person has to do for its secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from companion.claims import SessionFacts
from companion.errors import MethodUnavailable
from companion.errors.mesh import MeshSecretSpent
from companion.events import ShowPasskey
from companion.model import FoundDevice, Text
from companion.protocols import Order, Reporter
from companion.protocols.mesh import known_secrets
from companion.protocols.mesh.driver.gatt import Peer
from companion.protocols.mesh.provisioning import auth_value, authenticity
from companion.protocols.mesh.provisioning.capabilities import (
    Capabilities,
    Choice,
    Method,
    OutputAction,
)
from companion.protocols.mesh.provisioning.choices import Wanted, choose, is_short
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.provisioning.provisioner import Offered, Proved, Provisioner
from companion.protocols.mesh.provisioning.spent import SpentSecrets
from companion.protocols.risk import require_acceptance
from companion.questions import EnterSecret
from companion.secret import Secret

T = TypeVar("T")

ANSWER_SECONDS = 30.0
INPUT_SECONDS = 60.0
"""After which a device gives up by itself (Mesh 1.1, 5.4.4)."""
_PROMPTS: Mapping[int, Text] = {
    OutputAction.BLINK: Text("How often the device blinks"),
    OutputAction.BEEP: Text("How often the device beeps"),
    OutputAction.VIBRATE: Text("How often the device vibrates"),
    OutputAction.NUMBER: Text("The number that the device shows"),
    OutputAction.TEXT: Text("The letters and digits that the device shows"),
}


@dataclass
class Known:
    """What is known of the device in this run, over all of its links.

    secret: static; key: its public key, 64 octets; method: the only one that is wanted; accepted: the risk
    that the user accepted
    """

    secret: Secret | None = None
    key: bytes | None = None
    method: Method | None = None
    requires_enhanced: bool = False
    accepted: Text | None = None


class Dialogue:
    """`offered`, `authenticate`, `hand_over`, once each and in this order. The link's end is the caller's."""

    def __init__(
        self,
        peer: Peer,
        found: FoundDevice,
        order: Order,
        reporter: Reporter,
        spent: SpentSecrets,
        known: Known,
    ) -> None:
        self._peer, self._found, self._order, self._reporter = peer, found, order, reporter
        self._spent, self._known = spent, known
        self._provisioner = Provisioner()
        self._capabilities = Capabilities()

    async def offered(self) -> Capabilities:
        """What the device says that it can do; it shows meanwhile which one it is."""
        await self._peer.send(self._provisioner.invite())
        self._capabilities = (await self._expect(Offered)).capabilities
        return self._capabilities

    async def authenticate(self) -> tuple[Secret, SessionFacts]:
        """The device key, and what the device has proved.

        Raises MeshSecretWrong, MeshReflected, MeshSecretSpent, RiskUnaccepted, MeshProtectionMissing,
        MethodUnavailable, VersionUnsupported, DeviceError and RadioError leaves, Cancelled.
        """
        known = self._known
        has_key, has_secret = known.key is not None, known.secret is not None
        short = known.secret is not None and is_short(known.secret)
        wanted = Wanted(known.method, has_secret, has_key, known.requires_enhanced, short)
        choice = choose(self._capabilities, wanted)
        if choice.method is Method.STATIC and known.secret is None:
            known.secret = await self._ask(known_secrets.static_secret, None)
        spent = await self._accept(choice)
        for message in self._provisioner.start(choice, known.key):
            await self._peer.send(message)
        if not choice.public_key:
            self._provisioner.receive(await self._peer.receive(ANSWER_SECONDS))
        return await self._prove(choice, spent)

    async def hand_over(self, data: ProvisioningData) -> None:
        """Returns once the device said that it has them. Raises what `authenticate` raises."""
        await self._peer.send(self._provisioner.hand_over(data))
        self._provisioner.receive(await self._peer.receive(ANSWER_SECONDS))

    # --- inside --------------------------------------------------------------------------------------

    async def _accept(self, choice: Choice) -> bool:
        """Whether the static secret may be known to others. Goes on only if the risk, if any, is accepted."""
        static = self._static(choice)
        spent = static is not None and self._spent.has(static)
        finding = authenticity.risk(choice, static=static, spent=spent)
        if finding is None or self._known.accepted == finding.claim:
            return spent
        if finding is authenticity.SPENT and not (self._order.attended or self._order.accept_risks):
            raise MeshSecretSpent("static OOB")
        await require_acceptance(self._order, self._reporter, finding)
        self._known.accepted = finding.claim
        return spent

    async def _prove(self, choice: Choice, spent: bool) -> tuple[Secret, SessionFacts]:
        secret = await self._secret(choice)
        await self._peer.send(self._provisioner.confirm(secret))
        self._provisioner.receive(await self._peer.receive(ANSWER_SECONDS))
        static = self._static(choice)
        if static is not None:
            self._spent.note(static)
        await self._peer.send(self._provisioner.reveal())
        proved = await self._expect(Proved)
        facts = authenticity.session_facts(choice, static=static, spent=spent)
        if static is not None and facts.evidence:
            self._spent.clear(static)
        return proved.device_key, facts

    def _static(self, choice: Choice) -> Secret | None:
        """The device's static secret, where it is used."""
        return self._known.secret if choice.method is Method.STATIC else None

    async def _secret(self, choice: Choice) -> Secret:
        """The AuthValue of this exchange."""
        match choice.method:
            case Method.STATIC:
                assert self._known.secret is not None
                try:
                    return auth_value.of_static(self._known.secret, choice.algorithm)
                except ValueError as wrong:
                    raise MethodUnavailable(str(wrong)) from wrong
            case Method.OUTPUT:
                prompt = _PROMPTS[choice.action]
                return await self._ask(lambda text: auth_value.of_typed(Secret(text), choice), prompt)
            case Method.INPUT:
                return await self._input(choice)
            case Method.NO_OOB:
                return auth_value.none(choice.algorithm)

    async def _input(self, choice: Choice) -> Secret:
        text = auth_value.fresh_text(choice)
        shown = Text("Enter {passkey} on the device", {"passkey": text.reveal_text()})
        self._reporter.report(ShowPasskey(shown))
        self._provisioner.receive(await self._peer.receive(INPUT_SECONDS))
        return auth_value.of_typed(text, choice)

    async def _ask(self, read: Callable[[str], Secret], prompt: Text | None) -> Secret:
        """What a person types, as `read` makes it; asked again while it can't be right."""
        problem: Text | None = None
        while True:
            answer = await self._reporter.ask(EnterSecret(self._found, problem=problem, prompt=prompt))
            try:
                return read(answer.secret.reveal_text())
            except ValueError:
                problem = (
                    Text("A static secret has 1 to 32 octets in hexadecimal.")
                    if prompt is None
                    else Text("The device can't show that. Look again.")
                )

    async def _expect(self, kind: type[T]) -> T:
        event = self._provisioner.receive(await self._peer.receive(ANSWER_SECONDS))
        assert isinstance(event, kind)
        return event
