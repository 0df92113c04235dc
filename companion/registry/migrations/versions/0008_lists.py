"""What lists sort and search by, in columns and indexes, so that no list is read whole any more."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from companion.registry.database.search import MOST_TITLE, MOST_WORDS, folded, run_words, title, validity

revision = "0008"
down_revision = "0007"

BATCH = 500


def upgrade() -> None:
    """Add the columns, fill them a batch at a time, and index them."""
    moment = sa.DateTime(timezone=True)
    op.add_column("devices", sa.Column("title", sa.String(MOST_TITLE), nullable=False, server_default=""))
    op.add_column("devices", sa.Column("words", sa.String(MOST_WORDS), nullable=False, server_default=""))
    op.add_column("devices", sa.Column("due", moment))
    op.add_column("devices", sa.Column("expires", moment))
    op.add_column("runs", sa.Column("words", sa.String(MOST_WORDS), nullable=False, server_default=""))
    if not op.get_context().as_sql:
        _fill_devices(op.get_bind())
        _fill_runs(op.get_bind())
    op.create_index("ix_devices_updated_id", "devices", ["updated", "id"])
    columns = ["title", "id", "protocol", "state", "due", "expires", "words"]
    op.create_index("ix_devices_list", "devices", columns)
    op.drop_index("ix_runs_device_id", "runs")
    op.create_index("ix_runs_device_id_started", "runs", ["device_id", "started"])
    op.create_index("ix_runs_list", "runs", ["started", "id", "device_id", "words"])


def _fill_devices(connection: sa.Connection) -> None:
    columns = "id, name, given_name, room, serial, model, firmware, protocol"
    for rows in _batches(connection, "devices", columns):
        current = _current(connection, [row.id for row in rows])
        for row in rows:
            had = current.get(row.id, [])
            networks = [str(details.get("ssid") or "") for kind, details, _ in had if kind == "wifi"]
            life = validity((details, handed_over) for _, details, handed_over in had)
            texts = (row.given_name, row.room, row.serial, row.name, row.model, row.firmware)
            connection.execute(
                sa.text(
                    "UPDATE devices SET title = :t, words = :w, due = :d, expires = :e WHERE id = :id"
                ).bindparams(sa.bindparam("d", type_=sa.DateTime), sa.bindparam("e", type_=sa.DateTime)),
                {
                    "t": title(row.given_name or row.name),
                    "w": folded(*texts, row.protocol, *networks, row.id),
                    "d": life and life[0].astimezone(UTC),
                    "e": life and life[1].astimezone(UTC),
                    "id": row.id,
                },
            )


def _current(connection: sa.Connection, ids: list[str]) -> dict[str, list[tuple[str, Any, datetime]]]:
    """Kind, details and time of the devices' current credentials, the latest first."""
    wanted = sa.text(
        "SELECT device_id, kind, details, handed_over FROM credentials WHERE replaced IS NULL "
        "AND device_id IN :ids ORDER BY handed_over DESC, number"
    ).bindparams(sa.bindparam("ids", expanding=True))
    found: dict[str, list[tuple[str, Any, datetime]]] = {}
    for row in connection.execute(wanted.columns(handed_over=sa.DateTime), {"ids": ids}):
        at = row.handed_over if row.handed_over.tzinfo else row.handed_over.replace(tzinfo=UTC)
        found.setdefault(row.device_id, []).append((row.kind, _json(row.details), at))
    return found


def _fill_runs(connection: sa.Connection) -> None:
    for rows in _batches(connection, "runs", "id, state, ecosystem, protocol, method, outcome"):
        connection.execute(
            sa.text("UPDATE runs SET words = :w WHERE id = :id"),
            [
                {
                    "w": run_words(
                        _json(row.outcome), row.id, row.protocol or row.ecosystem, row.method, row.state
                    ),
                    "id": row.id,
                }
                for row in rows
            ],
        )


def _batches(connection: sa.Connection, table: str, columns: str) -> Iterator[list[Any]]:
    last = ""
    wanted = sa.text(f"SELECT {columns} FROM {table} WHERE id > :last ORDER BY id LIMIT {BATCH}")
    while rows := list(connection.execute(wanted, {"last": last})):
        yield rows
        last = rows[-1].id


def _json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept
