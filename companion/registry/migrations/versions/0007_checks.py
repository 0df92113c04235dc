"""What was examined about who vouches for a device stays with its record."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("devices", sa.Column("checks", sa.JSON(none_as_null=True)))
