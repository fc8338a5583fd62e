"""What the command line of ./scripts/generate says. Needs nothing but Python itself."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from ..dates import iso_date

FORMATS = ("csv", "parquet")
LARGEST_SEED = 10**18 - 1


def parse(arguments: list[str] | None) -> argparse.Namespace:
    return build_parser().parse_args(arguments)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./scripts/generate",
        description="Generate contact-centre data in the raw event contract.",
    )
    parser.add_argument("--sessions", type=positive_number, required=True, metavar="N")
    parser.add_argument("--days", type=positive_number, required=True, metavar="D")
    parser.add_argument(
        "--seed", type=whole_number, default=1, metavar="S",
        help="another seed, other data (default 1)",
    )
    parser.add_argument("--format", choices=FORMATS, default="parquet")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--from", dest="first_date", type=iso_date, default=datetime.date(2026, 3, 2),
        metavar="DATE", help="first local day (default 2026-03-02)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace tables that the folder already holds"
    )
    return parser


def whole_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = LARGEST_SEED + 1
    if abs(number) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at most 18 digits")
    return number


def positive_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number
