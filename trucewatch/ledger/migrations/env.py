"""Alembic's entry: migrates over the connection that the ledger has opened, inside its transaction."""

from alembic import context

from trucewatch.ledger.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
