"""The transparency log, begun with the receipts that are already there, in the order they came."""

import sqlalchemy as sa
from alembic import op

from companion.trust.transparency.entries import receipt_entry

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Build the table and enter every acknowledged receipt."""
    log = op.create_table(
        "log",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.String(32)),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.UniqueConstraint("run_id", name="uq_log_run_id"),
    )
    if op.get_context().as_sql:
        return
    receipts = sa.table(
        "receipts",
        sa.column("run_id", sa.String()),
        sa.column("signed", sa.LargeBinary()),
        sa.column("final", sa.LargeBinary()),
        sa.column("received", MOMENT),
    )
    acknowledged = sa.select(receipts).where(receipts.c.final.is_not(None))
    rows = op.get_bind().execute(acknowledged.order_by(receipts.c.received, receipts.c.run_id)).all()
    for number, row in enumerate(rows):
        entry = receipt_entry(row.signed, row.final)
        values = {"number": number, "run_id": row.run_id, "entry": entry, "added": row.received}
        op.get_bind().execute(sa.insert(log).values(values))
