"""One subject, watched: takes its onboardings one after the other and says which of them are unusual.

What was announced is left out, and so is what raised an alarm, until somebody says that it was planned.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from companion.trust.anomalies import sentences
from companion.trust.anomalies.alarms import MOST_RUNS, Alarm, Rule, Subject, SubjectKind
from companion.trust.anomalies.baseline import HOURS, Kind
from companion.trust.anomalies.budget import SITE_FACTOR, Budget, years
from companion.trust.anomalies.history import device_of
from companion.trust.anomalies.records import Delivery, Ending, Onboarding
from companion.trust.anomalies.shares import Failures, Models, Refusals
from companion.trust.anomalies.stream import Pace, Stream

WARM_UP_DAYS = 28
"""Numbers count from four weeks on; exact rules count at once."""
LEAST_KNOWN = 20
"""Onboardings that must have been learned before anything can be unusual."""
EPISODE_HOURS = 24
"""Alarms about the pace that follow each other within this have one cause."""
RECENT_HOURS = 72
SPARE = {SubjectKind.DELEGATE: 1.5, SubjectKind.SITE: 3.0}
"""Usual days' work that is left out together with an announced delivery. At a site others work, too, whose
own watches know better what is usual for them."""
MOST_RECENT = 500


@dataclass
class Episode:
    """Alarms about the pace with one cause. behind: hours and runs of the evidence, the oldest first."""

    cause: str
    hour: int
    behind: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Watch:
    """What is remembered of one subject.

    recent:    hour, run and actor of the last onboardings, for evidence
    delivered: devices of each announced delivery so far
    unpacked:  the current hour, and devices of deliveries in it
    """

    subject: Subject
    stream: Stream = field(default_factory=Stream)
    models: Models = field(default_factory=Models)
    refusals: Refusals = field(default_factory=Refusals)
    recent: deque[tuple[int, str, str]] = field(default_factory=deque)
    delivered: dict[str, int] = field(default_factory=dict)
    unpacked: tuple[int, int] = (-1, 0)
    episode: Episode | None = None

    def take(
        self, new: Onboarding, deliveries: Iterable[Delivery], budget: Budget, *, learn: bool = True
    ) -> list[Alarm]:
        """Judge the next onboarding, then learn from it.

        learn False: it is known not to be usual; nothing is said about it again.
        """
        hour = hour_of(new.time)
        found: list[Alarm] = []
        if (alarm := self._refusal(new, hour, budget, learn=learn)) is not None:
            found.append(alarm)
        if new.ending is Ending.ONBOARDED and not self._is_announced(new, hour, deliveries):
            pace = self.stream.take(hour, learn=learn)
            if learn:
                self._note(hour, new)
                found += filter(None, (self._pace(new, pace, budget), self._mix(new, budget)))
        return found

    def learn(self, new: Onboarding, deliveries: Iterable[Delivery], *, apart: bool) -> None:
        """Take in one that was judged before. apart: it is behind an alarm, and not to be learned."""
        if not apart:
            self._refused(new, hour_of(new.time))
        if new.ending is Ending.ONBOARDED and not self._is_announced(new, hour_of(new.time), deliveries):
            self.stream.add(hour_of(new.time), learn=not apart)
            if not apart:
                self._note(hour_of(new.time), new)
                window = self.models.take(new.model, new.run, hour_of(new.time)) if new.model else None
                self.models.learn(window.models if window is not None else ())

    @property
    def has_warmed_up(self) -> bool:
        """Whether enough is known for numbers to count."""
        baseline = self.stream.baseline
        return baseline.watched >= WARM_UP_DAYS and sum(baseline.devices) >= LEAST_KNOWN / 2

    @property
    def days(self) -> int:
        """For how many days it is watched."""
        return self.stream.baseline.watched + len(self.stream.pending)

    def _is_announced(self, new: Onboarding, hour: int, deliveries: Iterable[Delivery]) -> bool:
        """Whether a delivery explains it. None explains work at night: a delivery of a day doesn't mean that.

        On the same day there is usual work too, and nobody can tell which device belongs to what.
        """
        announced: dict[str, int] = {}
        for each in deliveries:
            if each.covers(new):
                # Two delegates may announce one each for the same day and site.
                key = f"{each.begin.isoformat()} {each.end.isoformat()} {each.site or ''}"
                announced[key] = announced.get(key, 0) + each.devices
        if not announced:
            return False
        self.stream.advance(hour)
        rates = self.stream.rates()
        if self.has_warmed_up and rates.kinds[hour % HOURS] is Kind.NIGHT:
            return False
        # All of a delivery may come in one hour, and no more than that.
        here = self.unpacked[1] if self.unpacked[0] == hour else 0
        if here >= sum(announced.values()):
            return False
        for key, devices in announced.items():
            if self.delivered.get(key, 0) < devices + SPARE[self.subject.kind] * rates.day:
                self.delivered[key] = self.delivered.get(key, 0) + 1
                self.unpacked = (hour, here + 1)
                return True
        return False

    def _note(self, hour: int, new: Onboarding) -> None:
        self.recent.append((hour, new.run, new.actor))
        while len(self.recent) > MOST_RECENT or self.recent[0][0] < hour - RECENT_HOURS:
            self.recent.popleft()

    def _pace(self, new: Onboarding, pace: Pace, budget: Budget) -> Alarm | None:
        if not self.has_warmed_up:
            return None
        single = Rule.RATE if pace.kind is Kind.USUAL else Rule.UNUSUAL_HOUR
        rarity = {single: years(single, pace.single), Rule.SEQUENCE: years(Rule.SEQUENCE, pace.sequence)}
        # In units of what is needed, so that the statistic which is surest speaks.
        excess = {rule: rare / self._threshold(budget, rule) for rule, rare in rarity.items()}
        rule = max(excess, key=excess.__getitem__)
        if excess[rule] < 1:
            return None
        since = pace.since if rule is Rule.SEQUENCE else pace.hour
        latest = [each for each in self.recent if each[0] >= since]
        if self.subject.kind is SubjectKind.SITE and len({actor for _, _, actor in latest}) == 1:
            return None  # that delegate's own watch knows better what is usual for it
        behind = [(hour, run) for hour, run, _ in latest]
        episode = self._continue(rule, new, pace.hour, behind)
        hours = [hour for hour, _ in episode.behind]
        baseline = self.stream.baseline
        for hour, _ in behind:
            self.stream.set_apart(hour)
        self.recent = deque(each for each in self.recent if each[0] < since)
        return Alarm(
            rule,
            episode.cause,
            self.subject,
            sentences.of_pace(rule, pace, hours, self.stream),
            sentences.no_delivery(),
            tuple(run for _, run in episode.behind),
            rarity[rule],
            hours=by_hour(hours),
            usual=tuple(each / max(1.0, sum(baseline.days)) for each in baseline.devices),
        )

    def _threshold(self, budget: Budget, rule: Rule) -> float:
        return budget.threshold(rule) * (SITE_FACTOR if self.subject.kind is SubjectKind.SITE else 1)

    def _continue(self, rule: Rule, new: Onboarding, hour: int, behind: Sequence[tuple[int, str]]) -> Episode:
        """The cause: that of an alarm shortly before, or a new one."""
        if self.episode is None or hour - self.episode.hour > EPISODE_HOURS:
            self.episode = Episode(_cause(rule, self.subject, new.run), hour)
        self.episode.hour = hour
        self.episode.behind = [*self.episode.behind, *behind][:MOST_RUNS]
        return self.episode

    def _mix(self, new: Onboarding, budget: Budget) -> Alarm | None:
        if new.model is None:
            return None
        window = self.models.take(new.model, new.run, hour_of(new.time))
        if window is None:
            return None
        found, rule = window.found, Rule.MODEL_MIX
        if found is not None and self.has_warmed_up:
            rare = years(rule, max(window.hours, 1.0) / max(found.chance, 1e-15))
            if rare >= self._threshold(budget, rule):
                cause = _cause(rule, self.subject, window.runs[0])
                sentence, detail = sentences.of_mix(found), sentences.no_delivery()
                return Alarm(rule, cause, self.subject, sentence, detail, window.runs, rare)
        self.models.learn(window.models)
        return None

    def _refusal(self, new: Onboarding, hour: int, budget: Budget, *, learn: bool) -> Alarm | None:
        found = self._refused(new, hour) if learn else None
        if found is None or not self.has_warmed_up:
            return None
        rare = years(Rule.REFUSALS, HOURS / max(found.chance, 1e-15))
        if rare < self._threshold(budget, Rule.REFUSALS):
            return None
        runs = tuple(self.refusals.runs)
        self.refusals.forget_day = True
        cause = _cause(Rule.REFUSALS, self.subject, runs[0])
        sentence, detail = sentences.of_refusals(found)
        return Alarm(Rule.REFUSALS, cause, self.subject, sentence, detail, runs[-MOST_RUNS:], rare)

    def _refused(self, new: Onboarding, hour: int) -> Failures | None:
        if new.ending not in (Ending.ONBOARDED, Ending.REFUSED):
            return None
        refused = new.ending is Ending.REFUSED
        return self.refusals.take(hour // HOURS, str(device_of(new)), new.run, refused=refused)


def hour_of(moment: datetime) -> int:
    """Hours since a Monday at midnight, in the moment's own time zone."""
    return (moment.toordinal() - 1) * HOURS + moment.hour


def by_hour(hours: Iterable[int]) -> tuple[int, ...]:
    """How many there are for each hour of the day."""
    counts = [0] * HOURS
    for hour in hours:
        counts[hour % HOURS] += 1
    return tuple(counts)


def _cause(rule: Rule, subject: Subject, run: str) -> str:
    return f"{rule.value}/{subject.kind.value}/{subject.key}/{run}"
