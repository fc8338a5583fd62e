"""Tries an adapter: builds a warehouse of its data alone, aside, and says what came of them."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb

from . import ROOT, build
from .building import BuildError
from .building import arguments as build_arguments
from .building.folder import place_of, work_folder
from .building.variables import for_dbt
from .terminal import read_as_far_as_wanted, share

PREFIX = "check-adapter-"
# Whose work folder is locked while a run goes on.
HELD = "run"
TABLES = """
    select table_name, is_measured, raw_row_count, accepted_row_count, duplicate_row_count,
        quarantined_row_count
    from marts.feed_quality
    order by is_measured desc, table_name
"""
REASONS = """
    select table_name, reason, count(*) as row_count, min(row_text) as example
    from marts.quarantined_rows
    group by all
    order by row_count desc, table_name, reason
"""
INDICATORS = "select id, name_en, relation, column_name from marts.metric_catalog"
# What every checked table has besides the columns of the contract.
OWN_COLUMNS = {
    "build_number", "row_outcome", "own_reason", "row_text", "feed", "session_key",
    "event_position", "was_closed", "loaded_in_build", "source_file", "source_modified_at",
}


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 the data could be built, 1 not, 2 the command was not understood."""
    options = parse(arguments)
    remove_former()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with work_folder(folder / HELD):
            return check(options, options.warehouse or folder / "contact_center.duckdb")
    finally:
        # A build whose tests failed is kept for a look, until the next one, and says where.
        if not any(folder.glob(".*.building/*.duckdb")):
            shutil.rmtree(folder)


def remove_former() -> None:
    """Takes away what this user's earlier runs left that failed or were killed."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with suppress(OSError, BuildError):
            if folder.lstat().st_uid == os.getuid() and place_of(folder / HELD).exists():
                # Refused where a run goes on in it.
                with work_folder(folder / HELD):
                    shutil.rmtree(folder)


def check(options: argparse.Namespace, warehouse: Path) -> int:
    status = build.build(build.parse([
        "--adapter", f"{options.name}={options.place}", "--warehouse", str(warehouse),
        *(f"--var={variable}" for variable in options.variables),
    ], make_parser()))
    if status != 0:
        return status
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        with read_as_far_as_wanted():
            for line in report(connection):
                print(line)
    if options.unit_tests:
        return run_unit_tests(options.name, str(options.place), warehouse)
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.warehouse and options.warehouse.exists():
        parser.error(f"--warehouse '{options.warehouse}' is there already; give another file")
    return options


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./scripts/check-adapter",
        description="Builds a warehouse of an adapter's data alone, in a temporary folder, and "
        "says what was filled, what is missing, what went to quarantine and why.",
    )
    known = build_arguments.adapters()
    parser.add_argument("name", choices=known, metavar="NAME", help="the adapter")
    parser.add_argument("place", metavar="DIR", help="its data: a folder, a file or a database URL")
    parser.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", dest="variables",
        help="a variable of dbt_project.yml",
    )
    parser.add_argument(
        "--unit-tests", action="store_true", help="also run the unit tests of the adapter's models"
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="keep the warehouse in this file, which isn't there yet (default: a temporary one)",
    )
    return parser


def report(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    tables = connection.execute(TABLES).fetchall()
    measured = [table for table, is_measured, *_ in tables if is_measured]

    yield from heading("Tables that are filled")
    yield f"{'table':20} {'rows':>10} {'accepted':>10} {'duplicates':>10} {'quarantine':>10}"
    for table, is_measured, *counts in tables:
        if is_measured:
            yield f"{table:20} " + " ".join(f"{count:>10,}" for count in counts)

    yield from heading("Columns of the accepted rows")
    for table in measured:
        yield from columns_filled(connection, table)

    yield from heading("Not measured: what needs these is NULL, never 0")
    for table, is_measured, *_ in tables:
        if not is_measured:
            yield table
    without = indicators_without_value(connection)
    if without:
        yield "Indicators that have no value on these data:"
        yield from (f"  {indicator}" for indicator in without)

    yield from heading("Quarantine")
    reasons = connection.execute(REASONS).fetchall()
    for table, reason, count, example in reasons:
        yield f"{table} {reason}: {count:,}, for example {shortened(example)}"
    if not reasons:
        yield "Nothing: every row was used."


def heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def columns_filled(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Of a table the columns that always hold a value, those that do in part, and those never."""
    checked = "staging.checked_" + table.removeprefix("raw_")
    columns = [
        name for name, *_ in connection.execute(f"describe {checked}").fetchall()
        if name not in OWN_COLUMNS
    ]
    counts = ", ".join(f'count("{column}")' for column in columns)
    [(total, *filled)] = connection.execute(
        f"select count(*), {counts} from {checked} where row_outcome = 'accepted'"
    ).fetchall()
    groups: dict[str, list[str]] = {"always": [], "in part": [], "never": []}
    for column, count in zip(columns, filled, strict=True):
        if count == 0:
            groups["never"].append(column)
        elif count == total:
            groups["always"].append(column)
        else:
            groups["in part"].append(f"{column} {share(count, total)}")
    yield table
    for name, members in groups.items():
        if members:
            yield f"  {name + ':':9} {', '.join(members)}"


def indicators_without_value(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Those of metric_catalog whose column is NULL in every row of its mart."""
    without = []
    for indicator, name, relation, column in connection.execute(INDICATORS).fetchall():
        # Two names with .. between them are a range of columns of one indicator.
        first = column.partition("..")[0].strip()
        [(count,)] = connection.execute(f'select count("{first}") from marts.{relation}').fetchall()
        if count == 0:
            without.append(f"{indicator} {name}")
    return without


def shortened(text: str, length: int = 200) -> str:
    """A row as JSON without its NULLs, cut where it is long."""
    row = {name: value for name, value in json.loads(text).items() if value is not None}
    line = json.dumps(row, ensure_ascii=False)
    return line if len(line) <= length else line[:length] + " ..."


def run_unit_tests(name: str, place: str, warehouse: Path) -> int:
    print(f"\nUnit tests of models/adapters/{name}", flush=True)
    command = [
        Path(sys.executable).with_name("dbt"), "--quiet", "test",
        "--select", f"path:models/adapters/{name},test_type:unit",
        "--profiles-dir", "profiles", "--target-path", warehouse.parent / "target",
        "--log-path", warehouse.parent / "logs", "--vars", for_dbt({"adapters": {name: place}}),
    ]
    result = subprocess.run(
        command, cwd=ROOT, check=False,
        env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(warehouse)},
    )
    print("All of them hold." if result.returncode == 0 else "Some of them fail; see above.")
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
