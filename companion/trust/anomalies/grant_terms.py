"""A grant's terms as the rules see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from companion.trust.anomalies.records import Delivery, GrantTerms
from companion.trust.grants.terms import GrantTerms as Granted


def neutral(
    id: str, holder: str, granted: Granted, revoked: datetime | None, zone: tzinfo | None
) -> GrantTerms:
    """zone: in which the days of deliveries are counted; None: this computer's."""
    places, hours = granted.places, granted.hours
    return GrantTerms(
        id,
        exp=granted.until,
        nbf=granted.since,
        revoked=revoked,
        sites=None if places.everywhere else places.sites,
        serials=None if places.everywhere else places.folded,
        devices=granted.devices,
        uses=granted.max_uses,
        hours=None if hours is None else (_of_day(hours.begin), _of_day(hours.end)),
        holder=holder,
        deliveries=tuple(
            Delivery(each.devices, begin, begin + timedelta(days=1), each.site or None)
            for each in granted.deliveries
            for begin in [_midnight(each.day, zone)]
        ),
    )


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    midnight = datetime.combine(day, time())
    return midnight.astimezone() if zone is None else midnight.replace(tzinfo=zone)


def _of_day(minutes: int) -> time:
    return time(minutes // 60, minutes % 60, tzinfo=UTC)
