"""A DuckLake: built on a copy of its catalogue (../lake.py)."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import lake
from ..building.running import run_dbt
from ..memory.record import record_lake


def build(options: argparse.Namespace, folder: Path, loaded: list[str]) -> None:
    built = lake.start(options.warehouse, folder)
    run_dbt(options, built, warehouse=options.warehouse)
    with lake.writing(built, options.warehouse) as connection:
        record_lake(connection, options.warehouse)
    lake.publish(built, options.warehouse)
