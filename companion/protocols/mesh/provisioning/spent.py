"""Static secrets that somebody may have learned: a run revealed what it committed to, and no proof followed.

With the algorithm of Mesh 1.0, whoever acted as the device can compute the secret from that; with the one of
1.1 he can try out short ones (CVE-2020-26556, -26559). So such a secret proves nothing in another run. It is
noted before anything is revealed, so that a kill in between leaves it noted.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols.contract import Memory

_ENTRY = "spent"
_MOST = 1000
"""The oldest are forgotten first."""


class SpentSecrets:
    """Kept in the vault, as hashes: a short secret could be found from one."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def has(self, secret: Secret) -> bool:
        """Whether a run with it ended before the device had proved that it knows it."""
        return _hash(secret) in self._kept()

    def note(self, secret: Secret) -> None:
        """It is about to be revealed."""
        kept = [each for each in self._kept() if each != _hash(secret)]
        self._keep([*kept, _hash(secret)][-_MOST:])

    def clear(self, secret: Secret) -> None:
        """The device proved that it knows it, so it was the device to which it was revealed."""
        self._keep([each for each in self._kept() if each != _hash(secret)])

    def _kept(self) -> list[str]:
        sealed = self._memory.get_secret(_ENTRY)
        return list(json.loads(sealed)) if sealed else []

    def _keep(self, hashes: list[str]) -> None:
        self._memory.put_secret(_ENTRY, json.dumps(hashes).encode() if hashes else None)


def _hash(secret: Secret) -> str:
    """Of what the algorithms take: zeros at the end of a secret make no other one."""
    return hashlib.sha256(b"mesh static OOB" + secret.reveal().rstrip(b"\x00")).hexdigest()
