"""The first registry: runs with steps and events, devices with credentials and receipts, memory."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Build every table."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ecosystem", sa.String(32)),
        sa.Column("radio", sa.String(255), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("process", sa.String(32), nullable=False),
        sa.Column("protocol", sa.String(32)),
        sa.Column("method", sa.String(32)),
        sa.Column("device_id", sa.String(64)),
        sa.Column("outcome", sa.JSON()),
    )
    for column in ("started", "state", "device_id"):
        op.create_index(f"ix_runs_{column}", "runs", [column])
    op.create_table(
        "steps",
        sa.Column("run_id", sa.String(32), _runs("steps", cascade=True), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("seconds", sa.Double()),
        sa.Column("summary", sa.JSON()),
    )
    op.create_table(
        "events",
        sa.Column("run_id", sa.String(32), _runs("events", cascade=True), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("protocol", sa.String(32), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("model", sa.String(255)),
        sa.Column("serial", sa.String(255)),
        sa.Column("firmware", sa.String(255)),
        sa.Column("identity_key", sa.LargeBinary()),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.UniqueConstraint("identity_key", name="uq_devices_identity_key"),
    )
    op.create_index("ix_devices_protocol_serial", "devices", ["protocol", "serial"])
    op.create_table(
        "credentials",
        sa.Column("run_id", sa.String(32), _runs("credentials"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("device_id", sa.String(64), _devices("credentials"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("handed_over", MOMENT, nullable=False),
        sa.Column("replaced", MOMENT),
    )
    op.create_index("ix_credentials_device_id", "credentials", ["device_id"])
    op.create_table(
        "receipts",
        sa.Column("run_id", sa.String(32), _runs("receipts"), primary_key=True),
        sa.Column("device_id", sa.String(64), _devices("receipts"), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("final", sa.LargeBinary()),
        sa.Column("received", MOMENT, nullable=False),
    )
    op.create_index("ix_receipts_device_id", "receipts", ["device_id"])
    op.create_table(
        "memory",
        sa.Column("protocol", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("value", sa.JSON(), nullable=False),
    )


def _runs(table: str, *, cascade: bool = False) -> sa.ForeignKey:
    return sa.ForeignKey("runs.id", name=f"fk_{table}_run_id", ondelete="CASCADE" if cascade else None)


def _devices(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("devices.id", name=f"fk_{table}_device_id", ondelete="CASCADE")
