"""Alerts: found after each run, kept once for each cause, answered by the owner.

What is remembered of each delegate and site makes a check as long as the new onboardings, however many there
are. Everything that a check decides is written in one transaction with the place up to which it looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.orm import Session

from companion.errors import RecordMissing
from companion.registry.alerts import AlertRecord, Answer, Overview
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import clipped, storable
from companion.registry.database.tables import Alert, Memo, Watch
from companion.registry.database.tables import Onboarding as Row
from companion.registry.lookup import Candidate, only_match
from companion.registry.privacy.allowed_fields import kept_text, text_facts
from companion.registry.store.onboardings import SqlHistory, deliveries_of, note, onboarding
from companion.trust.anomalies import grant_rules, rules, state
from companion.trust.anomalies.alarms import Alarm, Rule, Subject, SubjectKind
from companion.trust.anomalies.budget import USUAL_BUDGET, Budget
from companion.trust.anomalies.device_rules import Finding
from companion.trust.anomalies.history import History
from companion.trust.anomalies.records import Arrival, Delivery, GrantTerms, Onboarding
from companion.trust.anomalies.watch import Watch as Watching

_MEMO = "alerts"
_REPLAYED = 5_000
"""Onboardings from which what is usual is made anew, at most: the latest ones."""
_REPLAYED_IN_A_RUN = 1_000
"""Of these, how many a check at the end of a run takes in: the rest waits for the next runs."""
_BATCH = 200
_LEARNED = "learned"
"""In the state of a watch that is being made anew: up to which number."""


class AlertRecords:
    """The registry's alerts. zone: in which hours are counted; None: this computer's.
    operator: whoever answers them.

    Raises as the registry.
    """

    def __init__(self, engine: Engine, zone: tzinfo | None = None, *, operator: str = "") -> None:
        self._engine = engine
        self._operator = operator
        self._zone = zone

    # --- finding -------------------------------------------------------------------------------------

    def take_in(self, onboardings: Iterable[Onboarding]) -> int:
        """Onboardings that came home from elsewhere, each once by its `run`; how many were new."""
        with database_errors(), Session(self._engine) as session, session.begin():
            return note(session, onboardings)

    def has(self, run: str) -> bool:
        """True if an onboarding came in under this name."""
        with database_errors(), Session(reading(self._engine)) as session:
            return session.scalar(select(Row.number).where(Row.run == clipped(run, 80))) is not None

    def note_logged(self, runs: Collection[str], *, logged: bool) -> None:
        """Whether the receipts of these runs are in the log where they belong; it is judged at once. What was
        seen there stays so."""
        with database_errors(), Session(self._engine) as session, session.begin():
            check = _Check(session, self._zone, _budget(session), 0)
            unseen = or_(Row.logged.is_(None), Row.logged.is_(False))
            for row in session.scalars(select(Row).where(Row.run.in_(runs), unseen)):
                row.logged = logged
                check.judge_again(row, grant_rules.not_logged)

    def note_arrival(self, run: str, arrival: Arrival) -> None:
        """How the report arrived on what came in before under this name; it is judged at once."""
        with database_errors(), Session(self._engine) as session, session.begin():
            check = _Check(session, self._zone, _budget(session), 0)
            unknown = select(Row).where(Row.run == clipped(run, 80), Row.arrival.is_(None))
            if (row := session.scalar(unknown)) is not None:
                row.arrival = arrival.value
                check.judge_again(row, grant_rules.held_back)

    def check(self, *, most: int | None = None) -> list[AlertRecord]:
        """Judge what came since the last check; returns the alerts that are new or grew.

        most: onboardings that are judged now, in a moment: statistics of which what is usual has to be made
        anew first say nothing of them. None: all, a batch in each transaction
        """
        found: dict[str, AlertRecord] = {}
        replayed = _REPLAYED if most is None else _REPLAYED_IN_A_RUN
        while True:
            with database_errors(), Session(self._engine) as session, session.begin():
                check = _Check(session, self._zone, _budget(session), replayed)
                judged = check.run(int(_remembered(session, "number", 0)), most or _BATCH)
                found.update((row.id, _record(row)) for row in check.found.values())
            if most is not None or judged < _BATCH:
                return list(found.values())

    # --- reading -------------------------------------------------------------------------------------

    def all(self, *, since: datetime | None = None) -> list[AlertRecord]:
        """Every alert, those without an answer first, then the last changed first."""
        wanted = select(Alert).order_by(Alert.answer.is_not(None), Alert.changed.desc(), Alert.id)
        if since is not None:
            wanted = wanted.where(Alert.changed >= since)
        with database_errors(), Session(reading(self._engine)) as session:
            return [_record(row) for row in session.scalars(wanted)]

    def one(self, wanted: str) -> AlertRecord:
        """By id or a beginning of it. Raises RecordMissing, RecordAmbiguous."""
        records = self.all()
        id = only_match(wanted, [Candidate(each.id, (), str(each.sentence)) for each in records])
        return next(each for each in records if each.id == id)

    def overview(self) -> Overview:
        """How much is watched, since when, and what the budget is."""
        with database_errors(), Session(reading(self._engine)) as session:
            first, count = session.execute(select(func.min(Row.at), func.count())).one()
            delegates = session.scalar(
                select(func.count()).where(
                    Watch.subject_kind == SubjectKind.DELEGATE.value, Watch.subject != ""
                )
            )
            return Overview(first, count, delegates or 0, _budget(session).monthly)

    # --- answers -------------------------------------------------------------------------------------

    def planned(self, id: str, note: str) -> AlertRecord:
        """It was planned: from now on it counts as usual. Durable. Raises RecordMissing."""
        return self._answer(id, Answer.PLANNED, note)

    def stopped(self, id: str, note: str = "") -> AlertRecord:
        """Its delegate was stopped. Whoever calls this has revoked. Durable. Raises RecordMissing."""
        return self._answer(id, Answer.STOPPED, note)

    def undo(self, id: str) -> AlertRecord:
        """Take an answer back; what was learned from it is forgotten. Durable. Raises RecordMissing."""
        return self._answer(id, None, "")

    def set_budget(self, monthly: float) -> None:
        """False alarms a month at most, for all delegates and sites together. Durable."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            _remember(session, "budget", monthly)

    def _answer(self, id: str, answer: Answer | None, note: str) -> AlertRecord:
        now = datetime.now(UTC)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            row = session.get(Alert, id)
            if row is None:
                raise RecordMissing(wanted=id)
            row.answer = None if answer is None else answer.value
            row.note = clipped(note.strip(), 255) or None
            row.answered = None if answer is None else now
            row.answerer = "" if answer is None else self._operator
            row.changed = now
            if row.years is not None:
                runs = [str(run) for run in row.evidence["runs"]]
                apart = update(Row).where(Row.run.in_(runs)).values(apart=answer is not Answer.PLANNED)
                session.execute(apart)
                # Made anew at the next check, from the onboardings that count.
                subject = (Watch.subject_kind == row.subject_kind, Watch.subject == row.subject)
                session.execute(delete(Watch).where(*subject))
            session.flush()
            return _record(row)


class _Check:
    """One check, inside a transaction. replayed: how many onboardings a watch made anew takes in, at most."""

    def __init__(self, session: Session, zone: tzinfo | None, budget: Budget, replayed: int) -> None:
        self._session = session
        self._zone = zone
        self._budget = budget
        self._replayed = replayed
        self._watches: dict[Subject, Watching] = {}
        self._learned: dict[Subject, int] = {}
        self._deliveries: dict[str, list[Delivery]] = {}
        self._terms: dict[str, GrantTerms | None] = {}
        self.found: dict[str, Alert] = {}

    def run(self, last: int, most: int) -> int:
        """Judge those after a number; how many there were."""
        wanted = select(Row).where(Row.number > last).order_by(Row.number).limit(most)
        rows = self._session.scalars(wanted).all()
        for row in rows:
            new = onboarding(row, self._zone)
            alarms, _ = rules.check(new, SqlHistory(self._session, row.number, self._zone, self._terms))
            for subject in _subjects(new):
                watch = self._watch(subject, row.number)
                if subject in self._learned:
                    continue  # it takes this one in with the others, and numbers say nothing of it
                said = watch.take(new, self._announced(subject), self._budget, learn=not row.apart)
                # A site speaks where no delegate did about the same run.
                known = {run for alarm in alarms if alarm.years is not None for run in alarm.runs}
                alarms += [alarm for alarm in said if known.isdisjoint(alarm.runs)]
            for alarm in alarms:
                self._keep(alarm, new.time)
        if rows:
            for subject, watch in self._watches.items():
                kept = Watch(
                    subject_kind=subject.kind.value,
                    subject=clipped(subject.key, 255),
                    state=state.to_json(watch) | self._half_made(subject),
                )
                self._session.merge(kept)
            _remember(self._session, "number", rows[-1].number)
        return len(rows)

    def judge_again(self, row: Row, rule: Callable[[Onboarding, History], Finding]) -> None:
        """One that was judged before, of which a fact that this rule needs is known now."""
        new = onboarding(row, self._zone)
        history = SqlHistory(self._session, row.number, self._zone, self._terms)
        if isinstance(alarm := rule(new, history), Alarm):
            self._keep(alarm, new.time)

    def _half_made(self, subject: Subject) -> dict[str, int]:
        return {_LEARNED: self._learned[subject]} if subject in self._learned else {}

    def _watch(self, subject: Subject, before: int) -> Watching:
        if subject not in self._watches:
            row = self._session.get(Watch, (subject.kind.value, clipped(subject.key, 255)))
            watch = None if row is None else state.from_json(subject, row.state)
            learned = None if row is None or watch is None else row.state.get(_LEARNED)
            if watch is None or learned is not None:
                watch = self._make_anew(subject, watch or Watching(subject), learned, before)
            self._watches[subject] = watch
        return self._watches[subject]

    def _make_anew(self, subject: Subject, watch: Watching, learned: int | None, before: int) -> Watching:
        """What is usual, from the onboardings that count. Nothing is said about them again."""
        of_subject = (
            Row.actor == subject.key if subject.kind is SubjectKind.DELEGATE else Row.site == subject.key
        )
        if learned is None:
            latest = select(Row.number).where(of_subject, Row.number < before).order_by(Row.number.desc())
            learned = self._session.scalar(latest.offset(_REPLAYED).limit(1)) or 0
        wanted = select(Row).where(of_subject, Row.number > learned, Row.number < before)
        rows = self._session.scalars(wanted.order_by(Row.number).limit(self._replayed + 1)).all()
        for row in sorted(rows[: self._replayed], key=lambda each: (each.at, each.number)):
            watch.learn(onboarding(row, self._zone), self._announced(subject), apart=row.apart)
        if len(rows) > self._replayed:
            self._learned[subject] = rows[self._replayed - 1].number
        return watch

    def _announced(self, subject: Subject) -> Sequence[Delivery]:
        actor = subject.key if subject.kind is SubjectKind.DELEGATE else ""
        if subject.is_owner:
            return ()
        if actor not in self._deliveries:
            self._deliveries[actor] = deliveries_of(self._session, actor, self._zone)
        return self._deliveries[actor]

    def _keep(self, alarm: Alarm, moment: datetime) -> None:
        """Once for each cause: what follows adds its runs. One that is answered stays as it is."""
        id = hashlib.sha256(alarm.cause.encode()).hexdigest()[:10]
        row = self.found.get(id) or self._session.get(Alert, id)
        if row is None:
            row = Alert(id=id, cause=alarm.cause, raised=moment, rule=alarm.rule.value)
            row.subject_kind, row.subject = alarm.subject.kind.value, clipped(alarm.subject.key, 255)
            self._session.add(row)
        elif row.answer is not None:
            return
        else:
            known = [str(run) for run in row.evidence["runs"]]
            if set(alarm.runs) <= set(known):
                return
        row.rule, row.years, row.changed = alarm.rule.value, alarm.years, moment
        row.sentence, row.detail = storable(text_facts(alarm.sentence)), storable(text_facts(alarm.detail))
        usual = [round(each, 4) for each in alarm.usual]
        row.evidence = {"runs": list(alarm.runs), "hours": list(alarm.hours), "usual": usual}
        if alarm.years is not None:
            behind = update(Row).where(Row.run.in_(alarm.runs))
            self._session.execute(behind.values(apart=True))
        self._session.flush()
        self.found[id] = row


def _subjects(new: Onboarding) -> list[Subject]:
    found = [Subject(SubjectKind.DELEGATE, new.actor)]
    return [*found, Subject(SubjectKind.SITE, new.site)] if new.site else found


def _record(row: Alert) -> AlertRecord:
    return AlertRecord(
        id=row.id,
        rule=Rule(row.rule),
        subject=Subject(SubjectKind(row.subject_kind), row.subject),
        sentence=kept_text(row.sentence),
        detail=kept_text(row.detail),
        years=row.years,
        runs=tuple(str(run) for run in row.evidence["runs"]),
        hours=tuple(row.evidence["hours"]),
        usual=tuple(row.evidence["usual"]),
        raised=row.raised,
        changed=row.changed,
        answer=None if row.answer is None else Answer(row.answer),
        note=row.note or "",
        answered=row.answered,
        answerer=row.answerer,
    )


def _budget(session: Session) -> Budget:
    subjects = session.scalar(select(func.count()).select_from(Watch)) or 1
    return Budget(float(_remembered(session, "budget", USUAL_BUDGET)), subjects)


def _remembered(session: Session, key: str, otherwise: float) -> float:
    kept = session.get(Memo, (_MEMO, key))
    return otherwise if kept is None else float(kept.value["value"])


def _remember(session: Session, key: str, value: float) -> None:
    session.merge(Memo(protocol=_MEMO, key=key, value={"value": value}))
