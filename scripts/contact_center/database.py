"""A foreign system's live PostgreSQL database, attached read-only for its adapter.

Its URL holds a password: it goes to dbt's process in the environment, and never into a variable,
a log or the warehouse.
"""

from __future__ import annotations

import os

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from . import extensions
from .extensions import literal

# The adapters that can read a database, and the schema of it that holds their tables.
ADAPTERS = {"chatwoot": "public"}
SCHEMES = ("postgresql://", "postgres://")


def is_database(place: str) -> bool:
    return place.startswith(SCHEMES)


def environment_variable(adapter: str) -> str:
    return f"CONTACT_CENTER_{adapter.upper()}_DATABASE"


def hand_over(adapter: str, url: str) -> str:
    """Keeps the URL for dbt's process, and gives the name under which its models find it."""
    os.environ[environment_variable(adapter)] = url
    return f"database {adapter}_database"


class Plugin(BasePlugin):
    """dbt's hook: attaches each database that was handed over."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        for adapter, schema in ADAPTERS.items():
            url = os.environ.get(environment_variable(adapter))
            if url:
                attach(conn, adapter, schema, url)


def attach(conn: DuckDBPyConnection, adapter: str, schema: str, url: str) -> None:
    extensions.load(conn, "postgres_scanner")
    try:
        conn.execute(
            f"attach {literal(url)} as {adapter}_database"
            f" (type postgres, read_only, schema {literal(schema)})"
        )
    except duckdb.Error as error:
        # The server's words, without the URL that DuckDB repeats.
        reason = str(error).replace(url, "the URL").strip()
        raise DbtRuntimeError(
            f"The database of the adapter {adapter} can't be read: {reason}"
        ) from None
