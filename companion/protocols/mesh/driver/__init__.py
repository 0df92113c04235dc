"""The driver of Bluetooth mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companion.model import Advertisement, Commissioned, Finding, FoundDevice, Ownership, SetupCode
from companion.protocols import Context
from companion.protocols.mesh import advertisement as announcements
from companion.protocols.mesh import findings
from companion.protocols.mesh.bearer import PROVISIONING_SERVICE, PROXY_SERVICE
from companion.protocols.mesh.driver.commissioning import USUAL, Commissioning, Timeouts
from companion.protocols.mesh.driver.networks import Networks
from companion.protocols.mesh.provisioning.authenticity import METHOD_NAMES
from companion.protocols.mesh.provisioning.capabilities import Method


@dataclass(frozen=True)
class Driver(Networks):
    """Mesh has no setup codes: its devices are found nearby, and a secret tells which one is which."""

    timeouts: Timeouts = USUAL
    name: ClassVar[str] = "mesh"
    code_names_unit: ClassVar[bool] = False

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """A device that waits for a provisioner, or a node that says for a minute which one it is."""
        if code is not None:
            return None
        data = advertisement.service_data
        waiting = announcements.read_unprovisioned(data.get(PROVISIONING_SERVICE, b""))
        if waiting is not None:
            name = advertisement.name or f"Mesh device {waiting.uuid.hex()[-4:].upper()}"
            return FoundDevice(self.name, advertisement, name, ownership=Ownership.UNOWNED)
        if announcements.is_node_identity(data.get(PROXY_SERVICE, b"")):
            name = advertisement.name or "Mesh node"
            return FoundDevice(self.name, advertisement, name, ownership=Ownership.OWNED)
        return None

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """That a secret decides, or that there will be none."""
        unprotected = method == METHOD_NAMES[Method.NO_OOB]
        return (findings.UNPROTECTED if unprotected else findings.SECRET_WANTED,)

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK. `order.method` is one of `METHOD_NAMES`.

        Raises MeshSecretWrong, MeshReflected, MeshSecretSpent, RiskUnaccepted, MeshProtectionMissing,
        MethodUnavailable, VersionUnsupported, MeshNetworkFull, MeshAlreadyProvisioned, DeviceError and
        RadioError leaves, Cancelled.
        """
        return await Commissioning(context, self.timeouts).run()
