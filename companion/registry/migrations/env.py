"""Alembic's entry: migrate on the connection that `companion.registry.database.connection` hands over."""

from alembic import context

from companion.registry.database.tables import Base

connection = context.config.attributes["connection"]
# SQLite changes a table by copying it ("batch"); the caller owns the transaction around everything.
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
