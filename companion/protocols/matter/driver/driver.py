"""The driver: what a run sees of Matter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

from companion.errors import TrustUnusable
from companion.model import (
    Advertisement,
    Commissioned,
    Finding,
    FoundDevice,
    MakerGuide,
    OwnedFabric,
    SetupCode,
)
from companion.protocols.matter.driver import candidates, discovery, findings, guidance
from companion.protocols.matter.driver.administration import administration
from companion.protocols.matter.driver.candidates import UnrecordedNode
from companion.protocols.matter.driver.commissioning.commissioning import Commissioning
from companion.protocols.matter.driver.recovery import Recovery
from companion.protocols.matter.driver.store import (
    grant_parts,
    held_fabrics,
    own_fabrics,
    resumptions,
    statements,
    trust,
)

if TYPE_CHECKING:
    from pathlib import Path

    from companion.identity import Identity
    from companion.lan import Lan
    from companion.nfc.channel import Channel
    from companion.protocols import (
        Administration,
        AdministrationContext,
        Context,
        FabricStatement,
        GrantDocument,
        Memory,
        TrustLists,
    )
    from companion.protocols.contract import Surroundings
    from companion.trust.grants.terms import GrantTerms

SETTLE_SECONDS = {True: 1.0, False: 0.2}
"""How long others are looked for that fit a code, by whether it has but 16 discriminators."""


class Driver:
    """Matter over Bluetooth LE, the network and NFC."""

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

    async def at_reader(self, channel: Channel, code: SetupCode) -> FoundDevice | None:
        """The device that is held to an NFC reader, if it may be the code's and can be set up there."""
        return await candidates.at_reader(channel, code)

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """That the passcode protects. What the attestation is worth follows in the run."""
        return (findings.PASSCODE,)

    def administer(self, context: AdministrationContext) -> AbstractAsyncContextManager[Administration]:
        """A session with a node of our fabric, over the network."""
        return administration.administer(context)

    def forget(self, context: AdministrationContext) -> frozenset[str]:
        """Which node a device is, in all fabrics of ours or in one."""
        return administration.forget(context)

    def import_trust(self, memory: Memory, path: Path) -> TrustLists:
        """Product attestation authorities (PEM, DER, JSON of the Alliance's ledger), its revocations, or its
        device models.

        Raises FileMissing, FileUnreadable, TrustUnusable.
        """
        try:
            return trust.import_lists(memory, path)
        except ValueError as error:
            raise TrustUnusable(str(error)) from error

    def guide(self, memory: Memory, code: SetupCode) -> SetupCode:
        """The code with what the imported device models say of its product."""
        return guidance.of_code(memory, code)

    def guide_found(self, memory: Memory, found: FoundDevice) -> MakerGuide | None:
        """What they say of a device that announces its product."""
        return guidance.of_found(memory, found)

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK.

        Raises WrongSetupSecret, NotGenuine, MethodUnavailable, NetworkError, DeviceError and RadioError
        leaves, and Cancelled.
        """
        if isinstance(context.found.advertisement.handle, UnrecordedNode):
            return await Recovery(context).run(context.found.advertisement.handle)
        return await Commissioning(context).run()

    # --- the owner's fabric, by a grant ------------------------------------------------------------------

    def own_fabrics(self, identity: Identity) -> tuple[OwnedFabric, ...]:
        """Those of this identity, by age."""
        vault = identity.vault
        known = own_fabrics.known(vault)
        usual = own_fabrics.usual(vault).id if known else ""
        return tuple(OwnedFabric(each.id, each.name, is_usual=each.id == usual) for each in known)

    def own_fabric(self, identity: Identity, wanted: str) -> OwnedFabric:
        """By name or id. Raises FabricMissing, RecordAmbiguous."""
        found = own_fabrics.find(own_fabrics.known(identity.vault), wanted).id
        return next(each for each in self.own_fabrics(identity) if each.id == found)

    def add_fabric(self, identity: Identity, name: str) -> OwnedFabric:
        """Found another one. Raises FabricNameUnusable."""
        return self.own_fabric(identity, own_fabrics.add(identity.vault, name).id)

    def rename_fabric(self, identity: Identity, fabric: str, name: str) -> OwnedFabric:
        """Raises FabricMissing, FabricNameUnusable."""
        found = own_fabrics.find(own_fabrics.known(identity.vault), fabric)
        return self.own_fabric(identity, own_fabrics.rename(identity.vault, found, name).id)

    def use_fabric(self, identity: Identity, fabric: str) -> OwnedFabric:
        """Raises FabricMissing."""
        own_fabrics.use(identity.vault, own_fabrics.find(own_fabrics.known(identity.vault), fabric))
        return self.own_fabric(identity, fabric)

    def remove_fabric(self, identity: Identity, memory: Memory, fabric: str) -> None:
        """Its keys, and from which sessions its nodes would go on. Raises FabricMissing."""
        found = own_fabrics.find(own_fabrics.known(identity.vault), fabric)
        resumptions.forget_all(memory, found.authority.identity)
        own_fabrics.remove(identity.vault, found)

    def ask_part(self, identity: Identity) -> bytes:
        """A request for an intermediate certificate."""
        return grant_parts.ask(identity)

    def issue_part(
        self, asked: bytes, holder: bytes, terms: GrantTerms, identity: Identity, fabric: str = ""
    ) -> bytes:
        """The certificate until the grant's end, and the IPK sealed to its holder.

        Raises GrantInvalid, FabricMissing, RecordAmbiguous.
        """
        return grant_parts.issue(asked, holder, terms, identity, fabric)

    def fabric_of_part(self, part: bytes) -> str:
        """The id of the only fabric that it issues for. Raises GrantInvalid."""
        return grant_parts.fabric_of(part).id

    def accept_part(self, part: bytes, document: GrantDocument, identity: Identity) -> None:
        """Keep it in the vault. Raises GrantInvalid."""
        grant_parts.take(part, document.own.id, identity)

    def issues_under(self, grant: str, identity: Identity) -> bool:
        """True if a held grant (its id) came with a certificate."""
        return held_fabrics.has(identity.vault, grant)

    def count_under(self, grant: str, memory: Memory) -> int:
        """How many devices were set up under a held grant (its id)."""
        return statements.count(memory, grant)

    def export_statements(self, grant: str, memory: Memory) -> bytes | None:
        """What was done under a held grant (its id), for its owner; None for nothing."""
        return statements.export(memory, grant)

    def read_statements(self, content: bytes) -> Sequence[tuple[str, bytes]] | None:
        """Each with the grant that it names; None for a file of another kind. Raises AccountInvalid."""
        return statements.read(content)

    def check_statement(self, signed: bytes, document: GrantDocument, identity: Identity) -> FabricStatement:
        """A device that a grant of ours let into our fabric. Raises AccountInvalid."""
        return statements.check(signed, document, document.parts.get(self.name), identity)
