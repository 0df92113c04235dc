"""What a device does with a request of a secure session (section 9): stage, verify, commit, final.

Requests come in with the rights of their session; what comes out is a reply, or a trial that the host must
run before the reply to VERIFY can be given. Everything is durable before the reply exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from companion.protocols.rp1 import crypto, csr, items, operations, receipt, serials
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.cbor import MalformedCbor, Value
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.checks import (
    Refused,
    check_commit,
    check_item,
    check_leaf,
    owner_of,
    signed_time,
)
from companion.protocols.rp1.device.lifelong import LifelongStore
from companion.protocols.rp1.device.ownership import accept_voucher
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.resumption import Resumption, ResumptionStore
from companion.protocols.rp1.device.rights import Reached, Rights
from companion.protocols.rp1.device.slots import Slots, Staging
from companion.protocols.rp1.device.storage import StorageFull
from companion.protocols.rp1.items import Item, ItemType
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.operations import Envelope, Facts, Op, Reply, Stage, Transaction, TxState
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.transfer import TransferToken

FLOOR_STEP = 400 * 86400
"""The time floor rises by at most 400 days at once (section 10)."""


@dataclass
class Authority:
    """What a live session may do. tx: the only one of a resumed session; finished: FINAL was given."""

    master: Master
    rights: Rights
    method: Method
    tx: bytes | None = None
    voucher_only: bool = False
    finished: bool = False


@dataclass(frozen=True)
class Trial:
    """What VERIFY wants to know: does this work? key: the private scalar of item 1's certificate."""

    bits: int
    settings: Mapping[ItemType, Item]
    key: bytes | None = field(repr=False)


Result = dict[int, Value]


class Transactions:
    """The desk where requests are answered."""

    def __init__(
        self,
        product: Product,
        slots: Slots,
        lifelong: LifelongStore,
        resumption: ResumptionStore,
        now: Callable[[], int],
        *,
        has_clock: bool,
    ) -> None:
        """`now`: Unix seconds as far as the device knows; has_clock: by a real clock, not by its floor."""
        self._product = product
        self._slots = slots
        self._lifelong = lifelong
        self._resumption = resumption
        self._now = now
        self._has_clock = has_clock
        self._settle()

    def answer(self, request: Envelope, by: Authority) -> Reply | Trial:
        """The reply, a refusal included, or the trial on which the reply to VERIFY waits."""
        try:
            if not by.rights.allow(request.op, self._reached(by)):
                raise Refused(Abort.NOT_AUTHORISED)
            if by.tx is not None and request.op not in (Op.FACTS, Op.QUERY) and request.tx != by.tx:
                raise Refused(Abort.NOT_AUTHORISED)
            return self._answer(request, by)
        except Refused as refused:
            result: Result = {} if refused.detail is None else {operations.DETAIL: refused.detail}
            return _reply(request, result, refused.status)
        except MalformedCbor:
            return _reply(request, {}, Abort.MALFORMED)
        except StorageFull:
            return _reply(request, {}, Abort.NO_SPACE)

    def tried(self, request: Envelope, failure: int | None) -> Reply:
        """The reply to VERIFY, once the host knows. failure: a `VerifyFailure`, None: it works."""
        args = operations.decode_args(request)
        assert isinstance(args, operations.Verify)
        self._slots.note_try(args.bits, failure)
        if failure is None:
            return _reply(request, {})
        return _reply(request, {operations.DETAIL: failure}, Abort.VERIFY_FAILED)

    def revert(self) -> None:
        """Give a provisional flip up: FINAL did not come, or the owner took it back."""
        tx = self._slots.active.tx
        assert tx is not None
        self._resumption.erase()
        self._lifelong.never_again(tx)
        self._slots.revert()

    def reset(self, *, by_owner: bool) -> None:
        """RESET by the owner leads to UNOWNED; a physical one leaves a reset-locked device with its owner."""
        if self._slots.is_provisional:
            self.revert()
        active, numbers = self._slots.active, self._lifelong.now
        locked = not by_owner and active.owner is not None and active.owner.reset_lock
        kept = {kind: data for kind, data in active.items.items() if kind == ItemType.OWNER}
        self._resumption.erase()
        self._slots.replace(
            kept if locked else {},
            active.owner if locked else None,
            epoch=numbers.epoch,
            boots=numbers.boots,
        )

    def transfer(self, token: TransferToken, new_owner: bytes) -> None:
        """Another owner, and with `wipe` nothing else: one flip (section 10)."""
        active, numbers = self._slots.active, self._lifelong.now
        assert active.owner is not None
        kept = {kind: data for kind, data in active.items.items() if kind != ItemType.OWNER}
        owner = replace(active.owner, key=new_owner)
        self._resumption.erase()
        self._slots.replace({} if token.wipe else kept, owner, epoch=token.epoch, boots=numbers.boots)
        self._settle()

    def _settle(self) -> None:
        """Finish what a power cut may have left undone after FINAL, or before a revert."""
        slot = self._slots.active
        if self._slots.is_provisional:
            if slot.tx in self._lifelong.now.reverted:
                self.revert()
            return
        self._lifelong.raise_epoch(slot.epoch, self._floor_of(slot.items, slot.tx))
        kept = self._resumption.kept
        if kept is not None and kept.tx == slot.tx:
            self._resumption.erase()

    # --- one operation each -------------------------------------------------------------------------

    def _answer(self, request: Envelope, by: Authority) -> Reply | Trial:
        args = operations.decode_args(request)
        match args:
            case Stage():
                return _reply(request, self._stage(request.tx, args, by))
            case operations.Verify():
                return self._verify(request.tx, args)
            case operations.Csr():
                return _reply(request, self._csr(request.tx, by))
            case operations.Commit():
                return _reply(request, self._commit(request.tx, args, by))
            case operations.Final():
                return _reply(request, self._final(request.tx, args, by))
            case operations.Voucher():
                self._accept_voucher(args, by)
                return _reply(request, {})
        if request.op == Op.FACTS:
            return _reply(request, self._facts(by))
        if request.op == Op.QUERY:
            return self._query(request)
        if request.op == Op.ABORT_TX:
            self._abort(request.tx)
        if request.op == Op.RESET:
            self.reset(by_owner=True)
        return _reply(request, {})

    def _facts(self, by: Authority) -> Result:
        product, numbers = self._product, self._lifelong.now
        return operations.encode_facts(
            Facts(
                serial=product.serial,
                model=product.model,
                firmware=product.firmware,
                free=self._slots.free,
                time_floor=numbers.time_floor,
                epoch=numbers.epoch,
                last_tx=self._slots.active.tx,
                identity_key=product.point,
                signature=product.sign(operations.facts_message(by.master.th5)),
            )
        )

    def _csr(self, tx: bytes, by: Authority) -> Result:
        self._open(tx, by)
        key = crypto.generate()
        self._slots.add_key(key.private_numbers().private_value.to_bytes(32, "big"))
        binding = by.master.export("csr", tx, csr.BINDING_SIZE)
        der = csr.make(key, serials.certified(self._product.serial), binding)
        attestation = self._product.sign(csr.attested(tx, der))
        return operations.encode_csr(operations.Request(der, attestation))

    def _stage(self, tx: bytes, chunk: Stage, by: Authority) -> Result:
        if not by.rights.allow_item(chunk.kind):
            raise Refused(Abort.NOT_AUTHORISED)
        if chunk.offset + len(chunk.chunk) > chunk.total:
            raise Refused(Abort.MALFORMED)
        self._open(tx, by)
        staging = self._staging(tx)
        assert staging is not None
        item = staging.items.get(chunk.kind)
        if chunk.offset:
            if item is None or (item.total, item.sha256) != (chunk.total, chunk.sha256):
                return {1: 0}
            if len(item.data) != chunk.offset:
                return {1: len(item.data)}
        before = item.data if item is not None and chunk.offset else b""
        if len(before) + len(chunk.chunk) == chunk.total:
            self._check_whole(tx, chunk, before + chunk.chunk, by)
        if chunk.offset:
            self._slots.add_to_item(chunk.kind, chunk.chunk)
        else:
            self._slots.begin_item(chunk.kind, chunk.total, chunk.sha256, chunk.chunk)
        return {1: chunk.offset + len(chunk.chunk)}

    def _check_whole(self, tx: bytes, chunk: Stage, data: bytes, by: Authority) -> None:
        try:
            if sha256(data) != chunk.sha256:
                raise Refused(Abort.STAGE_HASH)
            check_item(ItemType(chunk.kind), data, self._product.fp, tx, self._owner_key(by))
        except (Refused, MalformedCbor):
            self._slots.drop_item(chunk.kind)
            raise

    def _verify(self, tx: bytes, args: operations.Verify) -> Trial:
        staging = self._staged(tx, args.manifest)
        self._check_leaf(staging)
        return Trial(args.bits, _decoded(self._slots.merged()), self._slots.merged_key())

    def settings(self) -> Trial:
        """What the device lives with: the active slot."""
        slot = self._slots.active
        return Trial(0, _decoded(slot.items), self._slots.key(slot.key_id))

    def _commit(self, tx: bytes, args: operations.Commit, by: Authority) -> Result:
        slots = self._slots
        if slots.active.tx == tx and slots.active.receipt is not None:
            return {1: slots.active.receipt}
        staging = self._staged(tx, args.manifest)
        self._check_leaf(staging)
        base, numbers = slots.base, self._lifelong.now
        merged = slots.merged()
        check_commit(staging, merged, base.owner, by.rights, numbers.epoch, self._owner_key(by))
        owner, epoch = owner_of(staging, base.owner)
        epoch = max(numbers.epoch, epoch)
        assert owner is not None
        signed = receipt.sign(
            self._product.sign,
            receipt.Receipt(
                tx,
                args.manifest,
                by.master.th5,
                epoch,
                self._product.serial,
                sha256(owner.key),
                time=self._now() if self._has_clock else None,
                grants_sha256=items.grants_digest(by.rights.grants),
            ),
        )
        r_used = base.r_used or bool(by.method & Method.OOB)
        slots.commit(receipt=signed, owner=owner, r_used=r_used, epoch=epoch, boots=numbers.boots)
        return {1: signed}

    def _final(self, tx: bytes, args: operations.Final, by: Authority) -> Result:
        slot = self._slots.active
        if slot.tx != tx or slot.receipt is None:
            raise Refused(Abort.TX_UNKNOWN)
        if args.receipt_sha256 != sha256(slot.receipt):
            raise Refused(Abort.STAGE_HASH)
        acknowledgement = slot.acknowledgement
        if acknowledgement is None:
            acknowledgement = receipt.acknowledge(self._product.sign, tx, args.receipt_sha256)
            self._slots.finalise(acknowledgement)
            self._settle()
        by.finished = True
        return {1: acknowledgement}

    def _query(self, request: Envelope) -> Reply:
        slot, staging = self._slots.active, self._staging(request.tx)
        told = Transaction(TxState.UNKNOWN, {}, None)
        status = 0
        if slot.tx == request.tx:
            state = TxState.FINAL if slot.is_final else TxState.PROVISIONAL
            told = Transaction(state, {}, slot.receipt)
        elif request.tx in self._lifelong.now.reverted:
            told = Transaction(TxState.REVERTED, {}, None)
        elif staging is not None:
            state = TxState.VERIFIED if staging.tried else TxState.STAGED
            failure = None if self._product.stays_up else staging.failure
            told = Transaction(state, staging.offsets, None, failure)
            status = 0 if failure is None else Abort.VERIFY_FAILED
        return _reply(request, operations.encode_transaction(told), status)

    def _accept_voucher(self, args: operations.Voucher, by: Authority) -> None:
        product = self._product
        try:
            owner = accept_voucher(args, product.makers, product.serial, by.master.th5, self._now())
        except LocalAbort as refused:
            raise Refused(Abort(refused.code)) from refused
        by.voucher_only = False
        by.rights = replace(by.rights, assigned=owner)

    def _abort(self, tx: bytes) -> None:
        if self._slots.is_provisional and self._slots.active.tx == tx:
            self.revert()
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
        return Reached.PROVISIONAL if self._slots.is_provisional else Reached.OPEN

    def _open(self, tx: bytes, by: Authority) -> None:
        """CSR and STAGE open a transaction; the first one makes the session resumable."""
        if tx in self._lifelong.now.reverted:
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

    def _staged(self, tx: bytes, manifest: bytes) -> Staging:
        staging = self._staging(tx)
        if staging is None:
            raise Refused(Abort.TX_UNKNOWN)
        if staging.manifest != manifest:
            raise Refused(Abort.STAGE_HASH)
        return staging

    def _check_leaf(self, staging: Staging) -> None:
        check_leaf(staging, self._slots.key(staging.key_id))

    def _owner_key(self, by: Authority) -> bytes | None:
        """The point of whoever may sign for the owner: the session's, or the staged item 6's."""
        if by.rights.owner_key is not None:
            return by.rights.owner_key
        staged = self._slots.staging.whole.get(ItemType.OWNER) if self._slots.staging else None
        if staged is None:
            return None
        owner = items.decode(ItemType.OWNER, staged)
        assert isinstance(owner, items.Owner)
        return owner.key

    def _floor_of(self, held: Mapping[int, bytes], tx: bytes | None) -> int:
        """The time floor to which a slot's owner-signed time leads, a step at most."""
        seconds = signed_time(held, tx)
        return min(seconds, self._lifelong.now.time_floor + FLOOR_STEP) if seconds is not None else 0


def _decoded(held: Mapping[int, bytes]) -> dict[ItemType, Item]:
    return {ItemType(kind): items.decode(ItemType(kind), data) for kind, data in held.items()}


def _reply(request: Envelope, result: Mapping[int, Value], status: int = 0) -> Reply:
    return Reply(request.op, request.reqid, request.tx, int(status), result)
