"""Veel rijen rechtstreeks in de tabellen van een schema."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text


@contextmanager
def grote_lading(verbinding: Connection, schema: str) -> Iterator[None]:
    """Zonder toets van verwijssleutels (de rijen kloppen met elkaar) en zonder triggers, met de gewone indexen pas na afloop.

    Een index in één keer bouwen is veel sneller dan haar een miljoen keer bijwerken.
    """
    verbinding.execute(text("SET LOCAL session_replication_role = replica"))
    vraag = """
        SELECT format('%I.%I', schemaname, indexname), indexdef FROM pg_indexes
        WHERE schemaname = :schema AND indexname NOT IN (SELECT conname FROM pg_constraint)
    """
    indexen = verbinding.execute(text(vraag), {"schema": schema}).all()
    for naam, _ in indexen:
        verbinding.exec_driver_sql(f"DROP INDEX {naam}")
    yield
    for _, maak in indexen:
        verbinding.exec_driver_sql(maak)
