"""Alembic-omgeving voor alle onderdelen: `kern.migratie` geeft de verbinding en het onderdeel mee."""

from alembic import context

deel = context.config.attributes["deel"]
context.configure(
    connection=context.config.attributes["verbinding"],
    target_metadata=deel.tabellen,
    include_schemas=True,
    include_name=context.config.attributes["alleen"],
    version_table="alembic_versie",
    version_table_schema=deel.naam,
)
with context.begin_transaction():
    context.run_migrations()
