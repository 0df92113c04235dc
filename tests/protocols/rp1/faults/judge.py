"""What must be true of the device, of the app's disk and of the user, whatever was cut."""

from __future__ import annotations

from companion.protocols.rp1.device.state import PROVISIONAL_SECONDS
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.saved_transaction import SavedTransaction
from tests.protocols.rp1.faults.cuts import Kind, Place
from tests.protocols.rp1.faults.device_life import TYPED, life_of
from tests.protocols.rp1.faults.disk import Disk
from tests.protocols.rp1.faults.environment import Around


def open_transaction(disk: Disk, fp: bytes) -> SavedTransaction | None:
    """What the app wrote down of a transaction with this device."""

    class Reading:
        def get(self, key: str) -> object:
            return disk.value(key)

        def get_secret(self, key: str) -> bytes | None:
            return disk.secrets().get(key)

    return CommissionerStore(Reading()).recall(fp)  # type: ignore[arg-type]  # it only reads


class Judge:
    """Watches one case. may_type, may_compare, may_try: how often it may be asked of user and device so far.

    Section 9: the user never types anything twice; a comparison is asked for again only where there is
    nothing to resume with, for that secret is stored when a transaction is opened. What a device has tried
    it need not try again.
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
        life = life_of(self._around.copy())
        assert life.leaf not in self._disk.revoked(), "what a device may still use is revoked"
        assert not life.leaf or life.leaf in self._disk.issued(), "nobody could revoke its certificate"
        struck = self._around.faults.struck[self._judged :]
        self._rise(booted=any(one.kind is Kind.DEVICE for one in struck))
        pending = open_transaction(self._disk, self._fp)
        standing = self._around.device.machine.standing
        staging = self._around.device.machine._state.slots.staging
        # Its key is made when CSR opens the transaction: from here on there is something to resume with.
        resumes = staging is not None and staging.key_id is not None
        for one in struck:
            self.standings.append(standing)
            self.may_try += standing is Standing.UNOWNED and not (staging is not None and staging.tried)
            self.may_compare += standing is Standing.UNOWNED and not resumes
            # An app that dies in the write that would have kept the answer; no other operation comes between.
            lost = one.place is Place.DISK and (pending is None or pending.settings is None)
            self.may_type += lost and self._user.typed == self.may_type and not self._disk.devices()
        self._judged += len(struck)

    def _rise(self, *, booted: bool = False) -> None:
        """What lives outside of the slots only rises, and a boot is counted."""
        now = self._around.device.machine._state.anti_rollback.now
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
        assert life.leaf not in self._disk.revoked(), "what the device works with is revoked"
        assert self._disk.secrets().keys() <= {"marks"}, "nothing sealed is left of it"
        assert self._disk.value("open") is None
        assert self._user.problems == []
        assert self._around.tried <= self.may_try, f"tried {self._around.tried}, may be {self.may_try}"
        assert self._user.typed <= self.may_type, f"typed {self._user.typed}, may be {self.may_type}"
        assert self._user.compared <= self.may_compare, (
            f"compared {self._user.compared}, may be {self.may_compare}"
        )
