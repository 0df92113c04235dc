"""Against which attacks a session protects, in the words by which methods of provisioning are compared.

The same judgement is made of a session that was measured and of what a method gives at its best, so that both
can stand beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from companion.claims.protection import identity
from companion.claims.run_facts import Channel, Evidence, RunFacts, SessionFacts
from companion.model import Severity, Text


class Criterion(StrEnum):
    """By what methods are compared; the first four are attacks."""

    SPOOFING = "spoofing"
    MITM = "man-in-the-middle"
    REPLAY = "replay"
    DOWNGRADE = "downgrade"
    SCALE = "scale"
    EFFORT = "effort"
    HARDWARE = "hardware"
    ADOPTION = "adoption"


class Rating(StrEnum):
    """How well a method does by a criterion."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True)
class Judgement:
    """measured: it rests on what a run measured, not on what the method can give"""

    rating: Rating
    sentence: Text
    measured: bool = False


_BY_SEVERITY = {Severity.GOOD: Rating.GOOD, Severity.INFO: Rating.FAIR, Severity.WARNING: Rating.POOR}
_ORDER = (Rating.POOR, Rating.FAIR, Rating.GOOD)
_MITM: Mapping[Channel, Judgement] = {
    Channel.CLEAR: Judgement(
        Rating.POOR, Text("Nothing is encrypted: someone in between reads and changes everything.")
    ),
    Channel.SERIAL: Judgement(
        Rating.FAIR, Text("Nothing is encrypted, but only what is on the cable is in between.")
    ),
    Channel.UNAUTHENTICATED: Judgement(
        Rating.POOR,
        Text("Someone in between can change messages unnoticed, or try short secrets until one fits."),
    ),
    Channel.NONCE_REUSED: Judgement(
        Rating.FAIR,
        Text("Both ends proved the secret, but a recording can reveal parts of what was sent."),
    ),
}
_NOBODY_PROVED = Judgement(
    Rating.POOR,
    Text("Nobody proved anything: the session may end at someone in between."),
)
_SHOWN = Judgement(Rating.FAIR, Text("Whoever saw the secret that the device showed can be in between."))
_HEARD = Judgement(Rating.FAIR, Text("Whoever heard the secret that the device sent can be in between."))
_SCREEN = Judgement(Rating.FAIR, Text("Whoever saw the secret on the screen can be in between."))
_SEALED = Judgement(
    Rating.GOOD, Text("Someone in between would need the key or the secret that both ends proved.")
)
_SEEN_OR_HEARD: Mapping[Evidence, Judgement] = {
    Evidence.SHOWN_SECRET: _SHOWN,
    Evidence.HEARD_SECRET: _HEARD,
    Evidence.SCREEN_SECRET: _SCREEN,
}
_REPLAY: Mapping[Channel, Judgement] = {
    Channel.CLEAR: Judgement(
        Rating.POOR, Text("A recording can be sent to the device again whenever it can be set up.")
    ),
    Channel.SERIAL: Judgement(Rating.FAIR, Text("A recording can be sent again, through the cable alone.")),
    Channel.UNAUTHENTICATED: Judgement(
        Rating.FAIR, Text("Each session has fresh keys, but messages within one are not authenticated.")
    ),
    Channel.NONCE_REUSED: Judgement(
        Rating.FAIR, Text("Each session has fresh keys, but messages within one share a nonce.")
    ),
    Channel.SEALED: Judgement(
        Rating.GOOD, Text("Each session has fresh keys and counts its messages: a recording is rejected.")
    ),
}

_FRESH_WITH_ANYBODY = Judgement(
    Rating.FAIR, Text("Each session has fresh keys, but anybody can begin one: no recording is needed.")
)


def attacks(session: SessionFacts) -> Mapping[Criterion, Judgement]:
    """What a session is worth against somebody else in the device's place, in between, and with a recording.

    About an attack on the choice of a method a session says nothing: that is the protocol's, see
    `companion.protocols.evaluation`.
    """
    return {
        Criterion.SPOOFING: _spoofing(session),
        Criterion.MITM: _mitm(session),
        Criterion.REPLAY: _replay(session),
    }


def _spoofing(session: SessionFacts) -> Judgement:
    """By the finding that says most about who the device is."""
    found = identity(RunFacts(session=session))
    best = max(found, key=lambda finding: _ORDER.index(_BY_SEVERITY[finding.severity]))
    return Judgement(_BY_SEVERITY[best.severity], best.sentence)


def _replay(session: SessionFacts) -> Judgement:
    if session.channel is Channel.SEALED and not session.evidence:
        return _FRESH_WITH_ANYBODY
    return _REPLAY[session.channel]


def _mitm(session: SessionFacts) -> Judgement:
    if session.channel in _MITM:
        return _MITM[session.channel]
    if not session.evidence:
        return _NOBODY_PROVED
    if len(session.evidence) == 1:
        return _SEEN_OR_HEARD.get(next(iter(session.evidence)), _SEALED)
    return _SEALED
