"""What its owner calls a device, and its room, for every protocol. Before, only a label item told."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add both, and fill them from the label that each device has now."""
    op.add_column("devices", sa.Column("given_name", sa.String(255)))
    op.add_column("devices", sa.Column("room", sa.String(255)))
    if op.get_context().as_sql:
        return
    connection = op.get_bind()
    labels = connection.execute(
        sa.text("SELECT device_id, details FROM credentials WHERE kind = 'label' AND replaced IS NULL")
    ).all()
    for device, kept in labels:
        details: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
        connection.execute(
            sa.text("UPDATE devices SET given_name = :name, room = :room WHERE id = :device"),
            {"name": details.get("name") or None, "room": details.get("room") or None, "device": device},
        )
