"""What went through Matter's two characteristics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Counts:
    """Segments and octets, of one link or of all."""

    writes: int = 0
    written: int = 0
    indications: int = 0
    indicated: int = 0

    def write(self, value: bytes) -> None:
        self.writes += 1
        self.written += len(value)

    def indicate(self, value: bytes) -> None:
        self.indications += 1
        self.indicated += len(value)

    @property
    def segments(self) -> int:
        return self.writes + self.indications
