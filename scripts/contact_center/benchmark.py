"""Measures the warehouse on data of a chosen size, against DuckDB alone on the same files.

    ./scripts/benchmark --sessions 20000 --history 5 20 --sessions-per-day 100 --output /tmp/page.md

Four parts: the demo, and nothing new; full builds; one more day on histories of several lengths;
the queries of a dashboard. What is measured runs in processes of its own, and before every build of
generated data the reference runs on the same Parquet files (benchmarking/reference.py). The results
are printed and written as a page.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import duckdb

from .benchmarking import BenchmarkError
from .benchmarking.arguments import parse
from .benchmarking.daily import measure_daily
from .benchmarking.machine import describe_machine
from .benchmarking.measuring import measure_dashboard, measure_full_builds, measure_one_more_day
from .benchmarking.page import page
from .benchmarking.tables import Results, tables

# What a session takes on the disk at most: Parquet twice, the warehouse three times (published,
# being built, of the history) and the reference's file; and what a build takes without any.
BYTES_PER_SESSION = 15_000
BYTES_PER_FOLDER = 200_000_000


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 measured, 1 not, 2 the command was not understood."""
    options = parse(arguments)
    try:
        check_space(options)
        with work_folder(options.work) as folder:
            results = measure(options, folder)
        found = tables(results)
        text = page(found, describe_machine(), command_line(options))
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text, encoding="utf-8")
    except (BenchmarkError, OSError, duckdb.Error) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    for table in found:
        print(f"\n{table.title}\n\n{table.text}\n\n{table.grid()}")
    print(f"\nPage: {options.output}")
    return 0


def measure(options: argparse.Namespace, folder: Path) -> Results:
    daily, full, dashboard, days, batches = None, None, None, [], []
    if wants(options, "daily"):
        daily = measure_daily(folder / "daily", options.runs)
    if wants(options, "full"):
        full = measure_full_builds(folder / "full", options.sessions, options.days, options.runs)
    if wants(options, "queries"):
        dashboard = measure_dashboard(folder / "full", options.sessions, options.days, full)
    if not options.work:
        shutil.rmtree(folder / "full", ignore_errors=True)
    if wants(options, "day"):
        days, batches = measure_one_more_day(
            folder / "history", options.history, options.sessions_per_day, options.runs
        )
    return Results(options.sessions, full, tuple(days), tuple(batches), dashboard, daily)


def wants(options: argparse.Namespace, part: str) -> bool:
    return options.only in (None, part)


def check_space(options: argparse.Namespace) -> None:
    """Says before the first minute, not after the second hour, that the disk is too small."""
    full = needed_bytes([options.sessions])
    days = needed_bytes([options.sessions_per_day * (days + 1) for days in options.history])
    if options.only == "daily":
        needed = needed_bytes([0])
    elif options.only:
        needed = days if options.only == "day" else full
    else:
        # A temporary folder of full builds is deleted before the histories are made.
        needed = full + days if options.work else max(full, days)
    place = (options.work or Path(gettempdir())).absolute()
    place = next(path for path in (place, *place.parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < needed:
        raise BenchmarkError(
            f"about {needed / 2**30:.0f} GiB are needed and '{place}' has {free / 2**30:.0f} GiB; "
            "name a folder on another disk with --work, or take fewer sessions or days"
        )


def needed_bytes(session_counts: list[int]) -> int:
    return sum(BYTES_PER_FOLDER + BYTES_PER_SESSION * count for count in session_counts)


@contextmanager
def work_folder(named: Path | None) -> Iterator[Path]:
    if named:
        named.mkdir(parents=True, exist_ok=True)
        yield named.resolve()
        return
    with TemporaryDirectory(prefix="contact-center-benchmark-") as folder:
        yield Path(folder).resolve()


def command_line(options: argparse.Namespace) -> str:
    """What gives this page again: all that moves a figure, and no folder of this machine."""
    words = ["./scripts/benchmark"]
    if options.only:
        words += ["--only", options.only]
    if wants(options, "full") or wants(options, "queries"):
        words += ["--sessions", options.sessions, "--days", options.days]
    if wants(options, "day"):
        words += ["--history", *options.history, "--sessions-per-day", options.sessions_per_day]
    if options.only != "queries":
        words += ["--runs", options.runs]
    return shlex.join(str(word) for word in words)


if __name__ == "__main__":
    sys.exit(main())
