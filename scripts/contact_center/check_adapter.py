"""Tries an adapter: builds a warehouse of its data alone, aside, and says what came of them."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb

from . import ROOT, build, places
from .building import BuildError, outcome
from .building.folder import place_of, work_folder
from .building.variables import for_dbt
from .intake import contract
from .terminal import heading, read_as_far_as_wanted, share, shortened

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


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 the data could be built, 1 not, 2 the command was not understood."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parse(given)
    hide_url(options, given)
    remove_former()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with work_folder(folder / HELD):
            return check(options, folder)
    finally:
        # A build whose tests failed is kept for a look, until the next one, and says where.
        if not any(folder.glob(".*.building/*.duckdb")):
            shutil.rmtree(folder)


def hide_url(options: argparse.Namespace, given: list[str]) -> None:
    if places.is_database(options.place):
        shown = [argument for argument in given if argument != options.place]
        places.begin_again("check_adapter", shown, {options.name: options.place})


def remove_former() -> None:
    """Takes away what this user's earlier runs left that failed or were killed."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with suppress(OSError, BuildError):
            if folder.lstat().st_uid == os.getuid() and place_of(folder / HELD).exists():
                # Refused where a run goes on in it.
                with work_folder(folder / HELD):
                    shutil.rmtree(folder)


def check(options: argparse.Namespace, folder: Path) -> int:
    """`folder`: to work in, for this check alone."""
    asked = build.parse([
        "--adapter", f"{options.name}={options.place}" if options.place else options.name,
        "--warehouse", str(options.warehouse or folder / "contact_center.duckdb"),
        *(f"--var={variable}" for variable in options.variables),
    ], make_parser())
    status = build.build(asked, outcome.Outcome(command="check-adapter"))
    if status != 0:
        return status
    with duckdb.connect(str(asked.warehouse), read_only=True) as connection:
        with read_as_far_as_wanted():
            for line in report(connection):
                print(line)
    if options.unit_tests:
        return run_unit_tests(options.name, asked, folder)
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
    known = places.adapters()
    parser.add_argument("name", choices=known, metavar="NAME", help="the adapter")
    parser.add_argument(
        "place", metavar="DIR", nargs="?", default="",
        help="its data: a folder, a file, or a database URL, which may stand in the environment "
        "instead, as for ./scripts/build",
    )
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


def columns_filled(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Of a table the columns that always hold a value, those that do in part, and those never."""
    checked = "staging.checked_" + table.removeprefix("raw_")
    columns = list(contract.columns(table))
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


def run_unit_tests(name: str, asked: argparse.Namespace, folder: Path) -> int:
    """With the variables' defaults, by which they state the rules. `asked`: of the build."""
    print(f"\nUnit tests of models/adapters/{name}", flush=True)
    command = [
        Path(sys.executable).with_name("dbt"), "--quiet", "test",
        "--select", f"path:models/adapters/{name},test_type:unit",
        "--profiles-dir", "profiles", "--target-path", folder / "target",
        "--log-path", folder / "logs",
        "--vars", for_dbt({"adapters": places.hand_over(asked.adapters)}),
    ]
    result = subprocess.run(
        command, cwd=ROOT, check=False,
        env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(asked.warehouse)},
    )
    print("All of them hold." if result.returncode == 0 else "Some of them fail; see above.")
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
