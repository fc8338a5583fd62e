"""A DuckDB file: built on a copy, which replaces it when every test passed."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..building.folder import clear, emptied_unless_looked_at
from ..building.publishing import copy, new_file, publish
from ..building.running import run_dbt
from ..memory import keep
from ..memory.record import record_file


def build(options: argparse.Namespace, folder: Path, loaded: list[str]) -> None:
    # The name is the database's, which a kept manifest has too.
    built = folder / "contact_center.duckdb"
    clear(built)
    with emptied_unless_looked_at(folder):
        if loaded or options.rebuild_from_store:
            copy(options.warehouse, built)
        else:
            new_file(built)
            kinds = options.given_variables.get("pseudonymise") or ()
            keep.carry_over(options.warehouse, built, kinds)
        run_dbt(options, built, warehouse=built)
        record_file(built, options.warehouse)
        publish(built, options.warehouse)
