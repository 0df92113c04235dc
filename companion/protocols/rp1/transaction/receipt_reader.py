"""Reading again what RP1's devices signed, for proofs (`companion.protocols.receipts`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.protocols.receipts import Acknowledged
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
        try:
            at = None if said.time is None else datetime.fromtimestamp(said.time, UTC)
        except (ValueError, OverflowError, OSError) as problem:
            raise receipts.BadReceipt("the device's time is none") from problem
        return Acknowledged(said.serial, said.owner_sha256, at, said.grants_sha256)

    def grants(self, chain: Sequence[bytes], owner: bytes) -> tuple[GrantLink, ...]:
        """Section 10.4. How often the owner lets pass on at all is in the device."""
        from companion.protocols.delegation import GrantLink
        from companion.protocols.rp1.credentials import grants
        from companion.protocols.rp1.credentials.grant_bundle import Remarks
        from companion.protocols.rp1.driver.delegation import terms_of

        read = grants.chain(chain, owner, _ANY_DEPTH)
        return tuple(GrantLink(one.cti.hex(), one.holder, "", terms_of(one, Remarks())) for one in read)

    def digest(self, chain: Sequence[bytes]) -> bytes | None:
        """Key 9 of the receipt."""
        from companion.protocols.rp1.credentials.item_signatures import grants_digest

        return grants_digest(chain)

    def chain_of(self, text: str) -> tuple[bytes, ...]:
        """Of a text "RP1G:...", with every signature in it verified."""
        from companion.protocols.rp1.credentials import grant_bundle

        return grant_bundle.parse(text).chain
