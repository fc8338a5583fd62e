"""dbt: every model and test of a build, in this process."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
from pathlib import Path

from dbt.cli.main import dbtRunner

from .. import ROOT, code, database, manifests, places, spark
from . import BuildError, ChangedSettings, FailedSteps, former, messages, variables
from .files import changed_files, files_of
from .progress import Progress


def run_dbt(options: argparse.Namespace, built: Path, warehouse: Path) -> None:
    """Raises where a model or a test fails."""
    os.environ["CONTACT_CENTER_WAREHOUSE"] = str(warehouse)
    os.environ["CONTACT_CENTER_CATALOG"] = str(built)
    os.environ["CONTACT_CENTER_ASIDE"] = "yes"
    os.environ["CONTACT_CENTER_DEFINITIONS"] = code.definitions()
    given = variables_of(options)
    before = files_of(options)
    # Where the build was begun paths may be given from, by a build that begins again too.
    with contextlib.chdir(ROOT), Progress() as progress, database.hidden_command_line():
        manifest = manifests.manifest(options.target, given, built.parent)
        look_for_garbage_less_often()
        dbt = dbtRunner(manifest=manifest, callbacks=[progress.on_event])
        outcome = dbt.invoke(command(options, built, given))
    print("\n".join(progress.messages))
    if outcome.success:
        return
    is_spark = options.target == "spark"
    message = messages.failure(outcome, built, spark.NOT_ATOMIC if is_spark else None)
    change = messages.changed_settings(message)
    if change is not None:
        raise ChangedSettings(change)
    changed = changed_files(before, options)
    if changed:
        message += (
            f"\n'{changed[0]}' was written to while it was read. Give files that are whole: write "
            "them under another name or elsewhere, and rename them when they are."
        )
    raise (BuildError if outcome.exception else FailedSteps)(message)


def look_for_garbage_less_often() -> None:
    """dbt makes so many small objects that looking for garbage takes a sixth of a small build."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def variables_of(options: argparse.Namespace) -> dict:
    chosen = {"rebuild_from_store": True} if options.rebuild_from_store else {}
    if options.adapters and former.has_erased(options):
        chosen["has_erased"] = True
    return {
        **options.given_variables,
        **chosen,
        "data_dir": variables.place(options.data) if not options.adapters else "",
        "adapters": places.hand_over(options.adapters),
    }


def command(options: argparse.Namespace, built: Path, given: dict) -> list[str]:
    words = [
        "build", "--log-level", "none", "--profiles-dir", "profiles", "--target", options.target,
        "--target-path", str(built.parent / "target"), "--log-path", str(built.parent / "logs"),
        "--vars", variables.for_dbt(given), "--no-write-json",
    ]
    if not options.unit_tests:
        words += ["--exclude-resource-type", "unit_test", "--exclude", "path:tests/demo"]
    if options.target == "spark":
        # Invariants over columns that are named by a pattern (docs/scaling.md).
        words += ["--exclude", "tag:duckdb_sql"]
    if options.full_refresh:
        words.append("--full-refresh")
    if options.only_rows and not options.unit_tests:
        words += ["--selector", "rows"]
    return words + options.dbt_arguments
