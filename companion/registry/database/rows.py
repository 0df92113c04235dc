"""Between table rows and records, and what a database can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from companion.model import Possession
from companion.registry.database.tables import Credential, Device, Event, Receipt, Run, Step
from companion.registry.privacy.allowed_fields import check_of
from companion.registry.records import (
    CredentialRecord,
    DeviceRecord,
    EventRecord,
    ReceiptRecord,
    RevocationRecord,
    RunRecord,
    StepRecord,
    TokenRecord,
)


def clipped(text: str, length: int) -> str:
    """What a text column of `length` holds of a text from outside: PostgreSQL takes no NUL and no more."""
    return text.replace("\0", "")[:length]


def storable(value: Any) -> Any:
    """JSON from outside without NUL characters, which PostgreSQL refuses."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    return value


def device_record(
    device: Device,
    credentials: Sequence[Credential],
    receipts: Sequence[Receipt] = (),
    runs: Sequence[str] = (),
    *,
    revoked: Mapping[str, RevocationRecord],
    tokens: Sequence[TokenRecord] = (),
    tags: Sequence[str] = (),
) -> DeviceRecord:
    """A device with the rows that belong to it, in their order. `revoked`: by fingerprint.

    While a token is out the device may be another's at any time, and is shown so.
    """
    state = device.state
    if state == Possession.COMMISSIONED and any(token.is_out for token in tokens):
        state = Possession.OFFERED.value
    return DeviceRecord(
        id=device.id,
        name=device.given_name or device.name,
        protocol=device.protocol,
        method=device.method,
        state=state,
        created=device.created,
        updated=device.updated,
        model=device.model,
        serial=device.serial,
        firmware=device.firmware,
        identity_key=device.identity_key,
        credentials=tuple(_credential(row, revoked) for row in credentials),
        receipts=tuple(ReceiptRecord(row.run_id, row.signed, row.final, row.received) for row in receipts),
        runs=tuple(runs),
        tokens=tuple(tokens),
        room=device.room or "",
        own_name=device.name,
        checks=tuple(check_of(facts) for facts in device.checks or ()),
        owner_key=device.owner_key,
        site=device.site or "",
        tags=tuple(tags),
        note=device.note or "",
        revision=device.revision,
        editor=device.editor,
        edited=device.edited,
    )


def _credential(row: Credential, revoked: Mapping[str, RevocationRecord]) -> CredentialRecord:
    found = revoked.get(row.details.get("fingerprint", ""))
    since, reason = (found.revoked, found.reason) if found is not None else (None, None)
    return CredentialRecord(row.kind, row.details, row.handed_over, row.replaced, since, reason)


def run_record(run: Run, steps: Sequence[Step] = (), events: Sequence[Event] = ()) -> RunRecord:
    """A run with the rows that belong to it, in their order."""
    return RunRecord(
        id=run.id,
        started=run.started,
        state=run.state,
        radio=run.radio,
        ended=run.ended,
        ecosystem=run.ecosystem,
        protocol=run.protocol,
        method=run.method,
        device=run.device_id,
        outcome=run.outcome,
        subject=run.subject,
        device_name=run.device_name,
        model=run.model,
        firmware=run.firmware,
        operation=run.operation,
        step=run.step,
        operator=run.operator,
        computer=run.host,
        steps=tuple(StepRecord(row.step, row.started, row.seconds, row.summary) for row in steps),
        events=tuple(EventRecord(row.number, row.at, row.kind, row.facts) for row in events),
    )
