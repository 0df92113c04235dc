"""Grants, what was done under them, and which devices have heard which revocation list."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Build the tables, empty, and add the columns."""
    moment = sa.DateTime(timezone=True)
    op.add_column("runs", sa.Column("grant_id", sa.String(32)))
    op.create_index("ix_runs_grant_id", "runs", ["grant_id"])
    op.add_column("devices", sa.Column("owner_key", sa.LargeBinary))
    op.add_column("devices", sa.Column("site", sa.String(255)))
    op.add_column("devices", sa.Column("list_counter", sa.BigInteger))
    op.add_column("devices", sa.Column("list_heard", moment))
    op.create_table(
        "grants",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("protocol", sa.String(32), nullable=False),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("owner_name", sa.String(255), nullable=False),
        sa.Column("holder", sa.LargeBinary, nullable=False),
        sa.Column("holder_name", sa.String(255), nullable=False),
        sa.Column("parent", sa.String(32)),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made", moment, nullable=False),
        sa.Column("revoked", moment),
        sa.Column("certificate", sa.String(64)),
        sa.Column("certificate_number", sa.String(40)),
    )
    op.create_index("ix_grants_holder", "grants", ["holder"])
    op.create_table(
        "admissions",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column(
            "grant_id",
            sa.String(32),
            sa.ForeignKey("grants.id", name="fk_admissions_grant_id"),
            nullable=False,
        ),
        sa.Column(
            "device_id",
            sa.String(64),
            sa.ForeignKey("devices.id", name="fk_admissions_device_id", ondelete="CASCADE"),
        ),
        sa.Column("added", moment, nullable=False),
        sa.Column("refused", sa.String(32)),
    )
    op.create_index("ix_admissions_grant_id", "admissions", ["grant_id"])
    op.create_index("ix_admissions_device_id", "admissions", ["device_id"])
