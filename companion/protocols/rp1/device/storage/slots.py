"""Two slots and the one flip between them (section 9): a device is what its active slot says, whole.

    inactive slot   OPEN (KEY | BEGIN | MORE | DROP | TRIED)*        what is staged
    COMMIT          COPY* SEAL(sequence, ...)                        the flip: SEAL is one atomic entry
    afterwards      FINAL, or REVERT and the other slot counts again

Slots hold ids of keys, never keys; a key that no slot names is deleted at boot.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.storage import entries
from companion.protocols.rp1.device.storage.entries import (
    Begin,
    Copy,
    CopyKey,
    Drop,
    Entry,
    Final,
    Key,
    More,
    Open,
    OwnersList,
    OwnerTerms,
    Revert,
    Seal,
    Tried,
)
from companion.protocols.rp1.device.storage.pages import Cell, Log
from companion.protocols.rp1.device.storage.slot_log import Slot, is_reverted, read

OVERDUE = 0
"""In place of a VERIFY's detail: it did not end in its time."""

_NO_TX = bytes(items.TX_SIZE)


class Slots:
    """Both slots of a device and its operational keys. Every change is durable when it returns.

    Raises StorageFull where there is no room.
    """

    def __init__(self, logs: tuple[Log, Log], keys: Cell) -> None:
        self._logs = logs
        self._keys = keys
        self._load()
        self._tidy()

    def _load(self) -> None:
        found = [read(log) for log in self._logs]
        sealed = [(slot.sequence, index) for index, (slot, _) in enumerate(found) if slot is not None]
        self._at = max(sealed)[1] if sealed else 1
        other = 1 - self._at
        self.active = found[self._at][0] or Slot()
        self.previous = found[other][0] or Slot()
        self.staging = found[other][1]

    def _tidy(self) -> None:
        """Finish what a power cut may have left undone."""
        if self.active.is_final and self.previous.sequence:
            self._forget_previous()
        for log in self._logs:
            if is_reverted(log):
                log.erase()
        if self.staging is not None and self.staging.tx == _NO_TX:
            self.abandon()
        self._delete_unreferenced_keys()

    # --- what there is ------------------------------------------------------------------------------

    @property
    def is_provisional(self) -> bool:
        """True between COMMIT and FINAL."""
        return not self.active.is_final

    @property
    def base(self) -> Slot:
        """The final slot: the active one, or the one that a revert leads back to."""
        return self.previous if self.is_provisional else self.active

    @property
    def free(self) -> int:
        """Octets that can still be staged."""
        return self._inactive.free

    def merged(self) -> dict[int, bytes]:
        """What COMMIT would make active: staged items over those of the active slot."""
        return {**self.active.items, **(self.staging.whole if self.staging else {})}

    def merged_key(self) -> bytes | None:
        """What is kept of the private key for item 1 of the merged set."""
        staging = self.staging
        staged = staging is not None and ItemType.LDEVID in staging.whole
        return self.key(staging.key_id if staging and staged else self.active.key_id)

    def key(self, key_id: int | None) -> bytes | None:
        """What is kept of an operational key, for `OperationalKeys.open`."""
        return entries.decode_keys(self._keys.value).get(key_id) if key_id is not None else None

    # --- staging ------------------------------------------------------------------------------------

    def open(self, tx: bytes) -> None:
        """A new transaction; what another one had staged is erased."""
        self._inactive.erase()
        self.staging = None
        self._delete_unreferenced_keys()
        self._append(Open(tx))

    def add_key(self, kept: bytes) -> None:
        """The transaction's key pair, in place of an earlier one; a staged item 1 and VERIFIED go."""
        key_id = secrets.randbits(31)
        self._keys.put(entries.encode_keys({**entries.decode_keys(self._keys.value), key_id: kept}))
        self._append(Key(key_id))
        self._delete_unreferenced_keys()

    def begin_item(self, kind: int, total: int, digest: bytes, chunk: bytes) -> None:
        """An item from its beginning, in place of an earlier one."""
        self._append(Begin(kind, total, digest, chunk))

    def add_to_item(self, kind: int, chunk: bytes) -> None:
        """The next chunk of an item."""
        self._append(More(kind, chunk))

    def drop_item(self, kind: int) -> None:
        """An item that turned out wrong."""
        self._append(Drop(kind))

    def note_try(self, bits: int, failure: int | None, cause: int | None = None) -> None:
        """What VERIFY of these bits came to; failure None: it works; cause: what refines the failure."""
        self._append(Tried(bits, failure, cause))

    def note_list(self, signed: bytes) -> None:
        """The revocation list of the owner whom the staged item 6 names."""
        self._append(OwnersList(signed))

    def abandon(self) -> None:
        """Forget what is staged."""
        self._inactive.erase()
        self.staging = None
        self._delete_unreferenced_keys()

    # --- the flip and what follows ------------------------------------------------------------------

    def commit(
        self,
        *,
        receipt: bytes,
        owner: OwnerTerms,
        r_used: bool,
        epoch: int,
        boots: int,
        voucher_until: int = 0,
        use: tuple[bytes, int] | None = None,
    ) -> None:
        """Make the merged set active, provisionally."""
        staging = self.staging
        assert staging is not None
        self._copy({k: data for k, data in self.active.items.items() if k not in staging.whole})
        if ItemType.LDEVID not in staging.whole and self.active.key_id is not None:
            self._append(CopyKey(self.active.key_id))
        sequence = self.active.sequence + 1
        self._append(
            Seal(
                sequence,
                staging.tx,
                owner,
                r_used,
                epoch,
                boots,
                receipt,
                is_final=False,
                voucher_until=voucher_until,
                use=use,
            )
        )
        self._load()

    def finalise(self, acknowledgement: bytes) -> None:
        """FINAL: the active slot stays, the other one goes."""
        self._logs[self._at].append(entries.encode(Final(acknowledgement)))
        self.active = replace(self.active, acknowledgement=acknowledgement, is_final=True)
        self._forget_previous()
        self._delete_unreferenced_keys()

    def revert(self) -> None:
        """Give the provisional slot up; the previous one counts again."""
        self._logs[self._at].append(entries.encode(Revert()))
        self._load()
        self._inactive.erase()
        self.staging = None
        self._delete_unreferenced_keys()

    def replace(
        self,
        kept: Mapping[int, bytes],
        owner: OwnerTerms | None,
        *,
        tx: bytes | None = None,
        epoch: int,
        boots: int,
    ) -> None:
        """Transfer and reset: one flip to a final slot with these items and this owner, or none."""
        self._inactive.erase()
        self.staging = None
        self._append(Open(_NO_TX))
        self._copy(kept)
        if ItemType.LDEVID in kept and self.active.key_id is not None:
            self._append(CopyKey(self.active.key_id))
        sequence = self.active.sequence + 1
        self._append(Seal(sequence, tx, owner, False, epoch, boots, None, is_final=True))
        self._load()
        self._tidy()

    # --- inside -------------------------------------------------------------------------------------

    @property
    def _inactive(self) -> Log:
        return self._logs[1 - self._at]

    def _append(self, entry: Entry) -> None:
        self._inactive.append(entries.encode(entry))
        self.staging = read(self._inactive)[1]

    def _copy(self, kept: Mapping[int, bytes]) -> None:
        for kind, data in kept.items():
            self._append(Copy(kind, data))

    def _forget_previous(self) -> None:
        self._inactive.erase()
        self.previous, self.staging = Slot(), None

    def _delete_unreferenced_keys(self) -> None:
        named = {self.active.key_id, self.previous.key_id, self.staging.key_id if self.staging else None}
        keys = entries.decode_keys(self._keys.value)
        if kept := {key_id: scalar for key_id, scalar in keys.items() if key_id in named}:
            if kept != keys:
                self._keys.put(entries.encode_keys(kept))
        elif keys:
            self._keys.forget()
