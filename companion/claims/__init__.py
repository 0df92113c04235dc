"""Claims: every sentence about protection, identity and state is made here, from what was measured.

events of the run ──► following.after ──► Known ──► protection, ending ──► window, terminal, JSON, report
"""

from companion.claims.document import as_json
from companion.claims.ending import answered, ended, handed_over, handed_over_so_far, hands_over, secured
from companion.claims.known import Channel, Delivery, Evidence, Known, Session
from companion.claims.protection import STRENGTHS, Strength, channel, identity, measured, reach, strength

__all__ = [
    "STRENGTHS",
    "Channel",
    "Delivery",
    "Evidence",
    "Known",
    "Session",
    "Strength",
    "answered",
    "as_json",
    "channel",
    "ended",
    "handed_over",
    "handed_over_so_far",
    "hands_over",
    "identity",
    "measured",
    "reach",
    "secured",
    "strength",
]
