"""What a rule or a statistic says: an alarm with its sentence and evidence, or that it can't know."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from companion.model import Text

EXACT = Text("An exact rule, not a statistical one.")
MOST_RUNS = 200
"""As evidence of one alarm."""


class Rule(StrEnum):
    """What is looked for. The first thirteen are exact; the others compare with what is usual."""

    SAME_KEY = "same-key"
    SAME_SERIAL = "same-serial"
    SAME_SECRET = "same-secret"
    SAME_REQUEST = "same-request"
    OTHER_OWNER = "other-owner"
    OLDER_FIRMWARE = "older-firmware"
    NO_GRANT = "no-grant"
    TOO_MANY = "too-many"
    OUT_OF_BOUNDS = "out-of-bounds"
    NOT_LISTED = "not-listed"
    CLOCK_BACK = "clock-back"
    NOT_LOGGED = "not-logged"
    HELD_BACK = "held-back"
    RATE = "rate"
    SEQUENCE = "sequence"
    UNUSUAL_HOUR = "unusual-hour"
    MODEL_MIX = "model-mix"
    REFUSALS = "refusals"


class SubjectKind(StrEnum):
    """Of whom something is usual."""

    DELEGATE = "delegate"
    SITE = "site"


@dataclass(frozen=True)
class Subject:
    """Whom an alarm is about. key: an actor ("" is the owner) or a site's name."""

    kind: SubjectKind
    key: str

    @property
    def is_owner(self) -> bool:
        """True for the owner, whom no alarm can stop."""
        return self.kind is SubjectKind.DELEGATE and not self.key


@dataclass(frozen=True)
class Alarm:
    """One thing that looks wrong.

    cause:    the same for the same cause, however often it is found
    sentence: what happened, with its numbers; detail: what is known besides
    runs:     the evidence, oldest first, at most MOST_RUNS
    years:    how often chance alone does this: once in so many years; None: an exact rule
    hours:    onboardings for each hour of the day: of this alarm, and on usual days; empty where the alarm is
              not about hours
    """

    rule: Rule
    cause: str
    subject: Subject
    sentence: Text
    detail: Text
    runs: tuple[str, ...]
    years: float | None = None
    hours: tuple[int, ...] = ()
    usual: tuple[float, ...] = field(default=(), repr=False)

    @property
    def chance(self) -> Text:
        """How often chance does this, in words."""
        return chance(self.years)


@dataclass(frozen=True)
class NotKnown:
    """A rule that could not be checked, because a fact is missing; `fact` is its name in the record."""

    rule: Rule
    fact: str


def chance(years: float | None) -> Text:
    """The sentence on chance. None: it plays no part."""
    if years is None:
        return EXACT
    if years > 100:
        return Text("Expected by chance less than once in 100 years.")
    if years >= 1.5:
        return Text("Expected by chance about once in {years} years.", {"years": round(years)})
    months = round(years * 12)
    if months >= 2:
        return Text("Expected by chance about once in {months} months.", {"months": months})
    return Text("Expected by chance about once a month.")
