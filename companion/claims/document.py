"""Claims for programs: words that stay, each with its sentence for people."""

from __future__ import annotations

from typing import Any

from companion.claims.credentials import delivery
from companion.claims.protection import channel, choice, identity, strength
from companion.claims.run_facts import Evidence, RunFacts


def as_json(facts: RunFacts) -> dict[str, Any]:
    """`{"identity": {"evidence": [...], ...}, "channel": ..., "strength": ..., "handed_over": ...}`.

    evidence: [] where nothing proves who the device is; channel: null before there was a session
    """
    session = facts.session
    return {
        "strength": strength(facts).value,
        "identity": {
            "evidence": [each.value for each in Evidence if each in facts.evidence],
            "sentence": " ".join(f"{finding.claim}. {finding.sentence}" for finding in identity(facts)),
            "choice": None if (chosen := choice(facts)) is None else str(chosen),
        },
        "channel": {
            "protection": session.channel.value if session is not None else None,
            "sentence": " ".join(f"{finding.claim}. {finding.sentence}" for finding in channel(facts)),
        },
        "handed_over": {
            "state": facts.delivery.name.lower(),
            "sentence": str(delivery(facts)),
        },
    }
