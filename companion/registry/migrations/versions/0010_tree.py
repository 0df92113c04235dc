"""The log's tree beside its leaves, and the certificates that were issued.

Roots and proofs read some forty rows of the tree, however long the log is.
"""

import sqlalchemy as sa
from alembic import op

from companion.registry.transparency.nodes import grow

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add both; the tree is built from the entries that are there."""
    op.add_column("issued", sa.Column("chain", sa.LargeBinary()))
    op.create_table(
        "log_nodes",
        sa.Column("level", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name="pk_log_nodes"),
        sqlite_with_rowid=False,
    )
    if not op.get_context().as_sql:
        grow(op.get_bind())
