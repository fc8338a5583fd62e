"""What the command line of ./scripts/benchmark says. Needs nothing but Python itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import ROOT
from ..generator.arguments import positive_number

PARTS = ("daily", "full", "day", "queries")


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
