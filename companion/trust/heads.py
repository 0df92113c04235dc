"""The log held against a head of before, and what is kept where the two do not go together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import LogRewritten
from companion.trust.transparency import split
from companion.trust.witness.desk import keep_evidence

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry.transparency.log import TransparencyLog
    from companion.trust.transparency.entries import LogHead


def check_log(log: TransparencyLog) -> tuple[int, ...]:
    """Read every entry and hold the log against what its witnesses signed; returns the sizes that they saw.

    Raises LogRewritten.
    """
    sightings = [each.sighting for each in log.witnesses.all() if each.sighting is not None]
    log.audit({each.size: each.root for each in sightings})
    return tuple(sorted({each.size for each in sightings}))


def check_head(log: TransparencyLog, identity: Identity, folder: Path, signed: bytes) -> LogHead:
    """Hold the log against a head that its owner signed before. Returns it.

    Raises LogHeadInvalid if it is none of this log, and LogRewritten, with both heads as evidence in `folder`
    where the log still has one.
    """
    owner = identity.owner
    try:
        return log.check(signed, owner.public)
    except LogRewritten as problem:
        try:
            now = log.signed_head(owner.sign)
        except LogRewritten:
            raise problem from None
        file = keep_evidence(folder, split.Evidence(owner.public, signed, now))
        raise LogRewritten(f"{problem.detail}: {file.name}") from problem
