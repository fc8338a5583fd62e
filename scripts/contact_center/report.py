"""Writes the report: one HTML file of the published figures, for people who don't write SQL.

    ./scripts/report --from 2026-03-02 --to 2026-03-31 --company nordlicht --language zh

It needs no network and no server, opens from disk, and is written beside its place and put there
in one step.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path

from . import default_warehouse
from .dates import iso_date
from .reporting.words import LANGUAGES
from .terminal import not_there

# Without --from: as many days up to the last, so that every weekday comes as often.
DEFAULT_DAYS = 28


class ReportError(Exception):
    """A reason why there is no report, in words for the person who asked for it."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/report",
        description="Writes the published figures as one HTML file, with pictures, tables and "
        "definitions, that opens from disk.",
    )
    parser.add_argument(
        "--from", type=iso_date, dest="first", metavar="DATE",
        help=f"first local day (default: {DEFAULT_DAYS} days up to --to, as far as there are data)",
    )
    parser.add_argument(
        "--to", type=iso_date, dest="last", metavar="DATE",
        help="last local day (default: the last on which a session started)",
    )
    parser.add_argument("--company", metavar="ID", help="of one company (default: of all)")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="en (the default) or zh"
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE",
        help="default: beside the warehouse, with the name's end .html",
    )
    options = parser.parse_args(arguments)
    if options.first and options.last and options.first > options.last:
        parser.error(f"--from {options.first} is after --to {options.last}")
    options.warehouse = options.warehouse or default_warehouse()
    options.output = options.output or beside(options.warehouse)
    return options


def beside(warehouse: Path) -> Path:
    return warehouse.with_suffix(".html")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 written, 1 not, 2 the command was wrong."""
    options = parse(arguments)
    import duckdb

    from .export_output import ExportError

    try:
        write(options)
    except (ReportError, ExportError, OSError, duckdb.Error) as error:
        print(f"report: {error}", file=sys.stderr)
        return 1
    print(f"Report: {options.output}")
    return 0


def write(options: argparse.Namespace) -> None:
    """Raises a ReportError, an OSError, or DuckDB's own about a file that is no warehouse."""
    from .export_output import replacing
    from .lake import check_store, marts_needed, open_warehouse
    from .reporting.data import Data
    from .reporting.page import page
    from .reporting.words import Words

    if not os.path.exists(options.warehouse):
        raise ReportError(f"{not_there(options.warehouse)}; ./scripts/build makes it")
    check_output(options.output)
    with open_warehouse(options.warehouse) as connection, marts_needed(options.warehouse):
        connection.execute("set TimeZone = 'UTC'")
        check_store(connection, options.warehouse)
        check_company(connection, options.company)
        html = page(
            Data(connection, period(connection, options), options.company), Words(options.language)
        )
    with replacing(options.output, options.warehouse) as path:
        path.write_text(html, encoding="utf-8")


def check_output(output: Path) -> None:
    if not output.exists():
        return
    if not output.is_file() or output.read_bytes()[:15] not in (b"", b"<!DOCTYPE html>"):
        raise ReportError(f"--output '{output}' is no HTML page, and isn't replaced by one")


def period(connection, options: argparse.Namespace):
    from .reporting.data import Period, earlier

    [(earliest, latest)] = connection.execute(
        "select min(date_day), max(date_day) from marts.session_analysis_daily"
    ).fetchall()
    if latest is None:
        raise ReportError(f"'{options.warehouse}' has no session yet, so there is nothing to show")
    last = options.last or max(latest, options.first or latest)
    first = options.first or earlier(last, DEFAULT_DAYS - 1)
    # Nobody asked for the days before the data.
    if not options.first and earliest <= last:
        first = max(first, earliest)
    if first > latest or last < earliest:
        raise ReportError(
            f"no session started from {first} to {last}; the warehouse has {earliest} to {latest}"
        )
    return Period(first, last)


def check_company(connection, company: str | None) -> None:
    known = [id for (id,) in connection.execute(
        "select company_id from marts.dim_companies order by 1"
    ).fetchall()]
    if company is not None and company not in known:
        near = difflib.get_close_matches(company, known, n=3) or known[:10]
        raise ReportError(f"there is no company '{company}'; there is {', '.join(near)}")


if __name__ == "__main__":
    sys.exit(main())
