"""A Spark cluster, whose tables are replaced one by one (docs/scaling.md)."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import spark, spark_input
from ..building import variables
from ..building.running import run_dbt
from ..intake import Places
from ..intake import spark as intake_on_spark


def build(options: argparse.Namespace, folder: Path, loaded: list[str]) -> None:
    spark.choose_server(options.warehouse)
    spark.forgive_failed_closing()
    is_demo = not options.data
    encoding = variables.text_encoding(options.given_variables)
    options.data = spark_input.as_parquet(options.data, folder / "input", encoding)
    if is_demo and not options.full_refresh:
        spark.check_demo(options.data)
    with spark.open_server() as cursor:
        places = Places(str(options.data.resolve()))
        intake_on_spark.read(cursor, places, options.full_refresh)
    run_dbt(options, folder / "spark", warehouse=options.warehouse)
