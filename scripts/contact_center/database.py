"""A foreign system's live PostgreSQL database, attached read-only for its adapter.

Its URL holds a password: it goes to dbt's process in the environment, and never into a variable,
a log or the warehouse.
"""

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

# The adapters that can read a database, and the schema of it that holds their tables.
ADAPTERS = {"chatwoot": "public"}
# Only what is a URL goes to the server's library: its words about anything else may repeat parts
# of a password.
URL = re.compile(
    r"postgres(ql)?://([^\s/?#@:]+(:(?P<password>[^\s/?#@:]*))?@)?[^\s/?#@]*(/[^\s/?#]*)?(\?\S*)?"
)


def is_database(place: str) -> bool:
    """True of a URL, also one of a server that no adapter can read."""
    return "://" in place


def check(url: str) -> None:
    """Raises a ValueError that doesn't repeat the URL where it is none."""
    if not URL.fullmatch(url):
        raise ValueError(
            "the database isn't given as postgresql://user:password@host:port/dbname. In user and "
            "password, characters such as / : @ # ? % and spaces are written %2F %3A %40 %23 %3F "
            "%25 %20"
        )


def environment_variable(adapter: str) -> str:
    return f"CONTACT_CENTER_{adapter.upper()}_DATABASE"


def given(adapter: str) -> str:
    """The URL that the environment holds, so that the command line needn't."""
    return os.environ.get(environment_variable(adapter), "") if adapter in ADAPTERS else ""


def hand_over(places: dict[str, str]) -> dict[str, str]:
    """Keeps the URLs among the adapters' places for dbt's process; gives the places, with the name
    in place of a URL under which its models find the database."""
    for adapter in ADAPTERS:
        os.environ.pop(environment_variable(adapter), None)
    found = {}
    for adapter, place in places.items():
        if is_database(place):
            os.environ[environment_variable(adapter)] = place
            place = f"database {adapter}_database"
        found[adapter] = place
    return found


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
        for adapter, schema in ADAPTERS.items():
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
