"""Reads a folder for a build with plain dbt on Spark, where no plugin can: docs/scaling.md.

    python -m contact_center.intake --vars '{data_dir: /data/contact_center}'
    dbt build --profiles-dir profiles --target spark --vars '{data_dir: /data/contact_center}'
"""

from __future__ import annotations

import argparse
import os
import sys

import yaml

from .. import default_warehouse
from .. import spark as cluster
from . import Places, spark


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 the cluster can't be reached, 2 the command was not understood."""
    parser = argparse.ArgumentParser(
        prog="python -m contact_center.intake",
        description="Makes the views on a Spark cluster of which dbt builds: run it before dbt, "
        "with the same variables. On DuckDB dbt does this by itself.",
    )
    parser.add_argument("--vars", default="{}", help="dbt's variables; data_dir is needed")
    parser.add_argument("--full-refresh", action="store_true", help="as dbt is to be called")
    options = parser.parse_args(arguments)
    try:
        variables = yaml.safe_load(options.vars)
    except yaml.YAMLError:
        variables = None
    if not isinstance(variables, dict) or not variables.get("data_dir"):
        parser.error("--vars needs data_dir, the folder: --vars '{data_dir: /data/contact_center}'")
    try:
        if not os.environ.get(cluster.HOST):
            cluster.choose_server(default_warehouse("spark"))
        with cluster.open_server() as cursor:
            spark.read(cursor, Places(str(variables["data_dir"])), options.full_refresh)
    except (cluster.SparkError, OSError) as error:
        print(f"intake: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
