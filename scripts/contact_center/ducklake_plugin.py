"""dbt's hook for the target ducklake, before the lake is attached: its extensions and its folder.

A lake remembers where its data are, for readers in any folder: their path has to be absolute.
"""

import os

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from . import extensions
from .lake import EXTENSIONS


class Plugin(BasePlugin):
    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        extensions.load(conn, *EXTENSIONS)
        [lake] = self.creds.attach
        lake.options["data_path"] = os.path.abspath(lake.options["data_path"])
        os.makedirs(os.path.dirname(lake.options["data_path"]), exist_ok=True)
