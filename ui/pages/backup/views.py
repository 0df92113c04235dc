"""What the card of the backup shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """How old the last backup is.

    asks_passphrase: the key file has a passphrase of its own; has_sheet: there is a backup to restore
    """

    title: str
    note: str
    can_make: bool = True
    asks_passphrase: bool = False
    has_sheet: bool = False


@dataclass(frozen=True)
class Strength:
    """How strong a passphrase is: a share (0 to 1) and words. fits: it may be used."""

    share: float
    words: str
    fits: bool = False
