"""What an owner's session does besides handing over: asking, setting free, taking over. Sans-IO.

Each sequence is a short list of operations; the same driver loop runs them all:

    sequence.begin(master, identity_key)
    while (request := sequence.next_request()) is not None:
        send(request)
        sequence.receive(plaintext)             # the reply

    Inquiry     mode 1    REVOKE_STATE > FACTS > QUERY of the device's last transaction
    Release     mode 4    FACTS > RESET
    Takeover    mode 2    REVOKE_STATE > FACTS; the handshake itself was the transfer

REVOKE_STATE where the owner has a list, until the device has it too.
"""

from __future__ import annotations

from companion.encoding.cbor import MalformedCbor
from companion.errors import ProtocolViolation, WrongIdentity
from companion.protocols.rp1.credentials.items import NO_TX
from companion.protocols.rp1.ownership.carried_list import AnyDelivery
from companion.protocols.rp1.ownership.owners_list import Entries
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Facts, Reply, RequestRefused, Transaction

REPLY_SECONDS = 30.0


class RequestSequence:
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
        self._delivery: AnyDelivery | None = None
        self.agreed: Entries | None = None
        """The owner's list that the device said it goes by."""
        self.transaction: Transaction | None = None
        """What QUERY said."""

    @property
    def done(self) -> bool:
        """True once every operation was answered."""
        return self._at == len(self._plan)

    def begin(self, master: Master, identity_key: bytes, delivery: AnyDelivery | None = None) -> None:
        """A session is secure; `identity_key` is whom it is with (point, 65 octets). Starts from the head.

        delivery: of the owner's list, where the session may carry it; it goes before everything else
        """
        self._master, self._identity_key, self._delivery = master, identity_key, delivery
        self._reqid = self._at = 0
        self.awaiting = False

    def next_request(self) -> bytes | None:
        """The plaintext of the next request, None at the end."""
        if self.done:
            return None
        self._reqid += 1
        self.awaiting = True
        newest = self._delivery.next() if self._delivery is not None else None
        if newest is not None:
            self.sent = Op.REVOKE_STATE
            return operations.encode_request(self.sent, self._reqid, NO_TX, operations.RevokeState(newest))
        self.sent = self._plan[self._at]
        tx = self.facts.last_tx if self.facts is not None else None
        return operations.encode_request(self.sent, self._reqid, tx or NO_TX)

    def receive(self, plaintext: bytes) -> None:
        """A record of type 16 came; a reply to an older request is dropped.

        Raises RequestRefused, ProtocolViolation, WrongIdentity.
        """
        try:
            reply = results.decode_reply(plaintext)
            if reply.reqid != self._reqid or not self.awaiting:
                return
            if reply.op != self.sent:
                raise ProtocolViolation("RP1 reply to another request")
            if reply.op == Op.REVOKE_STATE:
                self._list_heard(reply)
                return
            if reply.status and reply.op != Op.QUERY:
                raise RequestRefused(reply.op, reply.status, reply.detail)
            self._take(reply)
        except MalformedCbor as error:
            raise ProtocolViolation(f"RP1 reply: {error}") from error
        self._at += 1
        self.awaiting = False

    def _list_heard(self, reply: Reply) -> None:
        """A device that refuses the list, or knows none, is asked all the same."""
        assert self._delivery is not None
        self._delivery.take(results.decode_list_reply(reply))
        self.agreed = self._delivery.agreed
        self.awaiting = False

    def _take(self, reply: Reply) -> None:
        if reply.op == Op.FACTS:
            self.facts = self._proven(results.decode_facts(reply.result))
        elif reply.op == Op.QUERY:
            self.transaction = results.decode_transaction(reply.result)

    def _proven(self, facts: Facts) -> Facts:
        assert self._master is not None
        if facts.identity_key != self._identity_key or not facts.proven(self._master.th5):
            raise WrongIdentity("FACTS are not signed by the device's identity key for this session")
        return facts


def inquiry() -> RequestSequence:
    """What the device is, and what became of its last transaction."""
    return RequestSequence(Op.QUERY)


def release() -> RequestSequence:
    """Nobody owns it afterwards, reset-lock or not."""
    return RequestSequence(Op.RESET)


def takeover() -> RequestSequence:
    """A session in mode 2 exists only if the token was taken; FACTS prove with whom."""
    return RequestSequence()
