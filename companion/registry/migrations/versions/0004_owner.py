"""Every certificate that the CA made, and the transfer tokens that are out. Before, nobody kept them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Build both tables, empty: what older versions issued is found by the devices' credentials."""
    op.create_table(
        "issued",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("serial_number", sa.String(40), nullable=False),
        sa.Column("identity_key", sa.LargeBinary(), nullable=False),
        sa.Column("not_after", MOMENT, nullable=False),
        sa.Column("run_id", sa.String(32), _run("issued"), nullable=False),
        sa.Column("issued", MOMENT, nullable=False),
    )
    op.create_index("ix_issued_identity_key", "issued", ["identity_key"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("device_id", sa.String(64), _device(), nullable=False),
        sa.Column("run_id", sa.String(32), _run("tokens"), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("bearer", sa.Boolean(), nullable=False),
        sa.Column("wipe", sa.Boolean(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("cancelled", MOMENT),
        sa.Column("ended", MOMENT),
        sa.Column("end", sa.String(16)),
    )
    op.create_index("ix_tokens_device_id", "tokens", ["device_id"])


def _run(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("runs.id", name=f"fk_{table}_run_id")


def _device() -> sa.ForeignKey:
    return sa.ForeignKey("devices.id", name="fk_tokens_device_id", ondelete="CASCADE")
