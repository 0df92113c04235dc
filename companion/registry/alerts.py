"""Alerts as the registry hands them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from companion.model import Text
from companion.registry.records import stamp
from companion.trust.anomalies.alarms import Rule, Subject, chance

_KEY_ID = re.compile("[0-9a-f]{16}")


class Answer(StrEnum):
    """What the owner said to an alert."""

    PLANNED = "planned"
    STOPPED = "stopped"


@dataclass(frozen=True)
class AlertRecord:
    """One thing that looked wrong, see `companion.trust.anomalies.alarms.Alarm`.

    raised, changed: when its first and its last onboarding was, or its answer
    note:            what was written with the answer, by `answerer`
    """

    id: str
    rule: Rule
    subject: Subject
    sentence: Text
    detail: Text
    years: float | None
    runs: tuple[str, ...]
    hours: tuple[int, ...]
    usual: tuple[float, ...]
    raised: datetime
    changed: datetime
    answer: Answer | None = None
    note: str = ""
    answered: datetime | None = None
    answerer: str = ""

    @property
    def chance(self) -> Text:
        """How often chance does this."""
        return chance(self.years)

    @property
    def can_stop(self) -> bool:
        """Whether there is a delegate to be stopped. With a grant from here or without, its key is known."""
        return self.subject.kind.value == "delegate" and _KEY_ID.fullmatch(self.subject.key) is not None

    def as_json(self) -> dict[str, Any]:
        """For scripts. chance_years None: an exact rule."""
        return {
            "id": self.id,
            "rule": self.rule.value,
            "subject": {"kind": self.subject.kind.value, "key": self.subject.key},
            "sentence": str(self.sentence),
            "detail": str(self.detail),
            "chance": str(self.chance),
            "chance_years": None if self.years is None else round(self.years, 2),
            "runs": list(self.runs),
            "raised": stamp(self.raised),
            "changed": stamp(self.changed),
            "answer": None if self.answer is None else self.answer.value,
            "note": self.note,
            "answered": stamp(self.answered),
            "answered_by": self.answerer or None,
        }


@dataclass(frozen=True)
class Overview:
    """How much is watched. since: the first onboarding; monthly: false alarms a month at most."""

    since: datetime | None
    onboardings: int
    delegates: int
    monthly: float

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "since": stamp(self.since),
            "runs": self.onboardings,
            "delegates": self.delegates,
            "false_alarms_a_month": self.monthly,
        }
