"""Exports the figures of a range of days as CSV, JSON, XLSX or Parquet.

    ./scripts/export agent_analysis --from 2026-03-02 --to 2026-03-31 --mode daily --format xlsx

Aggregated data have one row for the whole range, computed from the facts, so that distinct counts
and averages are exact; daily data have one row for each day. The file is written beside its place
and put there in one step, so that a failing export leaves no half file.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import duckdb

from . import ROOT, default_warehouse, lake
from .dates import iso_date
from .export_files import EXCEL_DATA_ROWS, WRITERS
from .export_output import ExportError, UsageError, check_output, replacing
from .export_query import (
    LABEL_COLUMNS,
    MODES,
    Column,
    Selection,
    collect_rows,
    days_held,
    modes_of_families,
    names_by_id,
    read_columns,
)

DEFAULT_FORMAT = "csv"
BUILD = "run ./scripts/build first"


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (./scripts/export --help shows the options)")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 exported, 1 not, 2 the command was wrong."""
    try:
        options = parse(arguments)
        row_count = export(options)
    except ExportError as error:
        print(f"export: {error}", file=sys.stderr)
        return error.status
    except (OSError, duckdb.Error) as error:
        print(f"export: reading '{options.warehouse}' failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("export: stopped; nothing was written", file=sys.stderr)
        return 130
    print(f"{options.output}: {row_count} {'row' if row_count == 1 else 'rows'}")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="./scripts/export", allow_abbrev=False,
        description="Exports the figures of a range of days as CSV, JSON, XLSX or Parquet.",
    )
    parser.add_argument(
        "relation",
        help="a family of marts, such as session_analysis, agent_analysis, digital_metrics, "
        "satisfaction or tag_metrics; whatever the warehouse's column_catalog knows by day",
    )
    parser.add_argument(
        "--from", dest="from_date", type=iso_date, required=True, metavar="DATE",
        help="first local day, for example 2026-03-02",
    )
    parser.add_argument(
        "--to", dest="to_date", type=iso_date, required=True, metavar="DATE",
        help="last local day, itself included",
    )
    parser.add_argument(
        "--mode", choices=MODES,
        help="the range as a whole (aggregated, the default where the family has it), each of its "
        "days, or each quarter of an hour (interval)",
    )
    parser.add_argument(
        "--format", choices=sorted(WRITERS),
        help=f"default: what the name of --output ends with, else {DEFAULT_FORMAT}",
    )
    parser.add_argument(
        "--agent", dest="agents", nargs="+", action="extend", default=[], metavar="ID",
        help="only these agents",
    )
    parser.add_argument(
        "--company", dest="companies", nargs="+", action="extend", default=[], metavar="ID",
        help="only these companies",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE",
        help="default: exports/<relation>_<from>_<to>_<mode>.<format>",
    )
    parser.add_argument(
        "--overwrite", action="store_true",
        help="replace --output where it is an export of the same format",
    )
    parser.add_argument(
        "--labels", choices=tuple(LABEL_COLUMNS), default="en",
        help="header: English (default) or Chinese labels, or the columns' names",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    options = parser.parse_args(arguments)
    check(options)
    complete(options)
    return options


def check(options: argparse.Namespace) -> None:
    if options.from_date > options.to_date:
        raise UsageError(f"--from {options.from_date} is after --to {options.to_date}")


def complete(options: argparse.Namespace) -> None:
    """Format, output and warehouse where they weren't given. Paths are absolute from here on."""
    ending = options.output.suffix[1:].lower() if options.output else ""
    if options.format and ending in WRITERS and ending != options.format:
        raise UsageError(f"--output '{options.output}' ends otherwise than --format")
    options.format = options.format or (ending if ending in WRITERS else DEFAULT_FORMAT)
    if options.warehouse is None:
        options.warehouse = default_warehouse()
    options.warehouse = options.warehouse.absolute()
    if options.output:
        options.output = options.output.absolute()
        check_output(options.output, options.format, options.overwrite)


def default_output(options: argparse.Namespace) -> Path:
    days = f"{options.from_date}_{options.to_date}"
    name = f"{options.relation}_{days}_{options.mode}.{options.format}"
    return ROOT / "exports" / name


def export(options: argparse.Namespace) -> int:
    """Writes the file; gives the number of its rows."""
    with open_warehouse(options.warehouse) as connection:
        selection = select(connection, options)
        options.mode = selection.mode
        options.output = options.output or default_output(options)
        columns, row_count = collect(connection, selection, options)
        if row_count == 0:
            raise ExportError(nothing_found(connection, selection))
        if options.format == "xlsx" and row_count > EXCEL_DATA_ROWS:
            raise ExportError(
                f"{row_count:,} rows are more than a sheet of Excel can hold "
                f"({EXCEL_DATA_ROWS:,} and the header); use --format csv or parquet, "
                "a shorter range or --company and --agent"
            )
        with replacing(options.output, options.warehouse) as path:
            title = f"{options.relation}_{options.mode}"
            WRITERS[options.format](connection, columns, path, title)
    return row_count


@contextmanager
def open_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.exists():
        raise ExportError(f"there is no warehouse '{path}'; {BUILD}")
    try:
        connection = lake.open_warehouse(path)
    except lake.NoWarehouse as error:
        raise ExportError(str(error)) from error
    with connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def select(connection: duckdb.DuckDBPyConnection, options: argparse.Namespace) -> Selection:
    """What is asked for, where the warehouse has it."""
    with marts_needed(options):
        families = modes_of_families(connection)
    if not families:
        raise ExportError(f"the column catalogue of '{options.warehouse}' is empty; {BUILD}")
    modes = families.get(options.relation)
    if modes is None:
        family, _, mode = options.relation.rpartition("_")
        if mode in families.get(family, ()):
            raise UsageError(
                f"'{options.relation}' is one of the marts '{family}': ./scripts/export {family} "
                f"--mode {mode}"
            )
        raise UsageError(
            f"the warehouse has no marts '{options.relation}'; it has {', '.join(families)} "
            "(./scripts/export --help shows the options)"
        )
    mode = options.mode or next(iter(modes))
    if mode not in modes:
        raise UsageError(f"{options.relation} has no --mode {mode}; it has {', '.join(modes)}")
    return Selection(
        options.relation, mode, modes[mode], modes.get("daily"), options.from_date, options.to_date,
        tuple(options.companies), tuple(options.agents),
    )


@contextmanager
def marts_needed(options: argparse.Namespace) -> Iterator[None]:
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        reason = str(error).splitlines()[0]
        raise ExportError(
            f"'{options.warehouse}' has not the marts that an export reads ({reason}); {BUILD}"
        ) from error


def collect(
    connection: duckdb.DuckDBPyConnection, selection: Selection, options: argparse.Namespace
) -> tuple[list[Column], int]:
    with marts_needed(options):
        check_ids(connection, selection)
        columns = read_columns(connection, selection.mart, options.labels)
        for id_column in selection.filters:
            if id_column not in {column.name for column in columns}:
                kind = id_column.removesuffix("_id")
                raise UsageError(
                    f"{selection.relation} has no {kind}s, so --{kind} can't be applied"
                )
        return columns, collect_rows(connection, selection, columns)


def check_ids(connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    for id_column, ids in selection.filters.items():
        names = names_by_id(connection, id_column)
        kind = id_column.removesuffix("_id")
        unknown = [
            f"there is no {kind} '{given}'{suggestion(given, names)}"
            for given in ids
            if given not in names
        ]
        if unknown:
            raise UsageError("; ".join(unknown))


def suggestion(given: str, names: dict[str, str]) -> str:
    """The ids that are like what was given, or whose names are."""
    spellings: dict[str, list[str]] = {}
    for known, name in names.items():
        for spelling in {known.casefold(), name.casefold()}:
            spellings.setdefault(spelling, []).append(known)
    close = difflib.get_close_matches(given.casefold(), spellings)
    found = dict.fromkeys(known for spelling in close for known in spellings[spelling])
    return f"; did you mean {' or '.join(f'{id} ({names[id]})' for id in found)}?" if found else ""


def nothing_found(connection: duckdb.DuckDBPyConnection, selection: Selection) -> str:
    whose = " for these companies and agents" if selection.filters else ""
    asked = f"no rows{whose} from {selection.from_date} to {selection.to_date}"
    if selection.daily is None:
        return asked
    held = days_held(connection, selection)
    if held is None:
        return f"{asked}, nor on any other day of the warehouse"
    return f"{asked}; the warehouse holds {selection.relation}{whose} from {held[0]} to {held[1]}"


if __name__ == "__main__":
    sys.exit(main())
