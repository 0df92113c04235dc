"""What the links of a run carried, counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkCounts:
    """What a link carried: operations and payload octets, GATT discovery and subscription left out."""

    mtu: int = 0
    reads: int = 0
    writes: int = 0
    write_commands: int = 0
    notifications: int = 0
    bytes_out: int = 0
    bytes_in: int = 0

    @property
    def operations(self) -> int:
        """Reads, writes, write commands and notifications together."""
        return self.reads + self.writes + self.write_commands + self.notifications

    def __add__(self, other: LinkCounts) -> LinkCounts:
        """Counts of two links of one run; the MTU is the later one's."""
        return LinkCounts(
            other.mtu or self.mtu,
            self.reads + other.reads,
            self.writes + other.writes,
            self.write_commands + other.write_commands,
            self.notifications + other.notifications,
            self.bytes_out + other.bytes_out,
            self.bytes_in + other.bytes_in,
        )
