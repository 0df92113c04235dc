"""The words of devices by every three letters in a row: a search no longer reads the whole list."""

from alembic import op

from companion.registry.database.word_index import POSTGRESQL, make_word_index

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Of all devices that are there."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
    else:
        make_word_index(op.get_bind())
