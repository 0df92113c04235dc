"""What the anomaly rules see of runs and of what comes home from delegates, in the order it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from companion.identity.issuer import request_print
from companion.model import Commissioned
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Device, Grant, Run
from companion.registry.database.tables import Onboarding as Row
from companion.registry.records import BRING_HOME, REENROLLMENT
from companion.registry.store.revocations import LDEVID, issued_chain
from companion.registry.store.run_end import RunEnd
from companion.trust.anomalies.grant_terms import neutral
from companion.trust.anomalies.history import Use, device_of
from companion.trust.anomalies.records import Arrival, Delivery, Ending, GrantTerms, Onboarding
from companion.trust.grants.names import key_id

MOST = 50
"""Earlier onboardings that a rule looks at: the latest ones."""


def note_run(session: Session, run: Run, end: RunEnd, now: datetime) -> None:
    """A finished run of this computer, inside the session's transaction. A second end changes nothing.

    What was done elsewhere comes in by `note`, with what its source knows of it.
    """
    if end.ending is None or end.operation in (BRING_HOME, REENROLLMENT):
        return
    if session.scalar(select(Row.number).where(Row.run == run.id)) is not None:
        return
    done = end.done
    device = session.get(Device, run.device_id) if run.device_id else None
    number = _next(session)
    session.add(
        Row(
            number=number,
            run=run.id,
            at=now,
            ending=end.ending.value,
            actor="",
            computer=run.host,
            counter=number,
            identity_key=done.identity_key if done else None,
            serial=device.serial if device else None,
            site=device.site if device else None,
            model=device.model if device else None,
            firmware=device.firmware if device else None,
            owner_key=_owner(done) if done else None,
            secret=done.label if done else None,
            request=_request(session, run, done) if done else None,
            grant_id=run.grant_id or "",
            receipt=done is not None and done.receipt is not None,
            apart=False,
        )
    )


def note(session: Session, onboardings: Iterable[Onboarding]) -> int:
    """What came from elsewhere, inside the session's transaction; how many were new."""
    number = before = _next(session)
    for each in onboardings:
        if session.scalar(select(Row.number).where(Row.run == clipped(each.run, 80))) is None:
            session.add(_row(number, each))
            session.flush()
            number += 1
    return number - before


def _row(number: int, each: Onboarding) -> Row:
    return Row(
        number=number,
        run=clipped(each.run, 80),
        at=each.time,
        ending=each.ending.value,
        actor=clipped(each.actor, 64),
        computer=each.computer and clipped(each.computer, 255),
        counter=each.counter,
        identity_key=each.identity_key,
        serial=each.serial and clipped(each.serial, 255),
        site=each.site and clipped(each.site, 255),
        model=each.model and clipped(each.model, 255),
        firmware=each.firmware and clipped(each.firmware, 255),
        owner_key=each.owner_key and clipped(each.owner_key, 64),
        secret=each.secret and clipped(each.secret, 64),
        request=each.request and clipped(each.request, 64),
        grant_id=None if each.grant is None else clipped(each.grant, 32),
        receipt=each.receipt,
        logged=each.logged,
        arrival=each.arrival and each.arrival.value,
        apart=False,
    )


def onboarding(row: Row, zone: tzinfo | None) -> Onboarding:
    """A row as the rules see it, its hours counted in `zone` (None: this computer's)."""
    return Onboarding(
        run=row.run,
        time=row.at.astimezone(zone),
        ending=Ending(row.ending),
        actor=row.actor,
        computer=row.computer,
        counter=row.counter,
        identity_key=row.identity_key,
        serial=row.serial,
        site=row.site,
        model=row.model,
        firmware=row.firmware,
        owner_key=row.owner_key,
        secret=row.secret,
        request=row.request,
        grant=row.grant_id,
        receipt=row.receipt,
        logged=row.logged,
        arrival=Arrival(row.arrival) if row.arrival else None,
    )


class SqlHistory:
    """`companion.trust.anomalies.history.History` before one onboarding (its number).

    known: terms of grants that were read already; it is filled
    """

    def __init__(
        self, session: Session, before: int, zone: tzinfo | None, known: dict[str, GrantTerms | None]
    ) -> None:
        self._session = session
        self._known = known
        self._before = before
        self._zone = zone

    def of_key(self, identity_key: bytes) -> Sequence[Onboarding]:
        """See `History`."""
        return self._of(Row.identity_key == identity_key)

    def of_serial(self, serial: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._of(Row.serial == serial)

    def of_secret(self, secret: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._of(Row.secret == secret)

    def of_request(self, request: str) -> Sequence[Onboarding]:
        """See `History`."""
        return self._of(Row.request == request)

    def last_of_computer(self, computer: str, counter: int) -> Onboarding | None:
        """See `History`."""
        wanted = select(Row).where(Row.computer == computer, Row.counter < counter)
        row = self._session.scalar(wanted.order_by(Row.counter.desc()).limit(1))
        return None if row is None else onboarding(row, self._zone)

    def use(self, grant: str, new: Onboarding) -> Use:
        """See `History`."""
        under = (Row.grant_id == grant, Row.ending == Ending.ONBOARDED.value, Row.number <= self._before)
        name = func.coalesce(Row.serial, Row.run)
        proven = select(func.count(func.distinct(Row.identity_key))).where(*under)
        said = select(func.count(func.distinct(name))).where(*under, Row.identity_key.is_(None))
        mine = Row.identity_key == new.identity_key if new.identity_key else name == device_of(new)
        times = select(func.count()).where(*under, mine)
        devices = (self._session.scalar(proven) or 0) + (self._session.scalar(said) or 0)
        return Use(devices, self._session.scalar(times) or 0)

    def terms(self, grant: str) -> GrantTerms | None:
        """See `History`."""
        if grant not in self._known:
            row = self._session.get(Grant, grant)
            self._known[grant] = None if row is None or row.held else terms_of(row, self._zone)
        return self._known[grant]

    def _of(self, condition: ColumnElement[bool]) -> list[Onboarding]:
        latest = select(Row).where(condition, Row.number < self._before)
        rows = self._session.scalars(latest.order_by(Row.number.desc()).limit(MOST)).all()
        return [onboarding(row, self._zone) for row in reversed(rows)]


def terms_of(row: Grant, zone: tzinfo | None) -> GrantTerms:
    """An issued grant as the rules see it."""
    from companion.trust.grants.terms import read_terms

    return neutral(row.id, row.holder_name, read_terms(row.terms), row.revoked, zone)


def deliveries_of(session: Session, actor: str, zone: tzinfo | None) -> list[Delivery]:
    """What was announced to a delegate, in all grants that it got; "" for every delegate."""
    rows = session.scalars(select(Grant).where(Grant.held.is_(False)))
    return [
        delivery
        for row in rows
        if not actor or key_id(row.holder) == actor
        for delivery in terms_of(row, zone).deliveries
    ]


def _owner(done: Commissioned) -> str | None:
    """To whom the device was given, as a hash in hex; None where nothing says so."""
    return next((str(one.details["key"]) for one in done.credentials if one.kind == "owner"), None)


def _request(session: Session, run: Run, done: Commissioned) -> str | None:
    """A fingerprint of the key that was certified. None where another run was in the same transaction."""
    if done.receipt is None or run.receipt_run is not None:
        return None
    prints = (one.details.get("fingerprint", "") for one in done.credentials if one.kind == LDEVID)
    chain = next((chain for each in prints if (chain := issued_chain(session, str(each)))), None)
    return None if chain is None else request_print(chain[0])


def _next(session: Session) -> int:
    return (session.scalar(select(func.max(Row.number))) or 0) + 1
