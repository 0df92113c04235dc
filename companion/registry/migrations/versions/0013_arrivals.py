"""How a delegate's reports came home: in order, late, or with nothing that says so."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Of earlier reports nobody knows."""
    op.add_column("onboardings", sa.Column("arrival", sa.String(16)))
