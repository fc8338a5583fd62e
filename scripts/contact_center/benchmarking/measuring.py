"""Of the parts: full builds, one more day on histories of several lengths, a dashboard."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from tqdm import tqdm

from .. import ROOT
from ..building.folder import place_of
from ..building.publishing import copy
from ..building.unchanged import LAST
from . import BenchmarkError, data
from .dashboard import time_dashboard
from .processes import Measurement, apart, measured
from .reference import Reference, run_reference

BAR_FORMAT = "{n_fmt}/{total_fmt} |{bar:30}| {elapsed} {desc}"


@dataclass(frozen=True)
class Pair:
    """A build, and the reference that ran just before it on the same files."""

    reference: Reference
    build: Measurement

    @property
    def ratio(self) -> float:
        return self.build.seconds / self.reference.measurement.seconds


@dataclass
class FullBuilds:
    """Builds of the whole data into files that weren't there."""

    data_bytes: int
    models: list[Pair] = field(default_factory=list)
    models_and_tests: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class Rewritten:
    """How many rows a build wrote anew, of how many."""

    row_count: int
    total_row_count: int


@dataclass
class OneMoreDay:
    """Builds of one day's files onto a history."""

    history_days: int
    history_session_count: int
    day_session_count: int
    pairs: list[Pair] = field(default_factory=list)
    copy_seconds: list[float] = field(default_factory=list)
    rewritten: Rewritten | None = None


@dataclass(frozen=True)
class Batch:
    """One build of a part of a day's sessions onto a history."""

    history_days: int
    session_count: int
    rewritten: Rewritten


@dataclass(frozen=True)
class Dashboard:
    """Seconds of each query in each round, and the reference on the files behind the marts."""

    seconds: dict[str, list[float]]
    references: list[Reference]


def measure_full_builds(folder: Path, sessions: int, days: int, runs: int) -> FullBuilds:
    """Leaves the data and the last warehouse in the folder, for the dashboard."""
    source = generated(folder, sessions, days)
    results = FullBuilds(data.size_of(source))
    for number in progress("Full build", range(2 * runs)):
        reference = referenced(source, folder)
        if number % 2 == 0:
            results.models.append(Pair(reference, build_models(source, folder)))
        else:
            remove_warehouse(folder)
            results.models_and_tests.append(Pair(reference, build(source, folder)))
    return results


def measure_dashboard(folder: Path, sessions: int, days: int, full: FullBuilds | None) -> Dashboard:
    """Asks the warehouse of the full builds, or where there were none, one built for it."""
    print("Dashboard queries", file=sys.stderr)
    if full:
        pairs = full.models + full.models_and_tests
        return Dashboard(apart(time_dashboard, warehouse_in(folder)), [p.reference for p in pairs])
    source = generated(folder, sessions, days)
    reference = referenced(source, folder)
    build(source, folder)
    return Dashboard(apart(time_dashboard, warehouse_in(folder)), [reference])


def measure_one_more_day(
    folder: Path, histories: list[int], sessions_per_day: int, runs: int
) -> tuple[list[OneMoreDay], list[Batch]]:
    """Every round adds the same day to each history, so that what slows the machine slows all."""
    results = [prepare_history(folder / str(days), days, sessions_per_day) for days in histories]
    for number in progress("One more day", range(runs * len(results))):
        result = results[number % len(results)]
        place = folder / str(result.history_days)
        pair, result.rewritten = add_batch(place, place / "day")
        result.pairs.append(pair)
        result.copy_seconds.append(seconds_of_copy(place))
    return results, measure_batches(folder, results)


def measure_batches(folder: Path, results: list[OneMoreDay]) -> list[Batch]:
    """Rows rewritten by a hundredth, a tenth and all of a day's sessions, on one history.

    The batches hold what names a session, so that only the number of sessions tells them apart.
    Nothing where the warehouse doesn't count what a build rewrote.
    """
    middle = results[len(results) // 2]
    if middle.rewritten is None:
        return []
    place = folder / str(middle.history_days)
    counts = sorted({max(1, middle.day_session_count // part) for part in (100, 10, 1)})
    batches = []
    for count in progress("Batches of sessions", counts):
        batch = place / f"batch-{count}"
        data.cut_batch(place / "day", batch, count)
        _, rewritten = add_batch(place, batch)
        batches.append(Batch(middle.history_days, count, rewritten))
    return batches


def prepare_history(folder: Path, days: int, sessions_per_day: int) -> OneMoreDay:
    """Makes the folder's `data` (the history), `day` and `history.duckdb` (the history, built)."""
    print(f"History of {days:,} days", file=sys.stderr)
    source, history, day = folder / "generated", folder / "data", folder / "day"
    apart(data.make_data, source, sessions_per_day * (days + 1), days + 1)
    apart(data.cut_last_day, source, history, day)
    day_session_count = apart(data.count_sessions, day)
    if day_session_count == 0:
        raise BenchmarkError("no session falls on the day to add; give more --sessions-per-day")
    build(history, folder)
    keep_history(folder)
    return OneMoreDay(days, apart(data.count_sessions, history), day_session_count)


def add_batch(folder: Path, batch: Path) -> tuple[Pair, Rewritten | None]:
    """Adds the files of a batch to the history, builds, and makes all as it was."""
    restore_history(folder)
    added = data.add_files(batch, folder / "data")
    try:
        pair = Pair(referenced(folder / "data", folder), build(folder / "data", folder))
    finally:
        data.take_files(added, folder / "data", batch)
    return pair, rewritten_rows(warehouse_in(folder))


def keep_history(folder: Path) -> None:
    """The same file by another name, as no build writes to the file that it builds upon; and what
    the build left to tell the next one what is new."""
    (folder / "history.duckdb").unlink(missing_ok=True)
    os.link(warehouse_in(folder), folder / "history.duckdb")
    shutil.copyfile(work_folder(folder) / LAST, folder / LAST)


def restore_history(folder: Path) -> None:
    warehouse_in(folder).unlink()
    os.link(folder / "history.duckdb", warehouse_in(folder))
    shutil.copyfile(folder / LAST, work_folder(folder) / LAST)


def seconds_of_copy(folder: Path) -> float:
    """Of the published file, as a build begins."""
    history, copied = folder / "history.duckdb", folder / "copied.duckdb"
    began = time.perf_counter()
    copy(history, copied)
    seconds = time.perf_counter() - began
    copied.unlink()
    return seconds


def rewritten_rows(warehouse: Path) -> Rewritten | None:
    """What the last build of a warehouse wrote anew, where the warehouse counts it."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        try:
            counts = connection.execute("""
                select sum(row_count)::bigint,
                    (
                        select sum(estimated_size)::bigint from duckdb_tables()
                        where table_name in (select relation from staging.rebuilt_rows)
                    )
                from staging.rebuilt_rows
                where build_number = (select max(build_number) from staging.builds)
            """).fetchone()
        except duckdb.CatalogException:
            return None
    return None if None in counts else Rewritten(*counts)


def generated(folder: Path, sessions: int, days: int) -> Path:
    source = folder / "data"
    print(f"Data of {sessions:,} sessions", file=sys.stderr)
    apart(data.make_data, source, sessions, days)
    return source


def referenced(source: Path, folder: Path) -> Reference:
    database = folder / "reference.duckdb"
    reference = apart(run_reference, source, database)
    database.unlink()
    return reference


def build(source: Path, folder: Path) -> Measurement:
    """./scripts/build: models and tests."""
    command = [
        sys.executable, "-m", "contact_center.build", "--no-report",
        "--data", source, "--warehouse", warehouse_in(folder),
    ]
    return measured(command, folder / "build.log", PYTHONPATH=str(ROOT / "scripts"))


def build_models(source: Path, folder: Path) -> Measurement:
    """The models alone, by dbt, into a new file that is thrown away."""
    place = folder / "models"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    command = [
        Path(sys.executable).with_name("dbt"), "--no-use-colors", "run",
        "--profiles-dir", "profiles", "--target-path", place / "target",
        "--log-path", place / "logs",
        "--vars", json.dumps({"data_dir": str(source)}),
    ]
    measurement = measured(
        command, folder / "models.log", CONTACT_CENTER_WAREHOUSE=str(place / "models.duckdb")
    )
    shutil.rmtree(place)
    return measurement


def warehouse_in(folder: Path) -> Path:
    return folder / "warehouse.duckdb"


def work_folder(folder: Path) -> Path:
    return place_of(warehouse_in(folder))


def remove_warehouse(folder: Path) -> None:
    """The published file and what builds left beside it: the next build starts from nothing."""
    warehouse_in(folder).unlink(missing_ok=True)
    shutil.rmtree(work_folder(folder), ignore_errors=True)


def progress(name: str, steps) -> tqdm:
    return tqdm(steps, desc=name, bar_format=BAR_FORMAT, file=sys.stderr)
