"""What a transaction's events mean to people and to the registry: told, kept, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import AttestationFailed
from companion.events import CredentialDelivered, Identified, ListHeard, Sending, Withdrawn
from companion.model import Text
from companion.protocols.rp1 import serials
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.driver.identification import identity_of
from companion.protocols.rp1.driver.open_tokens import Tokens
from companion.protocols.rp1.driver.principal import principal_of
from companion.protocols.rp1.driver.session.setup import Opened
from companion.protocols.rp1.driver.transaction.open_transaction import Transaction
from companion.protocols.rp1.transaction.events import (
    Checkpoint,
    Committed,
    FactsRead,
    ItemStaged,
    ListAgreed,
    Reverted,
    TransactionEvent,
    Verified,
    Verifying,
)
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Facts

if TYPE_CHECKING:
    from companion.protocols import Context


class TransactionReporter:
    """Reports the events of one transaction, across all its sessions."""

    def __init__(self, context: Context, transaction: Transaction, tokens: Tokens) -> None:
        self._context = context
        self._transaction = transaction
        self._tokens = tokens
        self._sent = self._announced = False
        self._told: Facts | None = None

    def begin(self, facts: Facts | None, *, is_fresh: bool) -> None:
        """A session is open. is_fresh: it begins the transaction anew, perhaps with another device; any other
        one is with the device that told `facts`, which it proved."""
        if is_fresh:
            self._announced, self._told = False, None
        elif facts is not None and facts == self._told:
            self._tell(facts)

    def report(self, opened: Opened | None, events: tuple[TransactionEvent, ...]) -> None:
        """What the machine said in this session. Raises AttestationFailed."""
        assert opened is not None, "events come in sessions"
        reporter = self._context.reporter
        for event in events:
            match event:
                case FactsRead(facts):
                    self._identify(facts, opened)
                case Checkpoint():
                    self._transaction.keep()
                case ItemStaged(kind):
                    made = messages.credential(
                        kind,
                        self._transaction.plan,
                        self._transaction.machine.known.chain,
                        self._transaction.settings,
                    )
                    reporter.report(CredentialDelivered(made))
                case Verifying(phase):
                    reporter.progress(messages.verify_phase(phase))
                case Verified():
                    reporter.progress(Text("The device's credentials work"))
                case Committed():
                    reporter.progress(Text("The device uses its new credentials"))
                case ListAgreed(entries):
                    # A list that comes with the owner waits for FINAL, and the next session tells.
                    if self._transaction.operation:
                        key = self._identity_key(opened)
                        reporter.report(ListHeard(key, entries.counter))
                        self._tokens.agreed(key, entries)
                case Reverted(leaf):
                    self.report_withdrawn()
                    reporter.report(messages.revocation(leaf))

    def report_sending(self, op: Op | None) -> None:
        """With the first STAGE of a transaction credentials leave."""
        if op is Op.STAGE and not self._announced:
            self._sent = self._announced = True
            self._context.reporter.report(Sending("credentials"))

    def report_withdrawn(self) -> None:
        """The device said that the transaction, and what it staged in it, is gone."""
        if self._sent:
            self._sent = self._announced = False
            self._context.reporter.report(Withdrawn())

    def _identity_key(self, opened: Opened) -> bytes:
        """The identity key that the peer proved, in this session or the one before."""
        peer = opened.agreed.peer
        key = peer.key if peer is not None else self._transaction.identity_key
        assert key is not None
        return key

    def _identify(self, facts: Facts, opened: Opened) -> None:
        """Section 6: an attested chain must name the device that speaks. A grant must cover it."""
        peer = opened.agreed.peer
        said = facts.serial
        if peer is not None and peer.attested and not any(serials.same(said, one) for one in peer.serials):
            raise AttestationFailed("the chain names another serial number than FACTS")
        if not self._transaction.operation:
            principal_of(self._context).check_place(said, self._context.order.site)
        self._told = facts
        self._tell(facts)

    def _tell(self, facts: Facts) -> None:
        self._context.reporter.report(Identified(identity_of(facts, self._context.dialer.found.name)))
