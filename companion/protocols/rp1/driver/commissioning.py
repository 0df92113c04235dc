"""One run from CONNECT to CHECK, and how it ends when it ends early."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.clouds import devices
from companion.endpoint import CloudEndpoint
from companion.errors import (
    Cancelled,
    CloudError,
    CompanionError,
    OutcomeUnknown,
    RadioError,
    ReceiptInvalid,
    SecretPredictable,
    WrongIdentity,
)
from companion.events import ListHeard, Proven
from companion.model import (
    Commissioned,
    Handshake,
    Ownership,
    Possession,
    Proof,
    Receipt,
    Step,
    Text,
    Verdict,
)
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import accounts, messages
from companion.protocols.rp1.driver.assignment import Assignment
from companion.protocols.rp1.driver.identification import device_name, identity_of
from companion.protocols.rp1.driver.open_tokens import Tokens
from companion.protocols.rp1.driver.principal import principal_of
from companion.protocols.rp1.driver.session.setup import MESSAGES, Opened, SessionSetup
from companion.protocols.rp1.driver.session.tasks import finish
from companion.protocols.rp1.driver.transaction.driver import TransactionDriver
from companion.protocols.rp1.driver.transaction.open_transaction import Transaction
from companion.protocols.rp1.setup_code.label_code import is_predictable
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.transaction import receipt

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.rp1.setup_code.label_code import Rp1Code

PROOF_SECONDS = 30.0
_FAREWELL_SECONDS = 8.0


class Commissioning:
    """What `Driver.commission` does, and every ownership operation that hands something over."""

    def __init__(
        self,
        context: Context,
        store: CommissionerStore,
        assignment: Assignment,
        code: Rp1Code | None = None,
        *,
        setup: SessionSetup | None = None,
    ) -> None:
        """`securing`: the run's, where it had sessions before."""
        self._context = context
        self._code = code
        self._store = store
        self._setup = setup or SessionSetup(context, store)
        self.transaction = self._transaction = _transaction(context, store, assignment)
        self._tokens = Tokens(context, store)
        self._principal = principal_of(context)
        self._driver = TransactionDriver(context, self._setup, self._transaction, assignment, self._tokens)
        self._opened: Opened | None = None

    async def run(self) -> Commissioned:
        """Raises CompanionError."""
        self._refuse_predictable_secret()
        # Starting a run is the user's action, from which section 4 counts comparisons.
        self._store.clear_comparisons()
        try:
            await self._hand_over()
        except (Cancelled, asyncio.CancelledError) as cancelled:
            await finish(self._give_up(Abort.CANCELLED), _FAREWELL_SECONDS)
            if self._transaction.commit_sent:
                raise OutcomeUnknown("cancelled after COMMIT was sent") from cancelled
            raise
        except RadioError:
            if not self._transaction.commit_sent:
                raise
            return self._result(None, confirmed=False)
        except WrongIdentity:
            await finish(self._turn_away(), _FAREWELL_SECONDS)
            raise
        except ReceiptInvalid:
            await finish(self._give_up(Abort.NOT_AUTHENTIC), _FAREWELL_SECONDS)
            raise
        except CompanionError:
            await finish(self._give_up(None), _FAREWELL_SECONDS)
            raise
        return await self._check()

    async def _hand_over(self) -> None:
        reporter = self._context.reporter
        if not self._transaction.machine.done:
            self._opened = await self._driver.open()
        reporter.begin(Step.HAND_OVER)
        await self._driver.run()
        self._enter()
        reporter.summarise(Text("The device confirmed its credentials"))

    async def _check(self) -> Commissioned:
        """Is the device at its endpoint? It opened TLS there before it switched over; here it is seen."""
        reporter, endpoint = self._context.reporter, self._context.endpoint
        reporter.begin(Step.CHECK)
        proof: Proof | None = None
        if self._principal.bundle is not None:
            # Its owner's endpoint sees it; this computer's is another one.
            owner = self._principal.bundle.owner_name
            reporter.summarise(Text("Done for {owner} under the grant", {"owner": owner}))
        elif endpoint is None:
            reporter.summarise(Text("Set up without an endpoint"))
        elif (given := self._transaction.given.endpoint) is not None and given.address != endpoint.address:
            # Nobody listens there any more, and the device takes another address only with a rotation.
            reporter.summarise(
                Text(
                    "The device connects to {endpoint}. Rotate its credentials to change that.",
                    {"endpoint": given.address},
                )
            )
        elif isinstance(endpoint, CloudEndpoint):
            reporter.summarise(await self._cloud_standing(endpoint))
        else:
            reporter.progress(
                Text("Waiting for the device to connect to {endpoint}", {"endpoint": endpoint.address})
            )
            proof = await self._wait_for_proof()
            if proof is not None:
                reporter.report(Proven(proof))
            seen = Text("Connected to {endpoint}", {"endpoint": endpoint.address})
            unseen = Text("The device tested the connection to {endpoint}", {"endpoint": endpoint.address})
            reporter.summarise(seen if proof is not None else unseen)
        self._context.when_recorded(self._transaction.forget)
        return self._result(proof)

    async def _cloud_standing(self, endpoint: CloudEndpoint) -> Text:
        """What the cloud says of the device: that it is in, or which piece is missing. The device is
        commissioned whatever it says.
        """
        known, naming, where = self._transaction.machine.known, self._transaction.naming, endpoint.address
        assert naming is not None and known.chain
        self._context.reporter.progress(Text("Asking {endpoint} about the device", {"endpoint": where}))
        try:
            name = endpoint.name_of(naming.serial)
            checks = await endpoint.standing(name, known.chain[0], timeout=PROOF_SECONDS)
        except CloudError as unknown:
            return unknown.sentence
        except (asyncio.CancelledError, Cancelled):
            checks = ()
        missing = next((each for each in checks if each.verdict is Verdict.FAILED), None)
        if missing is not None:
            return missing.reason
        if not checks:
            return Text("The device tested the connection to {endpoint}", {"endpoint": where})
        return Text("{endpoint} has the device, and nothing is missing", {"endpoint": where})

    async def _wait_for_proof(self) -> Proof | None:
        """None where it was not seen, or the user does not wait: the device is commissioned anyway."""
        endpoint, known = self._context.endpoint, self._transaction.machine.known
        assert endpoint is not None and known.facts is not None
        # An earlier visit, with an earlier certificate, proves nothing about this one.
        leaf = hashlib.sha256(known.chain[0]).hexdigest() if known.chain else None
        try:
            name = device_name(self._context, known.facts)
            return await endpoint.wait_for(name, timeout=PROOF_SECONDS, fingerprint=leaf)
        except (asyncio.CancelledError, Cancelled):
            return None

    async def _turn_away(self) -> None:
        """Another device answered, and gets nothing more. What is open with the right one stays open."""
        assert self._setup.channel is not None, "it answered"
        await self._setup.channel.abort(Abort.NOT_AUTHENTIC)

    async def _give_up(self, code: Abort | None) -> None:
        """The run ends early: the device forgets the transaction, and so does this side if it did."""
        transaction, channel = self._transaction, self._setup.channel
        if await self._driver.abort():
            transaction.restart()
        if not transaction.commit_sent:
            transaction.forget()
        if code is not None and channel is not None:
            await channel.abort(code)

    def _refuse_predictable_secret(self) -> None:
        code, shown = self._code, self._context.order.shown
        if shown is not None and is_predictable(shown):
            raise SecretPredictable("the secret that the device shows is uniform")
        if code is not None and (code.has_predictable_secret or self._store.is_shared(code.r, code.fp)):
            raise SecretPredictable(
                "r is uniform" if code.has_predictable_secret else "r is another device's too"
            )

    def _enter(self) -> None:
        known = self._transaction.machine.known
        assert known.facts is not None and known.receipt is not None
        key = known.facts.identity_key
        said = receipt.read(known.receipt, key)
        if said.list_counter:
            self._context.reporter.report(ListHeard(key, said.list_counter))
        if self._principal.bundle is not None:
            plan, settings = self._transaction.given, self._transaction.settings
            site = self._context.order.site
            accounts.keep(self._context.memory, self._principal, known, plan, settings, site)
        else:
            self._store.enter(key, self._code.r if self._code is not None else None)
            self._store.note_epoch(key, said.epoch)
            self._tokens.heard(key, said.epoch)
            if self._transaction.plan.endpoint is not None:
                where = self._context.endpoint
                profile = where.profile_name if isinstance(where, CloudEndpoint) else None
                devices.note(self._context.memory, identity_of(known.facts, "").id, profile)
        assert self._transaction.naming is not None, "it was decided before the first item was staged"
        self._store.name(self._transaction.naming)
        if known.request is not None:
            self._store.keep_request(crypto.fingerprint(key), known.tx, known.request)

    def _result(self, proof: Proof | None, *, confirmed: bool = True) -> Commissioned:
        transaction, known = self._transaction, self._transaction.machine.known
        naming = transaction.naming
        assert known.facts is not None
        name = transaction.settings.name if transaction.settings is not None else ""
        device = identity_of(known.facts, name or self._context.dialer.found.name)
        credentials = (
            messages.credential(ItemType(kind), transaction.given, known.chain, transaction.settings)
            for kind in sorted(known.staged())
        )
        return Commissioned(
            device=replace(device, name=name or device.name),
            method=transaction.method,
            credentials=tuple(credentials),
            handshake=Handshake(MESSAGES, self._opened.agreed.octets) if self._opened is not None else None,
            receipt=Receipt(known.receipt, known.acknowledgement) if known.receipt is not None else None,
            proof=proof,
            confirmed=confirmed,
            unconfirmed_reason=None if confirmed else messages.unconfirmed(),
            identity_key=known.facts.identity_key,
            possession=(Possession.COMMISSIONED if self._principal.bundle is None else Possession.ENTRUSTED),
            replaces=tuple(device for device, _ in naming.replaces) if naming is not None else (),
            label=self._store.mark(self._code.r) if self._code is not None else None,
        )


def _transaction(context: Context, store: CommissionerStore, assignment: Assignment) -> Transaction:
    """The device's open transaction of this kind, or a new one."""
    made, fp, operation = assignment.plan, assignment.fp, assignment.operation
    transaction = Transaction.take_up(made, store, context.found.advertisement, fp, operation)
    # A run that only lacked its record is not done again, unless it was for something else.
    another = assignment.settings not in (None, transaction.settings)
    if transaction.machine.done and (another or context.found.ownership is not Ownership.OWNED):
        transaction.forget()
        transaction = Transaction(made, store, fp, None, operation, expected=fp)
    if transaction.settings is None:
        transaction.settings = assignment.settings
    return transaction
