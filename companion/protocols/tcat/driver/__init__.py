"""The driver of TCAT."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from companion.errors import MethodUnavailable
from companion.model import Advertisement, Commissioned, Finding, FoundDevice, Ownership, SetupCode
from companion.protocols import (
    CommissionerCertificate,
    CommissionerTerms,
    Context,
    Memory,
    Offered,
    OwnedDevice,
    OwnershipOperation,
    TransferTerms,
)
from companion.protocols.tcat import advertisement as announcements
from companion.protocols.tcat import authority_folder, commissioner, findings
from companion.protocols.tcat.advertisement import SERVICE, State
from companion.protocols.tcat.driver.commissioning import USUAL, Commissioning, Timeouts
from companion.protocols.tcat.driver.removal import Removal
from companion.protocols.tcat.driver.terms import authorization_of, described
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Identity


@dataclass(frozen=True)
class Driver:
    """TCAT has no setup codes: its devices are found nearby, and certificates say who may do what."""

    timeouts: Timeouts = USUAL
    name: ClassVar[str] = "tcat"
    code_names_unit: ClassVar[bool] = False

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """A device whose service data says that it waits for a TCAT commissioner."""
        if code is not None:
            return None
        announced = announcements.read(advertisement.service_data.get(SERVICE, b""))
        if announced is None:
            return None
        joined = announced.state & State.COMMISSIONED
        return FoundDevice(
            self.name,
            advertisement,
            advertisement.name or "Thread device",
            ownership=Ownership.ONLINE if joined else Ownership.UNOWNED,
        )

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """That certificates decide."""
        return (findings.CERTIFICATES,)

    def read_commissioner(self, path: Path) -> tuple[Secret, CommissionerCertificate]:
        """See `CommissionerDriver`."""
        text = commissioner.read_path(path)
        return text, described(commissioner.read(text))

    def keep_commissioner(self, memory: Memory, text: Secret | None) -> None:
        """See `CommissionerDriver`."""
        memory.put_secret(commissioner.MEMORY, None if text is None else text.reveal())

    def kept_commissioner(self, memory: Memory) -> CommissionerCertificate:
        """See `CommissionerDriver`."""
        return described(commissioner.kept(memory))

    def make_commissioner(self, folder: Path, terms: CommissionerTerms, days: int) -> CommissionerCertificate:
        """See `CommissionerDriver`."""
        return described(authority_folder.make(folder, authorization_of(terms), days))

    def recognise(self, advertisement: Advertisement, device: OwnedDevice) -> FoundDevice | None:
        """Any TCAT device: nothing that it says on the air names it for good. Its key decides."""
        if announcements.read(advertisement.service_data.get(SERVICE, b"")) is None:
            return None
        return FoundDevice(self.name, advertisement, device.name, ownership=Ownership.OWNED)

    async def operate(
        self, context: Context, operation: OwnershipOperation, device: OwnedDevice
    ) -> Commissioned:
        """RESET: it leaves its network. Raises what `commission` does."""
        if operation is not OwnershipOperation.RESET:
            raise MethodUnavailable(f"TCAT has no {operation}")
        return await Removal(context, device).run()

    def make_token(
        self, device: OwnedDevice, terms: TransferTerms, identity: Identity, memory: Memory
    ) -> Offered:
        """Raises MethodUnavailable: whoever has a commissioner certificate may take the device."""
        raise MethodUnavailable("TCAT has no transfer tokens")

    def cancel_token(self, token: str, identity: Identity, memory: Memory) -> None:
        """Raises MethodUnavailable."""
        raise MethodUnavailable("TCAT has no transfer tokens")

    def read_token(self, text: str) -> OwnedDevice | None:
        """None: no text is one."""
        return None

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK.

        Raises CommissionerMissing, CommissionerUnusable, CommissionerRejected, CommissionerNotAuthorised,
        DeviceNotCertified, WrongTypedSecret, NetworkError, DeviceError and RadioError leaves, Cancelled.
        """
        return await Commissioning(context, self.timeouts).run()
