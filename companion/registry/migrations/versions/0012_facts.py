"""What runs are filtered and counted by, in columns and an index; tags and notes of devices."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from companion.registry.database.search import MOST_FACT, MOST_TAG, ended_at, known_of
from companion.registry.privacy.safe_forms import radio_kinds

revision = "0012"
down_revision = "0011"

BATCH = 500
COLUMNS = {
    "subject": 64,
    "device_name": MOST_FACT,
    "model": MOST_FACT,
    "firmware": 40,
    "error": 16,
    "step": 16,
    "operation": 32,
    "radio_kind": 40,
}
INDEXED = (
    "error",
    "step",
    "operation",
    "ecosystem",
    "protocol",
    "radio_kind",
    "subject",
    "device_name",
    "model",
    "firmware",
)


def upgrade() -> None:
    """Add the columns, fill them a batch at a time, and index them."""
    for name, length in COLUMNS.items():
        op.add_column("runs", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.add_column("devices", sa.Column("note", sa.Text))
    op.create_table(
        "device_tags",
        sa.Column("device_id", sa.String(64), nullable=False),
        sa.Column("tag", sa.String(MOST_TAG), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "tag", name="pk_device_tags"),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name="fk_device_tags_device_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_device_tags_tag", "device_tags", ["tag"])
    if not op.get_context().as_sql:
        _fill(op.get_bind())
    op.drop_index("ix_runs_list", "runs")
    op.create_index("ix_runs_list", "runs", ["started", "id", "subject", "words"])
    op.create_index("ix_runs_facts", "runs", ["started", "id", "state", *INDEXED])


def _fill(connection: sa.Connection) -> None:
    devices = {id for (id,) in connection.execute(sa.text("SELECT id FROM devices"))}
    places = ", ".join(f"{name} = :{name}" for name in COLUMNS)
    for rows in _batches(connection):
        told = _events(connection, [row.id for row in rows])
        connection.execute(
            sa.text(f"UPDATE runs SET {places} WHERE id = :id"),
            [_facts(row, told.get(row.id, []), devices) for row in rows],
        )


def _facts(row: Any, events: list[tuple[str, Any]], devices: set[str]) -> dict[str, str]:
    outcome = _json(row.outcome) or {}
    known, error = known_of(outcome, events), outcome.get("error") or {}
    met = str(known.get("id") or "")
    texts = {
        "subject": row.device_id or (met if met in devices else ""),
        "device_name": known.get("name"),
        "model": known.get("model"),
        "firmware": known.get("firmware"),
        "error": error.get("code"),
        "step": error.get("step") or ended_at(row.state, events),
        "operation": outcome.get("act"),
        "radio_kind": radio_kinds(row.radio),
    }
    return {"id": row.id} | {name: str(texts[name] or "")[:length] for name, length in COLUMNS.items()}


def _events(connection: sa.Connection, runs: list[str]) -> dict[str, list[tuple[str, Any]]]:
    wanted = sa.text(
        "SELECT run_id, kind, facts FROM events WHERE run_id IN :runs AND kind IN "
        "('found', 'identified', 'step_started', 'step_finished') ORDER BY run_id, number"
    ).bindparams(sa.bindparam("runs", expanding=True))
    found: dict[str, list[tuple[str, Any]]] = {}
    for run, kind, facts in connection.execute(wanted, {"runs": runs}):
        found.setdefault(run, []).append((kind, _json(facts)))
    return found


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    last = ""
    wanted = sa.text(
        f"SELECT id, state, radio, device_id, outcome FROM runs WHERE id > :last ORDER BY id LIMIT {BATCH}"
    )
    while rows := list(connection.execute(wanted, {"last": last})):
        yield rows
        last = rows[-1].id


def _json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept
