"""Claims for programs: words that stay, each with its sentence for people."""

from __future__ import annotations

from typing import Any

from companion.claims.ending import handed_over
from companion.claims.known import Evidence, Known
from companion.claims.protection import channel, identity, strength


def as_json(known: Known) -> dict[str, Any]:
    """`{"identity": {"evidence": [...], ...}, "channel": ..., "strength": ..., "handed_over": ...}`.

    evidence: [] where nothing proves who the device is; channel: null before there was a session
    """
    session = known.session
    return {
        "strength": strength(known).value,
        "identity": {
            "evidence": [each.value for each in Evidence if each in known.evidence],
            "sentence": " ".join(f"{said.claim}. {said.sentence}" for said in identity(known)),
        },
        "channel": {
            "protection": session.channel.value if session is not None else None,
            "sentence": " ".join(f"{said.claim}. {said.sentence}" for said in channel(known)),
        },
        "handed_over": {
            "state": known.delivery.name.lower(),
            "sentence": str(handed_over(known)),
        },
    }
