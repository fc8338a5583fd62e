"""What holds for a whole database is told once, and holds for connections that are opened later."""

from types import SimpleNamespace

import duckdb

from contact_center.settings_plugin import Plugin

SHOWN = "select current_setting('TimeZone'), current_setting('preserve_insertion_order')"


def told(given: dict, of_each_connection: dict | None) -> tuple:
    with duckdb.connect() as connection:
        connection.execute("set global TimeZone = 'Asia/Tokyo'")
        credentials = SimpleNamespace(settings=of_each_connection)
        plugin = Plugin("settings", {**(of_each_connection or {}), **given}, credentials)
        plugin.configure_connection(connection)
        return connection.cursor().execute(SHOWN).fetchone()


def test_later_connections_have_the_settings() -> None:
    assert told({"TimeZone": "UTC", "preserve_insertion_order": False}, None) == ("UTC", False)


def test_what_each_connection_is_told_is_left_alone() -> None:
    """Such as the schema, which no database can be told."""
    settings = {"schema": "main", "TimeZone": "UTC"}
    assert told({"preserve_insertion_order": False}, settings) == ("Asia/Tokyo", False)
