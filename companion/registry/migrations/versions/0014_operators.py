"""Who did what: operators of runs, edits, answers and grants; how often a device was edited; who is there."""

import sqlalchemy as sa
from alembic import op

from companion.registry.database.base import UtcDateTime

revision = "0014"
down_revision = "0013"

NAME = 80


def upgrade() -> None:
    """Records of before name nobody."""
    for table, names in (
        ("runs", ("operator",)),
        ("devices", ("editor",)),
        ("alerts", ("answerer",)),
        ("grants", ("operator", "revoker")),
    ):
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(NAME), nullable=False, server_default=""))
    op.add_column("devices", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.add_column("devices", sa.Column("edited", UtcDateTime))
    op.create_table(
        "presences",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("operator", sa.String(NAME), nullable=False),
        sa.Column("seen", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_presences"),
    )
