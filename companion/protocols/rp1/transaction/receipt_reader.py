"""Reading again what RP1's devices signed, for proofs (`companion.protocols.receipts`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.protocols.receipts import Acknowledged, Ended
from companion.protocols.rp1.transaction import receipt as receipts

if TYPE_CHECKING:
    from companion.protocols.delegation import GrantLink

_ANY_DEPTH = 255


class Reader:
    """See `companion.protocols.ReceiptReader`."""

    def receipt(self, receipt: bytes, final: bytes, identity_key: bytes) -> Acknowledged:
        """Section 9.3: the pair is the acknowledgement."""
        said = receipts.read(receipt, identity_key)
        receipts.check_acknowledgement(final, identity_key, tx=said.tx, receipt=receipt)
        at = None if said.time is None else _moment(said.time)
        return Acknowledged(
            said.serial, said.owner_sha256, at, said.grants_sha256, said.epoch, said.list_counter
        )

    def grants(self, chain: Sequence[bytes], owner: bytes) -> tuple[GrantLink, ...]:
        """Section 10.4. How often the owner lets pass on at all is in the device."""
        from companion.protocols.delegation import GrantLink
        from companion.protocols.rp1.credentials import grants
        from companion.protocols.rp1.credentials.grant_bundle import Remarks
        from companion.protocols.rp1.driver.delegation import terms_of

        read = grants.chain(chain, owner, _ANY_DEPTH)
        return tuple(GrantLink(one.cti.hex(), one.holder, "", terms_of(one, Remarks())) for one in read)

    def check_taking(
        self, taking: bytes, receipt: bytes, identity_key: bytes, chain: Sequence[bytes], holder: bytes
    ) -> None:
        """Item 6 by grant (section 9.2): key 6 is over the fingerprint, the transaction and the chain."""
        from companion.protocols.rp1 import crypto
        from companion.protocols.rp1.credentials import item_signatures

        tx, fp = receipts.read(receipt, identity_key).tx, crypto.fingerprint(identity_key)
        if not item_signatures.is_taken(taking, chain, holder, fp, tx):
            raise receipts.BadReceipt("the holder of the last grant did not sign for this device")

    def ended(self, revocations: bytes, owner: bytes, chain: Sequence[bytes]) -> Ended:
        """Sections 10.4 and 10.6: by cti, by holder, and by the floor."""
        from companion.protocols.rp1.credentials import grants, revocation_list

        read = grants.chain(chain, owner, _ANY_DEPTH)
        listed = revocation_list.read(revocations, owner)
        below = bool(read) and read[0].epoch < listed.floor
        links = tuple(
            place
            for place, grant in enumerate(read)
            if below or listed.names(cti=grant.cti, holder=grant.holder)
        )
        return Ended(_moment(listed.time), listed.counter, links)

    def digest(self, chain: Sequence[bytes]) -> bytes | None:
        """Key 9 of the receipt."""
        from companion.protocols.rp1.credentials.item_signatures import grants_digest

        return grants_digest(chain)

    def chain_of(self, text: str) -> tuple[bytes, ...]:
        """Of a text "RP1G:...", with every signature in it verified."""
        from companion.protocols.rp1.credentials import grant_bundle

        return grant_bundle.parse(text).chain


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise receipts.BadReceipt("a time in it is none") from problem
