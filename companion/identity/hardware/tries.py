"""How many wrong PINs a token was given from here since the last right one.

Tokens lock after three (smart cards, YubiKeys) to ten wrong PINs, for good or until somebody with the PUK
comes, and tell only that few tries are left. So Companion stops at the second, and does not take the last one
by itself.
"""

from __future__ import annotations

import json
from pathlib import Path

from companion.errors import HsmLastTry, HsmLocked, StorageError
from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.identity.hardware.token import Token

FILE = "hsm-tries.json"
MOST = 2
_MOST_TOKENS = 64
_ALLOWED = -1


class Tries:
    """Kept in the data folder, so that a second start does not begin anew."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def left(self, token: Token) -> int:
        """Wrong PINs that may still be given. Raises HsmLocked, HsmLastTry where there is none."""
        if token.is_locked:
            raise HsmLocked(token=token.label)
        wrong = self._counts().get(token.serial, 0)
        if wrong == _ALLOWED:
            return 1
        if wrong >= MOST or token.is_last_try:
            raise HsmLastTry(token=token.label)
        return MOST - wrong

    def begin(self, token: Token) -> None:
        """Before a PIN is sent: it counts as wrong, so that a kill in between is no free try."""
        wrong = self._counts().get(token.serial, 0)
        self._keep(token, MOST if wrong == _ALLOWED else wrong + 1)

    def succeed(self, token: Token) -> None:
        """The PIN was right."""
        self._keep(token, None)

    def allow(self, token: Token) -> None:
        """One more, even if it is the token's last: its user says so."""
        self._keep(token, _ALLOWED)

    def _keep(self, token: Token, wrong: int | None) -> None:
        counts = {serial: each for serial, each in self._counts().items() if serial != token.serial}
        if wrong is not None:
            counts[token.serial] = wrong
        kept = dict(list(counts.items())[-_MOST_TOKENS:])
        try:
            replace_durably(self._file, json.dumps(kept).encode())
        except OSError as problem:
            raise StorageError(f"{FILE} can't be written: {problem.strerror}") from problem

    def _counts(self) -> dict[str, int]:
        """A file that can't be read means that nobody knows: then every token counts as tried out."""
        try:
            content = json.loads(read_own(MAX_SMALL_FILE, self._file))
            return {str(serial): int(count) for serial, count in content.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as problem:
            raise StorageError(f"{FILE} can't be read") from problem
