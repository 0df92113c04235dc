"""One leaf for each receipt: a run that was taken up again after a kill brings the same receipt once more."""

import sqlalchemy as sa
from alembic import op

from companion.trust.transparency import merkle

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Name the leaves that are there. One that is there twice stays so, since signed heads count it; the
    later one gets no name."""
    op.add_column("runs", sa.Column("receipt_run", sa.String(32)))
    op.add_column("log", sa.Column("leaf", sa.LargeBinary()))
    if not op.get_context().as_sql:
        _name_leaves(op.get_bind())
    op.create_index("ix_log_leaf", "log", ["leaf"], unique=True)


def _name_leaves(connection: sa.Connection) -> None:
    log = sa.table(
        "log",
        sa.column("number", sa.Integer()),
        sa.column("entry", sa.LargeBinary()),
        sa.column("leaf", sa.LargeBinary()),
    )
    named: set[bytes] = set()
    for row in connection.execute(sa.select(log.c.number, log.c.entry).order_by(log.c.number)).all():
        leaf = merkle.leaf_hash(row.entry)
        if leaf not in named:
            named.add(leaf)
            connection.execute(sa.update(log).where(log.c.number == row.number).values(leaf=leaf))
