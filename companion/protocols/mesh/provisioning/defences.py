"""What is refused of a device although it would be right: our own messages, sent back (CVE-2020-26560).

Both ends compute confirmations in the same way with the same key, so whoever repeats ours "proves" a secret
that he does not know. Mesh 1.1 demands these checks (5.4.2.3 to 5.4.2.5), 1.0 did not.
"""

from __future__ import annotations

import hmac

from companion.errors.mesh import MeshReflected


def require_other(ours: bytes, theirs: bytes) -> None:
    """Raises MeshReflected if a public key's X, a confirmation or a random is our own."""
    if hmac.compare_digest(ours, theirs):
        raise MeshReflected("sent back")
