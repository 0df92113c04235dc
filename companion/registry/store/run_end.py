"""What the registry keeps of a run's end: an outcome without what is only shown. It can wait in a journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from companion.errors import Cancelled
from companion.model import Commissioned, Possession
from companion.outcome import Outcome, Result
from companion.registry.database.rows import storable
from companion.registry.privacy.allowed_fields import check_facts
from companion.trust.anomalies.records import Ending

AUTHENTICATION = 5
"""The exit status of errors that mean a wrong secret, number or key."""


@dataclass(frozen=True)
class GrantUsed:
    """The grant under which it was done. owner: whose device it is (point)"""

    id: str
    held: bool
    owner: bytes


@dataclass(frozen=True)
class Called:
    """What the device is to be called."""

    name: str
    room: str


@dataclass(frozen=True)
class RunEnd:
    """done: what the driver handed back, without what is not kept; checks: as `allowed_fields.check_facts`
    ending: as the anomaly rules see it, None for nothing; document: what `commission --json` prints
    """

    result: Result
    protocol: str | None
    operation: str | None
    done: Commissioned | None
    checks: tuple[Mapping[str, Any], ...]
    called: Called | None
    grant: GrantUsed | None
    site: str
    ending: Ending | None
    document: Mapping[str, Any]


def end_of(outcome: Outcome) -> RunEnd:
    """What is kept of an outcome. A code of a device that is left is a secret, and is not."""
    done, grant, settings = outcome.commissioned, outcome.grant, outcome.settings
    bare = None
    if done is not None:
        details = [
            replace(one, details=storable({name: str(value) for name, value in one.details.items()}))
            for one in done.credentials
        ]
        bare = replace(
            done,
            credentials=tuple(details),
            handshake=None,
            proof=None,
            redirect_url=None,
            unconfirmed_reason=None,
            checks=(),
            rest=None,
        )
    return RunEnd(
        result=outcome.result,
        protocol=outcome.protocol,
        operation=outcome.operation,
        done=bare,
        checks=tuple(storable(check_facts(check)) for check in done.checks) if done is not None else (),
        called=None if settings is None else Called(settings.name, settings.room),
        grant=None if grant is None else GrantUsed(grant.id, grant.held, grant.owner),
        site=outcome.site,
        ending=_ending(outcome),
        document=storable(outcome.as_json()),
    )


def _ending(outcome: Outcome) -> Ending | None:
    if outcome.operation is not None:
        released = outcome.commissioned is not None and outcome.commissioned.possession is Possession.RELEASED
        return Ending.RESET if released else Ending.OTHER
    if outcome.result in (Result.COMMISSIONED, Result.UNCONFIRMED):
        return Ending.ONBOARDED
    if outcome.error is None or isinstance(outcome.error, Cancelled):
        return None
    return Ending.REFUSED if outcome.error.exit_status == AUTHENTICATION else Ending.FAILED
