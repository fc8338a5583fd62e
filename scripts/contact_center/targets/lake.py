"""A DuckLake: built on a copy of its catalogue (../lake.py)."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import lake
from ..building import BuildError
from ..building.running import run_dbt
from ..memory.record import record_lake

# The kinds of persons who are pseudonyms, of each build of the newest state.
KINDS = "select coalesce(build_settings->>'pseudonymise', '') from staging.builds"


def build(options: argparse.Namespace, folder: Path, loaded: list[str]) -> None:
    check_earlier_states(options)
    built = lake.start(options.warehouse, folder)
    run_dbt(options, built, warehouse=options.warehouse)
    with lake.writing(built, options.warehouse) as connection:
        record_lake(connection, options.warehouse)
    lake.publish(built, options.warehouse)


def check_earlier_states(options: argparse.Namespace) -> None:
    """Raises a BuildError where persons become pseudonyms now whom an earlier build stored by their
    plain ids: readers can go back to its state."""
    kinds = options.given_variables.get("pseudonymise") or ()
    if not kinds or not lake.is_published(options.warehouse):
        return
    with lake.open_warehouse(options.warehouse) as connection:
        builds = [made_by for (made_by,) in connection.execute(KINDS).fetchall()]
    if not all(kind in made_by for kind in kinds for made_by in builds):
        raise BuildError(
            f"'{options.warehouse}' has earlier states with plain ids, which readers can ask for. "
            "Give another --warehouse, and delete this one. Nothing was published."
        )
