"""Measures the warehouse on data of a chosen size, against DuckDB alone on the same files.

    ./scripts/benchmark --sessions 20000 --history 5 20 --sessions-per-day 100 --output /tmp/page.md

Three parts: full builds; one more day on histories of several lengths; the queries of a dashboard.
What is measured runs in processes of its own, and before every build the reference runs on the
same Parquet files (benchmarking/reference.py). The results are printed and written as a page.
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

from . import ROOT
from .benchmarking import BenchmarkError
from .benchmarking.daily import measure_daily
from .benchmarking.machine import describe_machine
from .benchmarking.measuring import measure_dashboard, measure_full_builds, measure_one_more_day
from .benchmarking.page import page
from .benchmarking.tables import Results, tables
from .generate import positive_number

PARTS = ("daily", "full", "day", "queries")
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


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/benchmark",
        description="Measures builds, one more day and dashboard queries on generated data, and "
        "writes the results as a page. At the default size it takes hours; leave the machine alone "
        "meanwhile.",
    )
    parser.add_argument(
        "--sessions", type=positive_number, default=1_000_000, metavar="N",
        help="of the full build and the dashboard (default 1000000)",
    )
    parser.add_argument(
        "--days", type=positive_number, default=30, metavar="D",
        help="that these sessions lie in (default 30)",
    )
    parser.add_argument(
        "--history", type=positive_number, nargs="+", default=[10, 100, 1_000], metavar="D",
        help="days of history that one more is added to (default 10 100 1000)",
    )
    parser.add_argument(
        "--sessions-per-day", type=positive_number, default=1_000, metavar="N",
        help="of the histories and of the day that is added (default 1000)",
    )
    parser.add_argument(
        "--runs", type=positive_number, default=3, metavar="N", help="of each build (default 3)"
    )
    parser.add_argument("--only", choices=PARTS, help="measure one part alone")
    parser.add_argument(
        "--work", type=Path, metavar="DIR",
        help="folder to work in, which is kept (default: a temporary one, which is deleted)",
    )
    parser.add_argument(
        "--output", type=Path, default=ROOT / "docs" / "benchmarks.md", metavar="FILE",
        help="page to write (default docs/benchmarks.md)",
    )
    options = parser.parse_args(arguments)
    if options.work and options.work.exists() and (
        not options.work.is_dir() or any(options.work.iterdir())
    ):
        parser.error(f"--work '{options.work}' is there and not an empty folder")
    if options.output.is_dir():
        parser.error(f"--output '{options.output}' is a folder; give the path of a file")
    options.history = sorted(set(options.history))
    return options


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
