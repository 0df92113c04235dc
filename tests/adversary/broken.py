"""RP1 with one protection taken away at a time. An attack that fails on RP1 must succeed on one of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock
from zlib import crc32

from companion.model import DeviceIdentity
from companion.protocols.rp1 import crypto, schedule
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import items, revocation_list, vouchers
from companion.protocols.rp1.device.admission.attempts import Attempts
from companion.protocols.rp1.device.effects import Effect
from companion.protocols.rp1.device.machine import DeviceMachine
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.pages import Cell
from companion.protocols.rp1.device.storage.resumption import Resumption
from companion.protocols.rp1.device.transaction import ownership, slot_flip
from companion.protocols.rp1.device.transaction.checks import Refused
from companion.protocols.rp1.device.transaction.owner_terms import EffectiveTerms
from companion.protocols.rp1.device.transaction.slot_flip import SlotFlip
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.transaction.driver import TransactionDriver
from companion.protocols.rp1.handshake import CommissionerHandshake, DeviceHandshake
from companion.protocols.rp1.ownership.owners_list import Delivery
from companion.protocols.rp1.store.saved_transaction import Naming
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.messages import M1
from companion.protocols.rp1.wire.operations import Voucher
from companion.protocols.rp1.wire.results import ListHeld

Commitment = Callable[[bytes, int, int, bytes, bytes], bytes]


def no_commitment(sid: bytes, suite: int, method: int, point: bytes, nonce: bytes) -> bytes:
    """A commitment that binds its maker to nothing."""
    return bytes(32)


def without_nonce(sid: bytes, suite: int, method: int, point: bytes, nonce: bytes) -> bytes:
    """The number depends on N_C, which is first fixed in M3."""
    return crypto.sha256(b"rp1 commit" + sid + bytes([suite, method]) + point)


_honest: Commitment = schedule.commitment


def eight_bits(sid: bytes, suite: int, method: int, point: bytes, nonce: bytes) -> bytes:
    """A commitment so short that a second opening is found."""
    return _honest(sid, suite, method, point, nonce)[:1] + bytes(31)


class RevealsInM1(CommissionerHandshake):
    """A commissioner whose E_C and N_C are known before the device answers."""

    @property
    def revealed(self) -> tuple[bytes, bytes]:
        return self._point, self._draw.nonce


class BelievesM2(CommissionerHandshake):
    """A commissioner that does not hold M2's lists against INFO's."""

    def receive_m2(self, data: bytes) -> None:
        m2 = messages.decode_m2(data)
        self.info = replace(self.info, suites=m2.suites, methods=m2.methods)
        super().receive_m2(data)


class IgnoresInfo(DeviceHandshake):
    """A device that does not check what M1 is about, chooses and asks for."""

    def _check(self, m1: M1) -> None:
        """Nothing."""


_advance = schedule.advance


def lists_not_hashed(transcript: bytes, message: bytes) -> bytes:
    """A transcript without the lists of M1 and M2, as in `psk_dg_abl.pv`."""
    if messages.kind_of(message) == 1:
        m1 = replace(messages.decode_m1(message), suites=(), methods=0, info_digest=b"")
        message = messages.encode_m1(m1)
    elif messages.kind_of(message) == 2:
        message = messages.encode_m2(replace(messages.decode_m2(message), suites=(), methods=0))
    return _advance(transcript, message)


class CountsAtConfirm(Attempts):
    """A device that counts a comparison when it is over, instead of when M2 leaves."""

    def admit(self) -> None:
        if self.is_locked:
            super().admit()


class CountsInRam(AntiRollbackStore):
    """A device whose count of comparisons ends with its power."""

    def count_comparison(self) -> None:
        self.now = replace(self.now, comparisons=self.now.comparisons + 1)

    def count_boot(self) -> None:
        self.now = replace(self.now, comparisons=0)
        super().count_boot()


class KeepsAtM4(DeviceMachine):
    """A device that keeps the resumption secret before anybody confirmed the number."""

    def _third_message(self, *given: object) -> list[Effect]:
        done = super()._third_message(*given)  # type: ignore[arg-type]  # what came is handed on
        assert self._session is not None
        authority = self._session.authority
        rpsk, psk_id = authority.master.resumption()
        kept = Resumption(psk_id, rpsk, b"transact", authority.rights, authority.method)
        self._state.resumption.keep(kept)
        return done


_progressed = TransactionDriver._progressed


async def progress_gives_time(handing: TransactionDriver, channel: Connection, plaintext: bytes) -> None:
    """A commissioner that waits anew for VERIFY's reply at each PROGRESS."""
    await _progressed(handing, channel, plaintext)
    channel.wait_until(handing._transaction.machine.patience)


_voucher_of = ownership._voucher_of


def voucher_for_any_session(args: Voucher, makers: tuple[bytes, ...]) -> vouchers.Voucher:
    """A device that does not ask for which session a voucher was made."""
    return replace(_voucher_of(args, makers), nonce=None)


class IgnoresTheLabel(TransactionMachine):
    """A commissioner that asks who the device is in the handshake alone, where NC and PSK do not say it."""

    def __init__(self, *given: object, fp: bytes | None = None, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # what came is handed on


async def believes_serials(device: DeviceIdentity, identity_key: bytes, *given: object) -> Naming:
    """A commissioner that certifies whatever serial number a device says."""
    return Naming(crypto.fingerprint(identity_key), device.serial or "")


class OneClockForAll(EffectiveTerms):
    """A device whose time floor belongs to nobody, and therefore binds everybody."""

    def take_list(self, signed: bytes) -> None:
        super().take_list(signed)
        numbers = replace(
            self._anti_rollback.now, time_floor=max(self.time_floor, self._anti_rollback.now.time_floor)
        )
        self._anti_rollback._put(numbers)


def transaction_alone(item: items.Owner, fp: bytes, tx: bytes) -> bytes:
    """Item 6's signature as it was: over the transaction, and over nothing that it makes of the device."""
    return b"rp1 own" + tx


_transfer = SlotFlip.transfer


def transfer_with_grants(self: SlotFlip, *given: Any) -> None:
    """A transfer after which grants hold before the new owner has spoken."""
    with mock.patch.object(slot_flip, "OwnerTerms", lambda key, takes_grants: OwnerTerms(key)):
        _transfer(self, *given)


def put_in_place(self: Cell, value: bytes) -> None:
    """A cell of one copy."""
    data = (self._seq + 1).to_bytes(4, "big") + len(value).to_bytes(4, "big") + value
    self._flash.write(self._first_page + self._page, 0, data + crc32(data).to_bytes(4, "big"))
    self._seq, self.value = self._seq + 1, value


_reset = SlotFlip.reset


def wipe_record_first(self: SlotFlip, *, frees: bool) -> None:
    """A wipe that forgets what the owner said before it forgets the owner."""
    self._owner_terms.forget()
    _reset(self, frees=frees)


class OneCounterForAll(EffectiveTerms):
    """A device whose counter of lists belongs to nobody: whoever signed the highest binds everybody."""

    highest = 0

    def take_list(self, signed: bytes) -> None:
        assert self.record is not None
        counter = revocation_list.read(signed, self.record.key).counter
        if counter < self.highest:
            raise Refused(Abort.GRANT)
        type(self).highest = counter
        super().take_list(signed)


def takes_any_list(signed: bytes, key: bytes, held: ListHeld) -> bool:
    """A device that goes by the list that came last, instead of by the one with the highest counter."""
    revocation_list.read(signed, key)
    return True


class WritesUnread(Delivery):
    """A commissioner whose list replaces the device's before it was read."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **{**more, "asks": False})
