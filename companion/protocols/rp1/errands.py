"""What an owner's session does besides handing over: asking, setting free, taking over. Sans-IO.

Each errand is a short list of operations; the same driver loop runs them all:

    errand.begin(master, identity_key)
    while (request := errand.next_request()) is not None:
        send(request)
        errand.receive(plaintext)             # the reply

    Inquiry     mode 1    FACTS > QUERY of the device's last transaction
    Release     mode 4    FACTS > RESET
    Takeover    mode 2    FACTS; the handshake itself was the transfer
"""

from __future__ import annotations

from companion.errors import ProtocolViolation, WrongIdentity
from companion.protocols.rp1 import operations
from companion.protocols.rp1.cbor import MalformedCbor
from companion.protocols.rp1.handover_types import RequestRefused
from companion.protocols.rp1.items import TX_SIZE
from companion.protocols.rp1.operations import Facts, Op, Reply, Transaction
from companion.protocols.rp1.schedule import Master

REPLY_SECONDS = 30.0
_NO_TX = bytes(TX_SIZE)


class Errand:
    """Operations without arguments, in order, FACTS first. `facts` is set once the device proved them."""

    def __init__(self, *further: Op) -> None:
        self._plan = (Op.FACTS, *further)
        self._reqid = self._at = 0
        self.awaiting = False
        """True while a reply is under way."""
        self.sent: Op | None = None
        """The operation whose request left last, in whatever session."""
        self._master: Master | None = None
        self._identity_key = b""
        self.facts: Facts | None = None
        self.transaction: Transaction | None = None
        """What QUERY said."""

    @property
    def done(self) -> bool:
        """True once every operation was answered."""
        return self._at == len(self._plan)

    def begin(self, master: Master, identity_key: bytes) -> None:
        """A session is secure; `identity_key` is whom it is with (point, 65 octets). Starts from the head."""
        self._master, self._identity_key = master, identity_key
        self._reqid = self._at = 0
        self.awaiting = False

    def next_request(self) -> bytes | None:
        """The plaintext of the next request, None at the end."""
        if self.done:
            return None
        self._reqid, self.sent, self.awaiting = self._at + 1, self._plan[self._at], True
        tx = self.facts.last_tx if self.facts is not None else None
        return operations.encode_request(self.sent, self._reqid, tx or _NO_TX)

    def receive(self, plaintext: bytes) -> None:
        """A record of type 16 came; a reply to an older request is dropped.

        Raises RequestRefused, ProtocolViolation, WrongIdentity.
        """
        try:
            reply = operations.decode_reply(plaintext)
            if reply.reqid != self._reqid or not self.awaiting:
                return
            if reply.op != self._plan[self._at]:
                raise ProtocolViolation("RP1 reply to another request")
            if reply.status and reply.op != Op.QUERY:
                raise RequestRefused(reply.op, reply.status, reply.detail)
            self._take(reply)
        except MalformedCbor as error:
            raise ProtocolViolation(f"RP1 reply: {error}") from error
        self._at += 1
        self.awaiting = False

    def _take(self, reply: Reply) -> None:
        if reply.op == Op.FACTS:
            self.facts = self._proven(operations.decode_facts(reply.result))
        elif reply.op == Op.QUERY:
            self.transaction = operations.decode_transaction(reply.result)

    def _proven(self, facts: Facts) -> Facts:
        assert self._master is not None
        if facts.identity_key != self._identity_key or not facts.proven(self._master.th5):
            raise WrongIdentity("FACTS are not signed by the device's identity key for this session")
        return facts


def inquiry() -> Errand:
    """What the device is, and what became of its last transaction."""
    return Errand(Op.QUERY)


def release() -> Errand:
    """Nobody owns it afterwards, reset-lock or not."""
    return Errand(Op.RESET)


def takeover() -> Errand:
    """A session in mode 2 exists only if the token was taken; FACTS prove with whom."""
    return Errand()
