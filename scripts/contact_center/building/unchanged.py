"""Tells, before dbt is there, that a build would come to what is published already."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

from .. import code, lake
from ..intake.loads import nothing_new
from ..places import is_database
from . import variables
from .files import files_of, state

# Written when a warehouse is published. Without it, every build is a whole one.
LAST = "published.json"
# Rows that a later clock may judge otherwise (macro is_in_future): those that landed in the future
# of the build that judged them, whose clock may have been behind, or don't say when they landed.
JUDGED_ANEW = """
    select 1 from marts.quarantined_rows
    where reason = 'future_timestamp' and coalesce(
        ingested_at > (
            select started_at from staging.builds order by build_number desc limit 1
        ),
        true
    )
    limit 1
"""


def fingerprint(options: argparse.Namespace) -> dict[str, Any] | None:
    """What the outcome depends on; None where that can't be told without reading the data."""
    if any(is_database(place) for place in options.adapters.values()):
        return None
    # Which of a folder's files were loaded, the warehouse knows.
    files = {} if reads_contract(options) else files_of(options)
    listed = json.dumps({str(path): was for path, was in sorted(files.items())})
    return {
        "code": code.everything(),
        "variables": variables.for_dbt(options.given_variables),
        "data": variables.place(options.data),
        "adapters": options.adapters,
        "files": hashlib.sha256(listed.encode()).hexdigest(),
    }


def is_unchanged(options: argparse.Namespace, folder: Path, now: dict[str, Any] | None) -> bool:
    """`folder`: the work folder, in which the last build left its fingerprint."""
    is_plain = not (
        options.full_refresh or options.rebuild_from_store or options.unit_tests
        or options.dbt_arguments or options.target == "spark"
    )
    if not is_plain or now is None or changes(options, folder, now) != set():
        return False
    if reads_contract(options) and not nothing_new(options.warehouse, str(options.data.resolve())):
        return False
    with lake.open_warehouse(options.warehouse) as connection:
        return connection.execute(JUDGED_ANEW).fetchone() is None


def only_rows_are_new(
    options: argparse.Namespace, folder: Path, now: dict[str, Any] | None
) -> bool:
    """Whether what holds no rows of the data is as the last build left it."""
    changed = changes(options, folder, now or {})
    return changed is not None and not changed & {"code", "variables", "adapters", "warehouse"}


def changes(options: argparse.Namespace, folder: Path, now: dict[str, Any]) -> set[str] | None:
    """What of the fingerprint is other than when the warehouse was published; None where that can't
    be told."""
    try:
        then = json.loads((folder / LAST).read_text())
        now = {**now, "warehouse": warehouse_state(options.warehouse)}
    except (OSError, ValueError):
        return None
    return {name for name in then | now if then.get(name) != now.get(name)}


def reads_contract(options: argparse.Namespace) -> bool:
    return bool(options.data) and not options.adapters


def remember(options: argparse.Namespace, folder: Path, built_of: dict[str, Any] | None) -> None:
    """`built_of`: the fingerprint as it was before the build began. The warehouse is published:
    where this can't be written, as on a full disk, the next build is a whole one, nothing worse."""
    with contextlib.suppress(OSError):
        (folder / LAST).unlink(missing_ok=True)
        if built_of is not None and options.target != "spark":
            last = {**built_of, "warehouse": warehouse_state(options.warehouse)}
            (folder / LAST).write_text(json.dumps(last))


def warehouse_state(warehouse: Path) -> list[int]:
    """So that a file that somebody else put there, or wrote, is noticed."""
    file = warehouse / lake.CATALOGUE if warehouse.is_dir() else warehouse
    return [*state(file), file.stat().st_ino]
