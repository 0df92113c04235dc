"""A delivery note for a device of FDO: its GUID, by which whoever scans it finds the voucher."""

from __future__ import annotations

from dataclasses import dataclass

from companion.plain_text import plain

_MOST_LINE = 40


@dataclass(frozen=True)
class VoucherLabel:
    """device: what the manufacturer calls it; guid: as text; owner: for whom, as people know the key"""

    device: str
    guid: str
    owner: str

    @property
    def serial(self) -> str:
        """What is printed in bold."""
        return plain(self.device)[:_MOST_LINE] or "?"

    @property
    def text(self) -> str:
        """What the QR code holds. Nothing in it is secret."""
        return self.guid

    @property
    def readable(self) -> tuple[str, ...]:
        """The GUID in two lines, and the owner."""
        return (self.guid[:19], self.guid[19:], plain(self.owner)[:_MOST_LINE])
