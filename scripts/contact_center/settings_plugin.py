"""dbt's hook: settings of the whole database, told once. A profile's `settings` are told to each
connection, of which dbt opens thousands; its `config_options` have to be those of every connection
to the file, and a build opens others."""

from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection


class Plugin(BasePlugin):
    def initialize(self, plugin_config: dict[str, Any]) -> None:
        self.given = plugin_config

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        # dbt-duckdb gives each hook the profile's `settings`, too.
        for name in self.given.keys() - (self.creds.settings or {}).keys():
            conn.execute(f"set global {name} = '{self.given[name]}'")
