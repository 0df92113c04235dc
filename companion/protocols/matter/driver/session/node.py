"""A node in a session: what is asked of it, with its refusals as errors for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from companion.protocols.matter.driver.session.conversations import ANSWER_SECONDS
from companion.protocols.matter.interaction.client import Read
from companion.protocols.matter.interaction.status import InteractionFailed, UnexpectedMessage

if TYPE_CHECKING:
    from companion.protocols.matter.clusters.table import Attribute, Command, Query
    from companion.protocols.matter.driver.session.conversations import Conversations
    from companion.protocols.matter.establishment.outcome import Established, Resumption
    from companion.protocols.matter.interaction.assembly import Reading
    from companion.protocols.matter.interaction.client import Transaction
    from companion.protocols.matter.messages import Exchanges

R = TypeVar("R")
Q = TypeVar("Q")
A = TypeVar("A")


class Node:
    """Everything raises DeviceError and RadioError leaves.

    made: how a session by certificates came about, with what the next one can go on from
    """

    def __init__(
        self, conversations: Conversations, session: Exchanges, made: Established | None = None
    ) -> None:
        self.conversations, self.session, self.made = conversations, session, made

    @property
    def resumption(self) -> Resumption | None:
        """For the next session with it; None where the passcode made this one."""
        return None if self.made is None else self.made.resumption

    @property
    def is_up(self) -> bool:
        return self.conversations.is_up

    def close(self) -> None:
        self.conversations.close()

    async def run(self, transaction: Transaction[R], seconds: float = ANSWER_SECONDS) -> R:
        """An interaction."""
        try:
            return await self.conversations.run(self.session, transaction, seconds)
        except InteractionFailed as failed:
            raise failed.leaf from failed

    async def read(self, *attributes: Attribute[A], endpoint: int | None = 0) -> Reading:
        """Attributes of one endpoint, or of all. What can't be read has a status in the result."""
        return await self.run(Read.of(*(attribute.path(endpoint) for attribute in attributes)))

    async def query(
        self, command: Query[Q, A], request: Q, *, endpoint: int = 0, seconds: float = ANSWER_SECONDS
    ) -> A:
        """A command that is answered by a response."""
        reply = await self.run(command.begin(request, endpoint), seconds)
        try:
            return command.read(reply)
        except (InteractionFailed, UnexpectedMessage) as error:
            raise error.leaf from error

    async def command(self, command: Command[Q], request: Q, *, endpoint: int = 0) -> None:
        """A command that is answered by a status."""
        reply = await self.run(command.begin(request, endpoint))
        try:
            command.check(reply)
        except (InteractionFailed, UnexpectedMessage) as error:
            raise error.leaf from error
