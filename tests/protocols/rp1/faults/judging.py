"""What must be true of the device, of the app's disk and of the user, whatever was cut."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.rp1 import crypto, items, receipt
from companion.protocols.rp1.device import entries
from companion.protocols.rp1.device.keeping import PROVISIONAL_SECONDS
from companion.protocols.rp1.items import ItemType
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.pending import Memories, Pending
from tests.protocols.rp1.bench import DeviceBench
from tests.protocols.rp1.faults.around import TYPED, Around
from tests.protocols.rp1.faults.cuts import Kind
from tests.protocols.rp1.faults.disk import Disk, leaf_print

SEVEN = {kind for kind in ItemType if kind is not ItemType.THREAD}


@dataclass(frozen=True)
class Life:
    """What a device lives with, empty for one that nobody owns.

    leaf:     its certificate's fingerprint
    receipt:  and the acknowledgement that it gave with FINAL
    rises_to: the epoch and the time (Unix seconds) that it will not go behind after FINAL
    """

    standing: Standing
    leaf: str = ""
    receipt: tuple[bytes | None, bytes | None] = (None, None)
    rises_to: tuple[int, int] = (0, 0)


def life_of(device: DeviceBench) -> Life:
    """All of the active slot, or nothing; any mix fails, and so does a key that no slot names."""
    slots = device.machine._keeping.slots
    slot, staging = slots.active, slots.staging
    named = {slot.key_id, slots.previous.key_id, staging.key_id if staging is not None else None}
    assert set(entries.decode_keys(slots._keys.value)) <= named
    if not slot.items:
        assert (slot.owner, slot.key_id, slot.receipt, slot.r_used) == (None, None, None, False), slot
        return Life(device.machine.standing)
    assert set(slot.items) == SEVEN, f"items {sorted(slot.items)}"
    made = {kind: items.decode(ItemType(kind), data) for kind, data in slot.items.items()}
    wifi, label, owner = (made[kind] for kind in (ItemType.WIFI, ItemType.LABEL, ItemType.OWNER))
    chain, floor = made[ItemType.LDEVID], made[ItemType.TIME]
    assert TYPED.wifi is not None
    assert (wifi.ssid, wifi.passphrase) == (TYPED.wifi.ssid, TYPED.wifi.passphrase)
    assert (label.label, label.room) == (TYPED.name, TYPED.room)
    scalar = slots.key(slot.key_id)
    assert scalar is not None and slot.receipt is not None and slot.owner is not None
    assert items.leaf_key(chain) == crypto.point(crypto.private_key(scalar)), "its certificate has its key"
    signed = receipt.read(slot.receipt, device.product.point)
    digests = {kind: crypto.sha256(data) for kind, data in slot.items.items()}
    assert (signed.tx, signed.manifest) == (slot.tx, items.manifest(digests)), "the items of one transaction"
    assert slot.owner.key == owner.key
    return Life(
        device.machine.standing,
        leaf_print(chain.chain[0]),
        (slot.receipt, slot.acknowledgement),
        (signed.epoch, max(floor.seconds, device.product.build_time)),
    )


def open_transaction(disk: Disk, fp: bytes) -> Pending | None:
    """What the app wrote down of a transaction with this device."""

    class Reading:
        def get(self, key: str) -> object:
            return disk.value(key)

        def get_secret(self, key: str) -> bytes | None:
            return disk.secrets().get(key)

    return Memories(Reading()).recall(fp)  # type: ignore[arg-type]  # it only reads


class Judge:
    """Watches one story. may_type, may_compare, may_try: how often it may be asked of user and device so far.

    SPEC.md, section 9: the user never types anything twice; a comparison is asked for again only where
    section 9 has nothing to resume with, for its secret is stored when a transaction was opened. What a
    device has tried it need not try again.
    """

    def __init__(self, around: Around) -> None:
        self._around = around
        self._disk, self._user = around.disk, around.user
        self._fp = around.device.product.fp
        self.may_type = self.may_compare = self.may_try = 1
        self.standings: list[Standing] = []
        self._judged = 0
        self._risen = (0, 0, 0)
        around.noted = self.cut
        self.cut()

    def cut(self) -> None:
        """A cut was made, and the device is up again if it was its power."""
        life_of(self._around.copy())
        struck = self._around.faults.struck[self._judged :]
        self._rise(booted=any(one.kind is Kind.DEVICE for one in struck))
        pending = open_transaction(self._disk, self._fp)
        standing = self._around.device.machine.standing
        staging = self._around.device.machine._keeping.slots.staging
        # Its key is made when CSR opens the transaction: from here on there is something to resume with.
        resumes = staging is not None and staging.key_id is not None
        for one in struck:
            self.standings.append(standing)
            self.may_try += standing is Standing.UNOWNED and not (staging is not None and staging.tried)
            self.may_compare += standing is Standing.UNOWNED and not resumes
            lost = one.kind is Kind.APP and self._user.typed and (pending is None or pending.wishes is None)
            self.may_type += bool(lost) and not self._disk.devices()
        self._judged += len(struck)

    def _rise(self, *, booted: bool = False) -> None:
        """What lives outside of the slots only rises, and a boot is counted."""
        now = self._around.device.machine._keeping.lifelong.now
        risen = (now.boots, now.epoch, now.time_floor)
        assert all(new >= old for new, old in zip(risen, self._risen, strict=True)), (risen, self._risen)
        assert not booted or now.boots > self._risen[0], "a boot that was not counted"
        self._risen = risen

    def killed(self) -> None:
        """An app is dead: what its disk says of the device is true, also if no app ever comes again."""
        standing = life_of(self._around.device).standing
        devices = self._disk.devices()
        if devices:
            assert standing is Standing.OWNED, f"the registry says {devices}, the device {standing}"
        elif standing is not Standing.UNOWNED:
            assert open_transaction(self._disk, self._fp) is not None, "nobody knows of this device"
        alone = self._around.copy()
        alone.tick(PROVISIONAL_SECONDS + 1)
        assert life_of(alone).standing in (Standing.UNOWNED, Standing.OWNED), "left half way"

    def commissioned(self) -> None:
        """The end, as both sides and the registry have it."""
        life = life_of(self._around.device)
        assert life.standing is Standing.OWNED
        assert life == life_of(self._around.copy()), "power-on changes nothing"
        self._rise()
        assert self._risen[1:] == life.rises_to
        (entry,) = self._disk.devices()
        assert (entry.state, entry.name) == ("commissioned", TYPED.name)
        assert (entry.leaf, entry.receipt) == (life.leaf, life.receipt)
        assert entry.receipt[1] is not None
        assert self._disk.secrets() == {}, "nothing sealed is left of it"
        assert self._disk.value("open") is None and self._disk.value("comparisons") is None
        assert self._user.problems == []
        assert self._around.tried <= self.may_try, f"tried {self._around.tried}, may be {self.may_try}"
        assert self._user.typed <= self.may_type, f"typed {self._user.typed}, may be {self.may_type}"
        assert self._user.compared <= self.may_compare, (
            f"compared {self._user.compared}, may be {self.may_compare}"
        )
