"""Alembic's entry: the connection is handed in by `villagebooks.db.books`, never read from a file."""

from alembic import context

from villagebooks.db.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
