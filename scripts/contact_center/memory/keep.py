"""What a warehouse keeps when it is built from nothing: its memory, and whom it has forgotten."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from ..extensions import literal
from ..persons import ERASED
from .record import LOG, attached

KEPT = (*LOG, ERASED)
# What the log says of agents by their plain ids, where they become pseudonyms now.
OF_AGENTS = """ where not (contains(key, '"agent_id"') and not exists (
    select 1 from published.staging.builds
    where contains(coalesce(build_settings->>'pseudonymise', ''), 'agent')
))"""


def carry_over(published: Path, built: Path, pseudonymise: Collection[str]) -> None:
    """Copies what is kept from the published file into a new one, before dbt builds in it. Of a
    file that can't be read any more nothing is left to keep. `pseudonymise`: the variable."""
    with duckdb.connect() as connection:
        if not attached(connection, published):
            return
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
