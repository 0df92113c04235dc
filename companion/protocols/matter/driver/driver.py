"""The driver: what a run sees of Matter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

from companion.errors import TrustUnusable
from companion.model import Advertisement, Commissioned, Finding, FoundDevice, SetupCode
from companion.protocols.matter.driver import candidates, discovery, findings
from companion.protocols.matter.driver.administration import administration
from companion.protocols.matter.driver.candidates import UnrecordedNode
from companion.protocols.matter.driver.commissioning.commissioning import Commissioning
from companion.protocols.matter.driver.recovery import Recovery
from companion.protocols.matter.driver.store import trust

if TYPE_CHECKING:
    from pathlib import Path

    from companion.lan import Lan
    from companion.protocols import Administration, AdministrationContext, Context, Memory, TrustLists
    from companion.protocols.contract import Surroundings

SETTLE_SECONDS = {True: 1.0, False: 0.2}
"""How long others are looked for that fit a code, by whether it has but 16 discriminators."""


class Driver:
    """Matter over Bluetooth LE and the network."""

    name: ClassVar[str] = discovery.PROTOCOL
    code_names_unit: ClassVar[bool] = False

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """A device that advertises that it waits, and with a code one that may be the code's."""
        return discovery.over_bluetooth(advertisement, code)

    def settle_seconds(self, code: SetupCode) -> float:
        """How long to look on for other devices that fit the code too."""
        return SETTLE_SECONDS[any(each.is_short for each in discovery.payloads_of(code))]

    @asynccontextmanager
    async def waiting(self, lan: Lan) -> AsyncIterator[AsyncIterator[FoundDevice]]:
        """Devices that wait on the network, whatever their code."""
        async with candidates.all_waiting(lan) as found:
            yield found

    @asynccontextmanager
    async def on_network(
        self, around: Surroundings, code: SetupCode
    ) -> AsyncIterator[AsyncIterator[FoundDevice]]:
        """Devices that wait on the network, and those that an earlier run left there whole."""
        async with candidates.on_network(around, code) as found:
            yield found

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """That the passcode protects. What the attestation is worth follows in the run."""
        return (findings.PASSCODE,)

    def administer(self, context: AdministrationContext) -> AbstractAsyncContextManager[Administration]:
        """A session with a node of our fabric, over the network."""
        return administration.administer(context)

    def forget(self, context: AdministrationContext) -> None:
        """Which node a device is."""
        administration.forget(context)

    def import_trust(self, memory: Memory, path: Path) -> TrustLists:
        """Product attestation authorities (PEM, DER, JSON of the Alliance's ledger), or its revocations.

        Raises FileMissing, FileUnreadable, TrustUnusable.
        """
        try:
            return trust.import_lists(memory, path)
        except ValueError as error:
            raise TrustUnusable(str(error)) from error

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK.

        Raises WrongSetupSecret, NotGenuine, MethodUnavailable, NetworkError, DeviceError and RadioError
        leaves, and Cancelled.
        """
        if isinstance(context.found.advertisement.handle, UnrecordedNode):
            return await Recovery(context).run(context.found.advertisement.handle)
        return await Commissioning(context).run()
