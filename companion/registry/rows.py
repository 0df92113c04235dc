"""Between table rows and records, and what a database can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from companion.registry.records import (
    CredentialRecord,
    DeviceRecord,
    EventRecord,
    ReceiptRecord,
    RunRecord,
    StepRecord,
)
from companion.registry.tables import Credential, Device, Event, Receipt, Run, Step


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
    revoked: Mapping[str, datetime],
) -> DeviceRecord:
    """A device with the rows that belong to it, in their order. `revoked`: since when, by fingerprint."""
    return DeviceRecord(
        id=device.id,
        name=device.name,
        protocol=device.protocol,
        method=device.method,
        state=device.state,
        created=device.created,
        updated=device.updated,
        model=device.model,
        serial=device.serial,
        firmware=device.firmware,
        identity_key=device.identity_key,
        credentials=tuple(
            CredentialRecord(
                row.kind,
                row.details,
                row.handed_over,
                row.replaced,
                revoked.get(row.details.get("fingerprint", "")),
            )
            for row in credentials
        ),
        receipts=tuple(ReceiptRecord(row.run_id, row.signed, row.final, row.received) for row in receipts),
        runs=tuple(runs),
    )


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
        steps=tuple(StepRecord(row.step, row.started, row.seconds, row.summary) for row in steps),
        events=tuple(EventRecord(row.number, row.at, row.kind, row.facts) for row in events),
    )
