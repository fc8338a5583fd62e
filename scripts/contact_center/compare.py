"""What moved between two warehouses, or between two published builds of one: every figure of the
daily marts that isn't what it was, on days of a company that the earlier one knows."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from . import default_warehouse
from .terminal import not_there, read_as_far_as_wanted

SAME, MOVED, FAILED = range(3)
# Between builds the log tells: what a figure was before the first change, and after the last.
# Either may be NULL, which arg_min and arg_max pass over unless it is in a struct. Of a day that
# was first published after the earlier build that build had said nothing.
OF_BUILDS = """
    select relation, date_day, key, column_name,
        arg_min({{'v': value}}, replaced_by_build)['v'] as was,
        arg_max({{'v': new_value}}, replaced_by_build)['v'] as now,
        arg_max(cause, replaced_by_build)
    from {database}.marts.replaced_figures
    where replaced_by_build > $first and replaced_by_build <= $last
    group by relation, date_day, key, column_name
    having was is distinct from now and arg_min(published_by_build, replaced_by_build) <= $first
    order by all
"""
OF_FILES = """
    select moved.relation, moved.date_day, moved.key, moved.column_name, was, now,
        coalesce(log.cause, '{otherwise}')
    from moved_figures as moved
    left join (
        select relation, date_day, key, column_name, arg_max(cause, replaced_by_build) as cause
        from {log} group by all
    ) as log using (relation, date_day, key, column_name)
    semi join ({known_days}) as known
        on moved.relation = known.relation and moved.date_day = known.date_day
        and moved.company_id is not distinct from known.company_id
    order by all
"""
# What a warehouse was built with; of one that plain dbt built, too.
SETTINGS = """
    select build_settings from {database}.staging.builds order by build_number desc limit 1
"""
# The same of marts alone, as --publish-marts writes them.
PUBLISHED_SETTINGS = """
    select project_version, variables_hash, definitions_hash
    from {database}.marts.published_builds order by build_number desc limit 1
"""


class CompareError(Exception):
    """Why there is nothing to compare, in words for the person who asked."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/compare",
        description="Prints what moved between two warehouses (files, or folders of lakes), or "
        "between two builds of one, by their numbers in marts.published_builds: the mart, the day, "
        "the figure, what it was, what it is, and why.",
        epilog="Only what can be added up is compared, on days of a company that FROM knows; of "
        "marts with more than four dimensions the sums by company and day. Exit status: 0 nothing "
        "moved, 1 something did, 2 it can't be told.",
    )
    parser.add_argument("was", metavar="FROM", help="a warehouse, or the number of a build")
    parser.add_argument("now", metavar="TO", help="a warehouse, or the number of a later build")
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="whose builds those are (default: $CONTACT_CENTER_WAREHOUSE, else "
        "warehouse/contact_center.duckdb)",
    )
    options = parser.parse_args(arguments)
    options.builds = are_builds(options)
    if options.builds is None and options.warehouse:
        parser.error("--warehouse belongs to two numbers of builds")
    if options.builds and options.builds[0] >= options.builds[1]:
        parser.error("FROM is the earlier build, TO the later one")
    options.warehouse = options.warehouse or default_warehouse()
    return options


def are_builds(options: argparse.Namespace) -> tuple[int, int] | None:
    """A file called 3 is meant where there is one."""
    names = (options.was, options.now)
    if all(name.isascii() and name.isdigit() and not Path(name).exists() for name in names):
        return int(options.was), int(options.now)
    return None


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 nothing moved, 1 something moved, 2 it can't be told."""
    options = parse(arguments)
    import duckdb

    from .lake import marts_needed

    try:
        with marts_needed(*([options.warehouse] if options.builds else [options.was, options.now])):
            rows = between_builds(options) if options.builds else between_files(options)
    except (CompareError, duckdb.Error) as error:
        print(f"compare: {error}", file=sys.stderr)
        return FAILED
    with read_as_far_as_wanted():
        print_rows(rows)
    if not rows:
        print("compare: nothing moved", file=sys.stderr)
    return MOVED if rows else SAME


def between_builds(options: argparse.Namespace) -> list[tuple]:
    import duckdb

    with duckdb.connect() as connection:
        attach(connection, "warehouse", options.warehouse)
        first, last = options.builds
        known = connection.execute(
            "select build_number from warehouse.marts.published_builds "
            "where build_number in (?, ?)",
            [first, last],
        ).fetchall()
        for number in (first, last):
            if (number,) not in known:
                raise CompareError(
                    f"'{options.warehouse}' has published no build {number}: "
                    "select * from marts.published_builds"
                )
        return connection.execute(
            OF_BUILDS.format(database="warehouse"), {"first": first, "last": last}
        ).fetchall()


def between_files(options: argparse.Namespace) -> list[tuple]:
    import duckdb

    from . import lake
    from .memory.figures import common, not_common
    from .memory.moved import find_moved

    with duckdb.connect() as connection:
        for name, given in (("was", options.was), ("now", options.now)):
            attach(connection, name, Path(given))
        are_whole = all(lake.has_store(connection, name) for name in ("was", "now"))
        figures = common(connection, "was", "now")
        if left_out := not_common(connection, "was", "now"):
            print(
                "compare: not compared, for only one warehouse has them, or has them by these "
                f"dimensions: {', '.join(left_out)}", file=sys.stderr,
            )
        find_moved(connection, figures, "was", "now")
        known_days = " union ".join(
            f"select '{one.relation}' as relation, date_day, company_id "
            f"from was.marts.{one.relation}" for one in figures
        )
        settings = [
            connection.execute(
                (SETTINGS if are_whole else PUBLISHED_SETTINGS).format(database=database)
            ).fetchone() for database in ("was", "now")
        ]
        return connection.execute(OF_FILES.format(
            otherwise="late_rows" if settings[0] == settings[1] else "changed_definition",
            log="now.marts.replaced_figures", known_days=known_days,
        )).fetchall()


def attach(connection, name: str, warehouse: Path) -> None:
    """Read-only: a file, or the folder of a lake."""
    from . import lake

    if not os.path.exists(warehouse):
        raise CompareError(not_there(warehouse))
    lake.attach_warehouse(connection, name, warehouse)


def print_rows(rows: Iterable[tuple]) -> None:
    """A line for each figure, between tabulators, so that programs read it too."""
    for number, (relation, day, key, column, was, now, cause) in enumerate(rows):
        if number == 0:
            print("relation", "day", "of", "figure", "was", "is", "cause", sep="\t")
        print(relation, day, key, column, shown(was), shown(now), cause, sep="\t")


def shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
