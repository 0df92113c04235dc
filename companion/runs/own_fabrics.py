"""An owner's fabrics, with the devices in them: listed, founded, renamed, given up.

Keys are in the vault and names beside them; records repeat a name, so that who only looks at devices needs
no keys. The vault is written first where it says more, and last where it says less, so that whatever is
killed in between can be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from companion.errors import MethodUnavailable
from companion.model import OwnedFabric
from companion.protocols import FabricDriver, fabric_drivers

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import DeviceRecord, Registry


@dataclass(frozen=True)
class FabricUse:
    """A fabric, and how many devices are in it."""

    fabric: OwnedFabric
    devices: int

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {**self.fabric.as_json(), "devices": self.devices}


@dataclass(frozen=True)
class OwnFabrics:
    """Those of an identity with its registry.

    wanted: a name, or the beginning of an id. All raise FabricMissing, RecordAmbiguous, StorageError leaves.
    """

    identity: Identity
    registry: Registry

    def all(self) -> tuple[FabricUse, ...]:
        """By age; none where no device was ever given one."""
        counts = self.registry.fabrics.counts()
        known = self._driver[1].own_fabrics(self.identity)
        return tuple(FabricUse(each, counts.get(each.id, 0)) for each in known)

    def one(self, wanted: str) -> OwnedFabric:
        """The one that is meant."""
        return self._driver[1].own_fabric(self.identity, wanted)

    def add(self, name: str) -> OwnedFabric:
        """From here on it matters which one a device is in, so the records of all devices say it.

        Raises FabricNameUnusable.
        """
        driver = self._driver[1]
        added = driver.add_fabric(self.identity, name)
        for each in driver.own_fabrics(self.identity):
            self.registry.fabrics.rename(each.id, each.name)
        return added

    def rename(self, wanted: str, name: str) -> OwnedFabric:
        """Here and in the records of its devices. Raises FabricNameUnusable."""
        renamed = self._driver[1].rename_fabric(self.identity, self.one(wanted).id, name)
        self.registry.fabrics.rename(renamed.id, renamed.name)
        return renamed

    def use(self, wanted: str) -> OwnedFabric:
        """From now on devices join it where nobody names another one."""
        return self._driver[1].use_fabric(self.identity, self.one(wanted).id)

    def devices(self, wanted: str) -> list[DeviceRecord]:
        """Those that are lost with it."""
        return self.registry.fabrics.devices(self.one(wanted).id)

    def remove(self, wanted: str) -> OwnedFabric:
        """Give its keys up. Its devices stay as they are, and can only be reset or used by other apps."""
        fabric = self.one(wanted)
        name, driver = self._driver
        self.registry.fabrics.lose(fabric.id)
        driver.remove_fabric(self.identity, self.registry.memory(name, self.identity.vault), fabric.id)
        return fabric

    @property
    def _driver(self) -> tuple[str, FabricDriver]:
        """Of the only protocol with fabrics."""
        found = next(iter(fabric_drivers().items()), None)
        if found is None:
            raise MethodUnavailable("no protocol has fabrics")
        return found
