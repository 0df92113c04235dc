"""Seconds since 2000-01-01 UTC, as Matter counts, and X.509's two ways to write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from companion.protocols.matter import der
from companion.protocols.matter.certificates.faults import BadCertificate, Fault

NEVER = 0
"""Stands for “no well-defined expiry”, which X.509 writes as the last second of 9999."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NEVER = b"99991231235959Z"
_MOST = (1 << 32) - 1


def matter_time(moment: datetime) -> int:
    """Seconds since 2000 of an aware datetime. Raises ValueError before it and after 2136."""
    seconds = int((moment - _EPOCH).total_seconds())
    if not 0 <= seconds <= _MOST:
        raise ValueError("not a time that Matter can write")
    return seconds


def moment(seconds: int) -> datetime:
    """The datetime of seconds since 2000."""
    return _EPOCH + timedelta(seconds=seconds)


def as_der(seconds: int) -> bytes:
    """UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5)."""
    if seconds == NEVER:
        return der.wrap(der.GENERALIZED_TIME, _NEVER)
    at = moment(seconds)
    if at.year < 2050:
        return der.wrap(der.UTC_TIME, at.strftime("%y%m%d%H%M%SZ").encode())
    return der.wrap(der.GENERALIZED_TIME, at.strftime("%Y%m%d%H%M%SZ").encode())


def of_der(node: der.Node) -> int:
    """Raises BadCertificate and MalformedDer."""
    content = node.of(der.UTC_TIME, der.GENERALIZED_TIME)
    if content == _NEVER:
        return NEVER
    century = b"20" if node.tag == der.UTC_TIME else b""
    try:
        at = datetime.strptime((century + content).decode("ascii"), "%Y%m%d%H%M%SZ")
        return matter_time(at.replace(tzinfo=UTC))
    except ValueError as error:
        raise BadCertificate(Fault.MALFORMED, "a time that Matter can't write") from error
