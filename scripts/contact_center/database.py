"""A foreign system's live PostgreSQL database, attached read-only for its adapter. Its URL comes in
the environment (places.py)."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from . import extensions
from .extensions import literal
from .places import DATABASES, URL, check, environment_variable


@contextmanager
def hidden_command_line() -> Iterator[None]:
    """dbt writes the command that began it into its artifacts; ours may name a URL."""
    command_line, sys.argv = sys.argv, sys.argv[:1]
    try:
        yield
    finally:
        sys.argv = command_line


class Plugin(BasePlugin):
    """dbt's hook: attaches each database that was handed over."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        for adapter, schema in DATABASES.items():
            url = os.environ.get(environment_variable(adapter))
            if url:
                attach(conn, adapter, schema, url)


def attach(conn: DuckDBPyConnection, adapter: str, schema: str, url: str) -> None:
    failed = f"The database of the adapter {adapter} can't be read: "
    try:
        check(url)
    except ValueError as error:
        raise DbtRuntimeError(f"{failed}{error}") from None
    extensions.load(conn, "postgres_scanner")
    # Of a table that PostgreSQL has analysed the extension asks for row numbers, which a user of
    # some columns may not read. Global: dbt's own cursors must know it too.
    conn.execute("set global pg_use_ctid_scan = false")
    try:
        conn.execute(
            f"attach {literal(url)} as {adapter}_database"
            f" (type postgres, read_only, schema {literal(schema)})"
        )
    except duckdb.Error as error:
        raise DbtRuntimeError(failed + without_secrets(str(error), url)) from None


def without_secrets(message: str, url: str) -> str:
    """The server's words, without the URL that DuckDB puts before them."""
    message = re.sub(r"^.*?Unable to connect to Postgres at ", "", message, flags=re.DOTALL)
    password = URL.fullmatch(url)["password"] or ""
    for secret in (f'"{url}": ', url, password, unquote(password)):
        if secret:
            message = message.replace(secret, "" if secret.startswith('"') else "...")
    return message.strip()
