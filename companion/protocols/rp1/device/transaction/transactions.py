"""What a device does with a request of a secure session (section 9): stage, verify, commit, final.

Requests come in with the rights of their session; what comes out is a reply, or a trial that the host must
run before the reply to VERIFY can be given. Everything is durable before the reply exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1 import serials
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.items import Item, ItemType
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.authority import Authority, Trial
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.rights import Reached
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.pages import StorageFull
from companion.protocols.rp1.device.storage.resumption import Resumption, ResumptionStore
from companion.protocols.rp1.device.storage.slot_log import Staging
from companion.protocols.rp1.device.storage.slots import OVERDUE, Slots
from companion.protocols.rp1.device.transaction.checks import Refused, owner_of
from companion.protocols.rp1.device.transaction.owner_terms import EffectiveTerms
from companion.protocols.rp1.device.transaction.ownership import accept_voucher
from companion.protocols.rp1.device.transaction.slot_flip import SlotFlip
from companion.protocols.rp1.device.transaction.staged_items import StagedItems
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.transaction import csr, receipt
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Envelope, Op, Stage
from companion.protocols.rp1.wire.results import Facts, Reply, Transaction, TxState

_NO_TX = bytes(items.TX_SIZE)


Result = dict[int, Value]
_STATUS_OF = {None: 0, OVERDUE: Abort.TIMEOUT}
"""What QUERY says of a VERIFY that did not fail with a detail."""

_OF_NO_TX = (Op.FACTS, Op.REVOKE_STATE)
"""What a resumed session may ask beside its transaction."""


class Transactions:
    """Answers the requests of one device's sessions."""

    def __init__(
        self,
        product: Product,
        slots: Slots,
        anti_rollback: AntiRollbackStore,
        resumption: ResumptionStore,
        owner_terms: EffectiveTerms,
        slot_flip: SlotFlip,
    ) -> None:
        self._product = product
        self._slots = slots
        self._anti_rollback = anti_rollback
        self._resumption = resumption
        self._owner_terms = owner_terms
        self._slot_flip = slot_flip
        self._staged = StagedItems(product, slots, anti_rollback, owner_terms)

    def answer(self, request: Envelope, by: Authority) -> Reply | Trial:
        """The reply, a refusal included, or the trial on which the reply to VERIFY waits."""
        try:
            if not by.rights.allow(request.op, self._reached(by)):
                raise Refused(Abort.GRANT if by.used_up else Abort.NOT_AUTHORISED)
            if by.tx is not None and request.op not in _OF_NO_TX and request.tx != by.tx:
                raise Refused(Abort.NOT_AUTHORISED)
            return self._answer(request, by)
        except Refused as refused:
            return _reply(request, refused.result, refused.status)
        except MalformedCbor:
            return _reply(request, {}, Abort.MALFORMED)
        except StorageFull:
            return _reply(request, {}, Abort.NO_SPACE)

    def tried(self, request: Envelope, failure: int | None, cause: int | None = None) -> Reply:
        """The reply to VERIFY, once the host knows. failure: a `VerifyFailure`, None: it works; cause: a
        `WifiRefusal` where the host knows more."""
        args = operations.decode_args(request)
        assert isinstance(args, operations.Verify)
        self._slots.note_try(args.bits, failure, cause)
        if failure is None:
            return _reply(request, {})
        return _reply(request, results.encode_failure(failure, cause), Abort.VERIFY_FAILED)

    def overdue(self, request: Envelope) -> Reply:
        """The reply to a VERIFY that did not end in its time."""
        args = operations.decode_args(request)
        assert isinstance(args, operations.Verify)
        self._slots.note_try(args.bits, OVERDUE)
        return _reply(request, {}, Abort.TIMEOUT)

    # --- one operation each -------------------------------------------------------------------------

    def _answer(self, request: Envelope, by: Authority) -> Reply | Trial:
        args = operations.decode_args(request)
        match args:
            case Stage():
                return _reply(request, self._stage(request.tx, args, by))
            case operations.Verify():
                return self._verify(request.tx, args)
            case operations.Csr():
                return _reply(request, self._csr(request.tx, args, by))
            case operations.Commit():
                return _reply(request, self._commit(request.tx, args, by))
            case operations.Final():
                return _reply(request, self._final(request.tx, args, by))
            case operations.Voucher():
                self._accept_voucher(args, by)
                return _reply(request, {})
            case operations.RevokeState():
                return _reply(request, self._revoke(request.tx, args.entries, by))
        if request.op == Op.FACTS:
            return _reply(request, self._facts(by))
        if request.op == Op.QUERY:
            return self._query(request)
        if request.op == Op.ABORT_TX:
            self._abort(request.tx, by)
        if request.op == Op.RESET:
            self._slot_flip.reset(frees=not by.rights.grants)
        return _reply(request, {})

    def _facts(self, by: Authority) -> Result:
        product = self._product
        return results.encode_facts(
            Facts(
                serial=product.serial,
                model=product.model,
                firmware=product.firmware,
                free=self._slots.free,
                time_floor=self._owner_terms.time_floor,
                epoch=self._anti_rollback.now.epoch,
                last_tx=self._slots.active.tx,
                identity_key=product.point,
                signature=product.sign(results.facts_message(by.master.th5)),
            )
        )

    def _csr(self, tx: bytes, asked: operations.Csr, by: Authority) -> Result:
        self._open(tx, by)
        keys = self._product.keys
        kept = keys.make()
        self._slots.add_key(kept)
        binding = by.master.export("csr", tx, csr.BINDING_SIZE)
        der = csr.make(keys.open(kept), serials.certified(self._product.serial), binding, asked.name)
        attestation = self._product.sign(csr.attested(tx, der))
        return results.encode_csr(results.Request(der, attestation))

    def _stage(self, tx: bytes, chunk: Stage, by: Authority) -> Result:
        if not by.rights.allow_item(chunk.kind):
            raise Refused(Abort.NOT_AUTHORISED)
        if chunk.offset + len(chunk.chunk) > chunk.total:
            raise Refused(Abort.MALFORMED)
        self._open(tx, by)
        staging = self._staging(tx)
        assert staging is not None
        item = staging.items.get(chunk.kind)
        if item is not None and item.is_whole and (item.total, item.sha256) == (chunk.total, chunk.sha256):
            return {1: item.total}
        if chunk.offset:
            if item is None or (item.total, item.sha256) != (chunk.total, chunk.sha256):
                return {1: 0}
            if len(item.data) != chunk.offset:
                return {1: len(item.data)}
        before = item.data if item is not None and chunk.offset else b""
        if len(before) + len(chunk.chunk) == chunk.total:
            self._staged.check_item(tx, chunk, before + chunk.chunk, by.rights)
        if chunk.offset:
            self._slots.add_to_item(chunk.kind, chunk.chunk)
        else:
            self._slots.begin_item(chunk.kind, chunk.total, chunk.sha256, chunk.chunk)
        return {1: chunk.offset + len(chunk.chunk)}

    def _verify(self, tx: bytes, args: operations.Verify) -> Trial:
        staging = self._require_staging(tx, args.manifest)
        self._staged.check_leaf(staging)
        settings, now = _decoded(self._slots.merged()), self._owner_terms.now
        time = settings.get(ItemType.TIME) if ItemType.TIME in staging.whole else None
        if isinstance(time, items.TimeFloor):
            now = max(now, time.seconds)
        return Trial(args.bits, settings, self._slots.merged_key(), now)

    def settings(self) -> Trial:
        """What the device lives with: the active slot."""
        slot = self._slots.active
        return Trial(0, _decoded(slot.items), self._slots.key(slot.key_id), self._owner_terms.now)

    def _commit(self, tx: bytes, args: operations.Commit, by: Authority) -> Result:
        slots = self._slots
        if slots.active.tx == tx and slots.active.receipt is not None:
            return {1: slots.active.receipt}
        staging = self._require_staging(tx, args.manifest)
        self._staged.check_leaf(staging)
        chain = self._judge(by)
        base, numbers = slots.base, self._anti_rollback.now
        self._staged.check_commit(staging, by.rights)
        first = next(iter(chain or self._staged.onboarding_chain), None)
        owner, epoch = owner_of(staging, base.owner)
        epoch = max(numbers.epoch, epoch)
        told = receipt.Receipt(
            tx,
            args.manifest,
            by.master.th5,
            epoch,
            self._product.serial,
            sha256(owner.key),
            time=self._owner_terms.now if self._owner_terms.has_clock else None,
            list_counter=self._owner_terms.held_at_final(owner.key).counter,
            grants_sha256=item_signatures.grants_digest(by.rights.grants),
        )
        signed = receipt.sign(self._product.sign, told)
        slots.commit(
            receipt=signed,
            owner=owner,
            r_used=base.r_used or bool(by.method & Method.OOB),
            epoch=epoch,
            boots=numbers.boots,
            voucher_until=by.rights.until,
            use=(first.cti, first.epoch) if first is not None and first.max_uses is not None else None,
        )
        return {1: signed}

    def _final(self, tx: bytes, args: operations.Final, by: Authority) -> Result:
        slot = self._slots.active
        if slot.tx != tx or slot.receipt is None:
            raise Refused(Abort.TX_UNKNOWN)
        if args.receipt_sha256 != sha256(slot.receipt):
            raise Refused(Abort.STAGE_HASH)
        acknowledgement = slot.acknowledgement
        if acknowledgement is None:
            self._judge(by)
            acknowledgement = receipt.acknowledge(self._product.sign, tx, args.receipt_sha256)
            self._slot_flip.finalise(acknowledgement)
        by.finished = True
        return {1: acknowledgement}

    def _query(self, request: Envelope) -> Reply:
        slot, staging = self._slots.active, self._staging(request.tx)
        told = Transaction(TxState.UNKNOWN, {}, None)
        status = 0
        if slot.tx == request.tx:
            state = TxState.FINAL if slot.is_final else TxState.PROVISIONAL
            told = Transaction(state, {}, slot.receipt)
        elif request.tx in self._anti_rollback.now.reverted:
            told = Transaction(TxState.REVERTED, {}, None)
        elif staging is not None:
            state = TxState.VERIFIED if staging.tried else TxState.STAGED
            failure = None if self._product.stays_up else staging.failure
            status = _STATUS_OF.get(failure, Abort.VERIFY_FAILED)
            detail = failure if status == Abort.VERIFY_FAILED else None
            told = Transaction(state, staging.offsets, None, detail, staging.cause)
        return _reply(request, results.encode_transaction(told), status)

    def _accept_voucher(self, args: operations.Voucher, by: Authority) -> None:
        product, th5 = self._product, by.master.th5
        now, spent = self._owner_terms.now_for_manufacturers, self._anti_rollback.now.voucher_until
        try:
            voucher = accept_voucher(args, product.manufacturers, product.serial, th5, now=now, spent=spent)
        except LocalAbort as refused:
            raise Refused(Abort(refused.code)) from refused
        by.voucher_only = False
        by.rights = replace(by.rights, assigned=voucher.owner_sha256, until=voucher.expires or 0)

    def _revoke(self, tx: bytes, signed: bytes, by: Authority) -> Result:
        """The owner's list, whoever brings it. In mode 0 it waits for the owner's FINAL."""
        if tx != _NO_TX:
            raise MalformedCbor("a list is of no transaction")
        slots, owner_terms = self._slots, self._owner_terms
        if by.rights.mode is Mode.ONBOARD:
            owner = self._staged.owner
            if owner is None:
                raise Refused(Abort.NOT_AUTHORISED)
            return results.encode_list_held(owner_terms.take_list_at_final(owner.key, signed))
        if slots.is_provisional and (by.rights.grants or slots.base.owner is None):
            raise Refused(Abort.NOT_AUTHORISED)
        owner_terms.take_list(signed)
        self._slot_flip.end_dead_chain()
        by.ended = not self._still_holds(by)
        return results.encode_list_held(owner_terms.held)

    def _still_holds(self, by: Authority) -> bool:
        try:
            self._judge(by)
        except Refused:
            return False
        return True

    def _judge(self, by: Authority) -> tuple[Grant, ...]:
        """Whoever acts by grants may have lost them since the session began. Raises Refused."""
        try:
            return self._owner_terms.judge(by.rights.grants)
        except LocalAbort as refused:
            raise Refused(Abort(refused.code)) from refused

    def _abort(self, tx: bytes, by: Authority) -> None:
        kept = self._resumption.kept
        opened = kept is not None and (kept.tx, kept.rights.grants) == (tx, by.rights.grants)
        if by.rights.grants and not opened:
            raise Refused(Abort.NOT_AUTHORISED)
        if self._slots.is_provisional and self._slots.active.tx == tx:
            self._slot_flip.revert()
        elif self._staging(tx) is not None:
            self._slots.abandon()
            self._resumption.erase()
        else:
            raise Refused(Abort.TX_UNKNOWN)

    # --- what they share ----------------------------------------------------------------------------

    def _reached(self, by: Authority) -> Reached:
        if by.voucher_only:
            return Reached.VOUCHER
        if by.finished:
            return Reached.FINAL
        if by.used_up:
            return Reached.USED_UP
        return Reached.PROVISIONAL if self._slots.is_provisional else Reached.OPEN

    def _open(self, tx: bytes, by: Authority) -> None:
        """CSR and STAGE open a transaction; the first one makes the session resumable."""
        if tx == _NO_TX:
            raise MalformedCbor("eight zeros name no transaction")
        if tx in self._anti_rollback.now.reverted:
            raise Refused(Abort.TX_UNKNOWN)
        if tx == self._slots.active.tx:
            raise Refused(Abort.NOT_AUTHORISED)
        if self._staging(tx) is None:
            self._slots.open(tx)
        kept = self._resumption.kept
        if by.tx is None and (kept is None or kept.tx != tx or not self._made_by(kept, by)):
            rpsk, psk_id = by.master.resumption()
            self._resumption.keep(Resumption(psk_id, rpsk, tx, by.rights, by.method))

    @staticmethod
    def _made_by(kept: Resumption, by: Authority) -> bool:
        return kept.rpsk == by.master.resumption()[0]

    def _staging(self, tx: bytes) -> Staging | None:
        staging = self._slots.staging
        return staging if staging is not None and staging.tx == tx else None

    def _require_staging(self, tx: bytes, manifest: bytes) -> Staging:
        staging = self._staging(tx)
        if staging is None:
            raise Refused(Abort.TX_UNKNOWN)
        if staging.manifest != manifest:
            raise Refused(Abort.STAGE_HASH)
        return staging


def _decoded(held: Mapping[int, bytes]) -> dict[ItemType, Item]:
    return {ItemType(kind): items.decode(ItemType(kind), data) for kind, data in held.items()}


def _reply(request: Envelope, result: Mapping[int, Value], status: int = 0) -> Reply:
    return Reply(request.op, request.reqid, request.tx, int(status), result)
