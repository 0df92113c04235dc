"""Makes the vectors anew: `python -m tests.vectors.rp1 --write`; without it, says what would change."""

from __future__ import annotations

import sys

from tests.vectors.rp1 import handshakes, identity, ownership, refusals
from tests.vectors.rp1.files import HANDSHAKES, IDENTITY, OWNERSHIP, REFUSALS, load, save


def main(arguments: list[str]) -> int:
    old = load(HANDSHAKES)["vectors"] if HANDSHAKES.exists() else []
    made = handshakes.make(old)
    files = {
        HANDSHAKES: {"spec": "RP1 version 1", "vectors": made},
        REFUSALS: {"spec": "RP1 version 1", "vectors": refusals.make(made)},
        IDENTITY: {"spec": "RP1 version 1", **identity.make()},
        OWNERSHIP: {"spec": "RP1 version 1", **ownership.make()},
    }
    stale = [path for path, content in files.items() if not path.exists() or load(path) != content]
    for path in stale if arguments == ["--write"] else []:
        save(path, files[path])
    print(f"{len(files[HANDSHAKES]['vectors'])} handshakes, {len(files[REFUSALS]['vectors'])} refusals")
    print("changed: " + (", ".join(path.name for path in stale) or "nothing"))
    return 0 if arguments == ["--write"] or not stale else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
