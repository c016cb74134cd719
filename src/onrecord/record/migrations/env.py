"""How alembic reaches the ledger: by the connection it is given, in the transaction that is already open."""

from __future__ import annotations

from alembic import context

from onrecord.record.tables import metadata, versions

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=versions.name,
    transactional_ddl=True,
)
context.run_migrations()
