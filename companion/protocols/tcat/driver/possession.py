"""What a device wants proved beside certificates: a secret of its label, or of the network that it is in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import CompanionError, MethodUnavailable, WrongTypedSecret
from companion.errors.tcat import CommissionerNotAuthorised
from companion.model import Text
from companion.protocols.tcat import proofs
from companion.protocols.tcat.authorization import Authorization, CommandClass, Condition, Proved, allows
from companion.protocols.tcat.driver.session import failure
from companion.protocols.tcat.tlv import Command, Status
from companion.questions import EnterSecret
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Context, Memory
    from companion.protocols.tcat.driver.session import Session

PSKD = "pskd"
"""`Order.extra`: the PSKd that was given in advance."""
_MOST_PROOFS = 3


def remember_network(memory: Memory, identity_key: bytes, pan_id: bytes, pskc: Secret | None) -> None:
    """Keep the PSKc of the network that a device was given: it may ask for it once it is in there.

    For this device alone: a proof lets whoever asked for it try passphrases, so no other one gets it.
    """
    memory.put_secret(_place(identity_key), None if pskc is None else pan_id + pskc.reveal())


def _place(identity_key: bytes) -> str:
    """In the sealed store. The name never changes: it is on users' disks."""
    return f"network of {hashlib.sha256(identity_key).hexdigest()}"


class Possession:
    """Of one run with one device: what its user said once holds over each of the run's links."""

    def __init__(self, context: Context) -> None:
        self._context, self._reporter = context, context.reporter
        self._pskd: Secret | None = None

    async def prove(
        self, session: Session, mine: Authorization, wanted: CommandClass, about: Proved
    ) -> Proved:
        """`about`, with what had to be proved so that the device obeys commands of a class.

        Raises CommissionerNotAuthorised where the certificate does not open the class, or nothing known here
        proves enough; WrongTypedSecret, Cancelled.
        """
        asked = session.device.of(wanted)
        if not mine.of(wanted) & Condition.ACCESS:
            raise CommissionerNotAuthorised(missing=_CLOSED[wanted])
        if allows(mine, session.device, wanted, about):
            return about
        if asked & Condition.PSKC and (pskc := self._pskc(session, about)) is not None:
            await self._present(session, Command.PRESENT_PSKC_HASH, pskc)
            return replace(about, pskc=True)
        if asked & Condition.PSKD:
            await self._prove_label(session)
            return replace(about, pskd=True)
        return about

    def _pskc(self, session: Session, about: Proved) -> Secret | None:
        """Of the network that this device was given, if that is where it is."""
        pan_id, kept = about.extended_pan_id, self._context.memory.get_secret(_place(session.identity_key))
        if pan_id is None or kept is None or not kept.startswith(pan_id):
            return None
        return Secret(kept[len(pan_id) :])

    async def _prove_label(self, session: Session) -> None:
        """That whoever stands here can read the device's label."""
        refused: CompanionError | None = None
        for _ in range(_MOST_PROOFS):
            secret = await self._secret(refused)
            try:
                await self._present(session, Command.PRESENT_PSKD_HASH, secret)
            except WrongTypedSecret as wrong:
                refused = wrong
                continue
            self._pskd = secret
            return
        assert refused is not None
        raise refused

    async def _present(self, session: Session, command: Command, secret: Secret) -> None:
        """Raises WrongTypedSecret where the device does not know this secret."""
        status, challenge = await session.ask(Command.CHALLENGE)
        if status is not Status.SUCCESS:
            raise failure(status)
        status, _ = await session.ask(command, proofs.proof(secret, challenge, session.device_key))
        if status is Status.HASH_ERROR:
            raise WrongTypedSecret
        if status is not Status.SUCCESS:
            raise failure(status)

    async def _secret(self, refused: CompanionError | None) -> Secret:
        given = self._context.order.extra.get(PSKD)
        if refused is None and self._pskd is not None:
            return self._pskd
        if refused is None and given is not None:
            return proofs.pskd(given)
        problem = Text(refused.title) if refused is not None else None
        while True:
            question = EnterSecret(self._context.dialer.found, problem=problem)
            try:
                answer = await self._reporter.ask(question)
            except MethodUnavailable as nobody:
                raise (refused or nobody) from None
            try:
                return proofs.pskd(answer.secret.reveal_text())
            except ValueError:
                problem = Text("A PSKd has 6 to 32 digits and letters, none of them I, O, Q or Z.")


_CLOSED = {
    CommandClass.COMMISSIONING: Text(
        "It does not open commissioning. `companion commissioner` shows what it allows."
    ),
    CommandClass.DECOMMISSIONING: Text(
        "It does not open decommissioning. `companion commissioner` shows what it allows."
    ),
}
