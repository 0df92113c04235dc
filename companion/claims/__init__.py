"""Claims: every sentence about protection, identity and state is made here, from what was measured.

events of the run ──► tracker.follow ──► RunFacts ──► protection, credentials ──► window, terminal, JSON
"""

from companion.claims.credentials import (
    delivers,
    delivery,
    delivery_so_far,
    device_answered,
    possession,
    session,
)
from companion.claims.document import as_json
from companion.claims.protection import (
    STRENGTHS,
    Strength,
    channel,
    choice,
    identity,
    measured,
    reach,
    strength,
)
from companion.claims.run_facts import Channel, Delivery, Evidence, RunFacts, SessionFacts

__all__ = [
    "STRENGTHS",
    "Channel",
    "Delivery",
    "Evidence",
    "RunFacts",
    "SessionFacts",
    "Strength",
    "as_json",
    "channel",
    "choice",
    "delivers",
    "delivery",
    "delivery_so_far",
    "device_answered",
    "identity",
    "measured",
    "possession",
    "reach",
    "session",
    "strength",
]
