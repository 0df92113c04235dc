"""Certificates that must not be believed any more. Before this version nobody kept them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Build the table, empty."""
    op.create_table(
        "revocations",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("serial_number", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column(
            "run_id", sa.String(32), sa.ForeignKey("runs.id", name="fk_revocations_run_id"), nullable=False
        ),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=False),
    )
