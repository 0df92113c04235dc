"""The database: schema, migrations, connection."""
