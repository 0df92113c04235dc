"""The log held against a head of before, and what is kept where the two do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import LogRewritten
from companion.trust.transparency import split
from companion.trust.witness.local_witness import keep_evidence

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import Registry
    from companion.trust.transparency.entries import LogHead


def check_log(registry: Registry) -> tuple[int, ...]:
    """Read every entry and hold the log against what its witnesses signed; returns the sizes that they saw.

    Raises LogRewritten. Receipts that are missing in the log are alerts then.
    """
    log = registry.log
    sightings = [each.sighting for each in log.witnesses.all() if each.sighting is not None]
    with _alerts(registry):
        log.audit({each.size: each.root for each in sightings})
    return tuple(sorted({each.size for each in sightings}))


@contextmanager
def _alerts(registry: Registry) -> Iterator[None]:
    try:
        yield
    except LogRewritten:
        registry.alerts.note_logged(registry.log.unlogged(), logged=False)
        raise


def check_head(registry: Registry, identity: Identity, folder: Path, signed: bytes) -> LogHead:
    """Hold the log against a head that its owner signed before. Returns it.

    Raises LogHeadInvalid if it is none of this log, and LogRewritten, with both heads as evidence in `folder`
    where the log still has one.
    """
    owner, log = identity.owner, registry.log
    try:
        with _alerts(registry):
            return log.check(signed, owner.public)
    except LogRewritten as problem:
        try:
            now = log.signed_head(owner.sign)
        except LogRewritten:
            raise problem from None
        file = keep_evidence(folder, split.Evidence(owner.public, signed, now))
        raise LogRewritten(f"{problem.detail}: {file.name}") from problem
