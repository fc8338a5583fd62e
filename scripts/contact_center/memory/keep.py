"""What a warehouse keeps when it is built from nothing: its memory, and whom it has forgotten."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from .. import lake
from ..building import BuildError, messages
from ..extensions import literal
from ..persons import ERASED
from .record import LOG

KEPT = (*LOG, ERASED)
# What the log says of agents by their plain ids, where they become pseudonyms now.
OF_AGENTS = """ where not (contains(key, '"agent_id"') and not exists (
    select 1 from published.staging.builds
    where contains(coalesce(build_settings->>'pseudonymise', ''), 'agent')
))"""


def carry_over(published: Path, built: Path, pseudonymise: Collection[str]) -> None:
    """Copies what is kept from the published file into a new one, before dbt builds in it. Raises a
    BuildError where it can't be read: without the list of them, erased customers would come back
    from the files unasked. `pseudonymise`: the variable."""
    # DuckDB takes an empty file for a new one.
    if not published.exists() or not published.stat().st_size:
        return
    with duckdb.connect() as connection:
        try:
            lake.attach_warehouse(connection, "published", published)
        except lake.NoWarehouse as error:
            said = messages.concise(str(error))
            raise BuildError(f"{said}\n{messages.UNREADABLE_WAREHOUSE}") from None
        rows = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'published'"
        ).fetchall()
        present = {f"{schema}.{name}" for schema, name in rows}
        kept = [name for name in KEPT if name in present]
        if kept:
            connection.execute(f"attach {literal(built)} as built")
        for name in kept:
            connection.execute(f"create schema if not exists built.{name.split('.')[0]}")
            condition = ""
            if name == "marts.replaced_figures" and "agent" in pseudonymise:
                condition = OF_AGENTS
            connection.execute(
                f"create table built.{name} as select * from published.{name}{condition}"
            )
