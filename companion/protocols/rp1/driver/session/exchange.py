"""What may end an exchange of a request and its reply, in the driver's terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from companion.errors import CompanionError, GrantStepRefused, ProtocolViolation
from companion.protocols.rp1.aborts import GRANT_BOUNDS, Abort, PeerAbort, SessionAborted, user_error
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.session.setup import LOSSES
from companion.protocols.rp1.wire.results import RequestRefused

_Told = TypeVar("_Told")


class SessionLost(Exception):
    """The session is gone although nobody gave it up; `loss` is what the user reads if it stays so."""

    def __init__(self, loss: CompanionError) -> None:
        super().__init__(str(loss))
        self.loss = loss


@contextmanager
def explained(*, by_grant: bool) -> Iterator[None]:
    """Raises SessionLost for what a new link may fix, and leaves of our tree for the rest.

    by_grant: the session rests on a grant, so a device without rights for it says nothing of its owner
    """
    try:
        yield
    except LOSSES as loss:
        raise SessionLost(loss) from loss
    except SessionAborted as aborted:
        error = user_error(aborted, secret_given=False)
        if aborted.code == Abort.TIMEOUT:
            raise SessionLost(error) from aborted
        if by_grant and isinstance(aborted, PeerAbort) and aborted.code in GRANT_BOUNDS:
            error = GrantStepRefused(f"RP1 abort {aborted.code}", bound=GRANT_BOUNDS[aborted.code])
        raise error from aborted
    except RequestRefused as refused:
        raise messages.refusal(refused, by_grant=by_grant) from refused


async def take(channel: Connection, receive: Callable[[bytes], _Told], plaintext: bytes) -> _Told:
    """What `receive` makes of a reply, and what it raises. A malformed one ends the session with 4."""
    try:
        return receive(plaintext)
    except ProtocolViolation:
        await channel.abort(Abort.MALFORMED)
        raise
