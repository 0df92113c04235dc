"""RP1 over a link: finds the device of a code and walks it from CONNECT to CHECK."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from companion.model import Finding, FoundDevice, Ownership
from companion.protocols.rp1.driver.expectations import expected
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.protocols.rp1.wire.info import SERVICE_UUID, InfoState, decode_beacon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from companion.identity import Identity
    from companion.model import Advertisement, Commissioned, SetupCode
    from companion.protocols import (
        Context,
        DelegateAccount,
        GrantDocument,
        GrantLink,
        GrantOrder,
        GrantRequest,
        InvalidEntry,
        ListStanding,
        Memory,
        Offered,
        OwnedDevice,
        OwnershipOperation,
        TransferTerms,
    )
    from companion.protocols.delegation import Enforcer
    from companion.trust.grants.terms import Bound

_OWNERSHIP = {
    InfoState.UNOWNED: Ownership.UNOWNED,
    InfoState.SESSION: Ownership.BUSY,
    InfoState.STAGED: Ownership.UNOWNED,
    InfoState.VERIFIED: Ownership.UNOWNED,
    InfoState.PROVISIONAL: Ownership.OWNED,
    InfoState.OWNED: Ownership.OWNED,
}


class Driver:
    """`companion.protocols.Driver` for RP1."""

    name: ClassVar[str] = "rp1"
    code_names_unit: ClassVar[bool] = True

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """The RP1 device behind an advertisement; with a code, only the unit whose key the code names."""
        beacon = decode_beacon(advertisement.service_data.get(SERVICE_UUID, b""))
        if beacon is None:
            return None
        label = code_of(code)
        if code is not None and (label is None or not beacon.is_of(label.fp)):
            return None
        return FoundDevice(
            protocol=self.name,
            advertisement=advertisement,
            name=advertisement.name or f"RP1 device {beacon.disc}",
            ownership=_OWNERSHIP[beacon.state] if beacon.state is not None else Ownership.UNKNOWN,
            discriminator=beacon.disc,
        )

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """What RP1 can prove with this code and method."""
        return expected(code_of(code), method)

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK. Raises CompanionError."""
        from companion.protocols.rp1.driver.assignment import onboarding
        from companion.protocols.rp1.driver.commissioning import Commissioning
        from companion.protocols.rp1.store.commissioner_store import CommissionerStore

        code, store = code_of(context.code), CommissionerStore(context.memory)
        return await Commissioning(context, store, onboarding(context, code, store), code).run()

    def recognise(self, advertisement: Advertisement, device: OwnedDevice) -> FoundDevice | None:
        """The device of this identity key, whatever address it has now."""
        from companion.protocols.rp1.crypto import fingerprint

        beacon = decode_beacon(advertisement.service_data.get(SERVICE_UUID, b""))
        if beacon is None or not beacon.is_of(fingerprint(device.identity_key)):
            return None
        return self.find(advertisement, None)

    def make_token(
        self, device: OwnedDevice, terms: TransferTerms, identity: Identity, memory: Memory
    ) -> Offered:
        """A transfer token. Raises QueryFirst."""
        from companion.protocols.rp1.driver.transfer import make_offer

        return make_offer(device, terms, identity, memory)

    def cancel_token(self, token: str, identity: Identity, memory: Memory) -> None:
        """The owner's list names the token from now on. Raises TooManyCancelled."""
        from companion.protocols.rp1.driver.transfer import cancel_offer

        cancel_offer(token, identity, memory)

    def read_token(self, text: str) -> OwnedDevice | None:
        """The device of a transfer token; None for a text of another kind. Raises CodeMalformed."""
        from companion.protocols.rp1.driver.transfer import read_offer

        return read_offer(text)

    async def operate(
        self, context: Context, operation: OwnershipOperation, device: OwnedDevice
    ) -> Commissioned:
        """An ownership operation. Raises CompanionError."""
        from companion.protocols.rp1.driver.ownership import operate

        return await operate(context, operation, device)

    # --- grants -------------------------------------------------------------------------------------

    @property
    def enforcement(self) -> Mapping[Bound, Enforcer]:
        """Who refuses what is outside of which bound (section 10.4)."""
        from companion.protocols.rp1.driver.delegation import ENFORCEMENT

        return ENFORCEMENT

    def request_grant(self, name: str, identity: Identity, parts: Mapping[str, bytes] | None = None) -> str:
        """The text by which the holder of this identity asks for a grant."""
        from companion.protocols.rp1.driver import delegation

        return delegation.request(name, identity, parts or {})

    def read_request(self, text: str) -> GrantRequest | None:
        """Who asks; None for a text of another kind. Raises GrantInvalid."""
        from companion.protocols.rp1.driver import delegation

        return delegation.read_request(text)

    def issue_grant(
        self, request: GrantRequest, order: GrantOrder, identity: Identity, memory: Memory
    ) -> GrantDocument:
        """A grant for whoever asked. Raises GrantTooWide, GrantInvalid."""
        from companion.protocols.rp1.driver import delegation

        return delegation.issue(request, order, identity, memory)

    def renew_grant(self, text: str, order: GrantOrder, identity: Identity, memory: Memory) -> GrantDocument:
        """The same grant with all that goes with it as it is now. Raises GrantInvalid."""
        from companion.protocols.rp1.driver import delegation

        return delegation.renew(text, order, identity, memory)

    def read_grant(self, text: str) -> GrantDocument | None:
        """The grant in a text; None for a text of another kind. Raises GrantInvalid."""
        from companion.protocols.rp1.driver import delegation

        return delegation.read(text)

    def accept_grant(self, text: str, identity: Identity, memory: Memory) -> GrantDocument:
        """`read_grant` for its holder, who is this identity. Raises GrantInvalid for somebody else's."""
        from companion.protocols.rp1.driver import delegation

        return delegation.accept(text, identity, memory)

    def export_accounts(self, grant: str, memory: Memory) -> bytes:
        """What was done under a held grant (its id), for the owner of the devices."""
        from companion.protocols.rp1.driver import accounts

        return accounts.export(grant, memory)

    def read_accounts(
        self, content: bytes, identity: Identity
    ) -> tuple[DelegateAccount | InvalidEntry, ...] | None:
        """What a delegate brought home; None for a file of another kind. Raises AccountInvalid."""
        from companion.protocols.rp1.driver import accounts

        return accounts.read(content, identity)

    def is_ended(self, text: str, memory: Memory) -> bool:
        """True if the newest list of its owner that is here ends a held grant. Raises GrantInvalid."""
        from companion.protocols.rp1.driver.delegation import bundle_of
        from companion.protocols.rp1.driver.principal import is_ended
        from companion.protocols.rp1.store.owner_store import OwnerStore

        return is_ended(bundle_of(text), OwnerStore(memory))

    def revoke_grant(self, link: GrantLink, identity: Identity, memory: Memory) -> None:
        """The owner's next list ends this grant, and all under it. Raises TooManyRevoked."""
        from companion.protocols.rp1.driver import revocation

        revocation.revoke_grant(link, identity, memory)

    def revoke_holder(self, holder: bytes, identity: Identity, memory: Memory) -> None:
        """The owner's next list ends whatever this key may do. Raises TooManyRevoked."""
        from companion.protocols.rp1.driver import revocation

        revocation.revoke_holder(holder, identity, memory)

    def revoke_key(self, key: bytes, identity: Identity, memory: Memory) -> None:
        """The same for the key with this id. Raises TooManyRevoked."""
        from companion.protocols.rp1.driver import revocation

        revocation.revoke_key(key, identity, memory)

    def raise_floor(self, identity: Identity, memory: Memory) -> int:
        """The owner's next list ends every grant of before; the new floor."""
        from companion.protocols.rp1.driver import revocation

        return revocation.raise_floor(identity, memory)

    def list_standing(self, identity: Identity, memory: Memory) -> ListStanding:
        """The owner's list as this computer has it."""
        from companion.protocols.rp1.driver import revocation

        return revocation.list_standing(identity, memory)

    def is_account(self, content: bytes) -> bool:
        """By its first octets."""
        from companion.protocols.rp1.driver import accounts

        return accounts.is_account(content)

    def takings(self, memory: Memory) -> dict[bytes, bytes]:
        """By what devices were taken for their owners here."""
        from companion.protocols.rp1.driver import accounts

        return accounts.takings(memory)

    def export_list(self, identity: Identity, memory: Memory, owner: bytes = b"") -> bytes | None:
        """The newest signed list of this identity, or of another owner."""
        from companion.protocols.rp1.driver import revocation

        return revocation.export_list(identity, memory, owner)

    def signed_list(self, identity: Identity, memory: Memory) -> bytes:
        """The list of this identity, an empty one where nothing was ever revoked."""
        from companion.protocols.rp1.driver import revocation

        return revocation.newest_list(identity, memory)

    def import_list(self, content: bytes, identity: Identity, memory: Memory) -> bool:
        """Take over a newer list that was carried here. Raises RevocationListInvalid, TooManyRevoked."""
        from companion.protocols.rp1.driver import revocation

        return revocation.import_list(content, identity, memory)


def code_of(code: SetupCode | None) -> Rp1Code | None:
    """The RP1 label behind a recognised code."""
    payload = code.payload if code is not None else None
    return payload if isinstance(payload, Rp1Code) else None
