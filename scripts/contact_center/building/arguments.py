"""What the command line of ./scripts/build says. Needs nothing but Python itself, so that it is
answered before an environment is made or dbt begins."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from .. import ROOT, default_warehouse, persons, places
from ..intake.files import is_mark
from ..places import adapters, is_database
from . import BuildError, NotUnderstood, variables

# Targets of profiles.yml, and what their warehouse is called where it isn't named.
DEFAULT_NAMES = {"duckdb": "contact_center.duckdb", "ducklake": "ducklake", "spark": "spark"}
# Arguments of dbt that leave models or tests out.
PARTIAL = {
    "--select", "-s", "--models", "-m", "--exclude", "--selector", "--resource-type",
    "--exclude-resource-type", "--empty", "--sample",
}
# How a DuckDB file begins, after a checksum.
DUCKDB_MARK = b"DUCK"


class Parser(argparse.ArgumentParser):
    """Ends the process as ever, but with its reason."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        message = places.masked(message)
        print(f"{self.prog}: error: {message}", file=sys.stderr)
        raise NotUnderstood(message)


def parse(
    arguments: list[str] | None, asked: argparse.ArgumentParser | None = None
) -> argparse.Namespace:
    """Ends the process with status 2 where the command isn't understood. `asked`: that of another
    command, whose arguments these are made of."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    asked = asked or parser
    try:
        check(options)
        options.warehouse = options.warehouse.resolve()
        options.data = options.data and options.data.resolve()
    except BuildError as error:
        asked.error(places.masked(str(error)))
    except OSError as error:
        asked.error(places.masked(f"'{error.filename}' can't be looked at: {error.strerror}"))
    except RuntimeError as error:
        # Links in a circle, to Python before 3.13.
        asked.error(str(error))
    return options


def make_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="./scripts/build", allow_abbrev=False,
        description="Builds and tests the warehouse from the demo data or from a folder of yours.",
        epilog="What stands after -- goes to dbt build, for example: -- --threads 2. Exit status: "
        "0 published, 1 refused, 2 the command was not understood, 3 another build is running.",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of contract tables")
    parser.add_argument(
        "--adapter", action="append", default=[], metavar="NAME[=PLACE]", dest="adapters",
        help="what the data are, one of " + ", ".join(adapters())
        + "; may be given several times, each with the place of its data",
    )
    parser.add_argument(
        "--database", metavar="URL", help="the adapter's data are in this PostgreSQL database"
    )
    parser.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", dest="variables",
        help="a variable of dbt_project.yml, for example reporting_time_zone=Europe/Berlin",
    )
    parser.add_argument(
        "--target", choices=DEFAULT_NAMES, default="duckdb",
        help="a DuckDB file (the default), a DuckLake (docs/live_readers.md), or a Spark cluster "
        "(docs/scaling.md)",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="PATH",
        help="file, or folder of the lake or of the cluster, to publish (default: "
        "$CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb, warehouse/ducklake or "
        "warehouse/spark)",
    )
    parser.add_argument(
        "--full-refresh", action="store_true",
        help="load and build everything again, from these files only",
    )
    parser.add_argument(
        "--rebuild-from-store", action="store_true",
        help="build everything again from the rows that the warehouse holds, without their files: "
        "after a change of definitions, or with a new release",
    )
    parser.add_argument(
        "--accept-quarantine", action="store_true",
        help="publish though most of a table's new rows, or all of a file's, are refused",
    )
    parser.add_argument(
        "--publish-marts", type=Path, metavar="FILE",
        help="write a second DuckDB file, with the schema marts only",
    )
    parser.add_argument(
        "--without", action="append", default=[], choices=("customer",),
        help="leave customers' ids out of that file",
    )
    parser.add_argument(
        "--unit-tests", action="store_true",
        help="try the definitions, too, on rows of their own, which no data can change, and hold "
        "the demo to its pinned figures",
    )
    parser.add_argument(
        "--no-report", action="store_false", dest="report",
        help="write no report beside the warehouse (./scripts/report writes one at any time)",
    )
    parser.add_argument(
        "--json", action="store_true",
        help="one line of JSON on standard output, for a monitor; all other words go to standard "
        "error (docs/nightly.md)",
    )
    parser.add_argument("dbt_arguments", nargs="*", metavar="-- dbt arguments")
    return parser


def check(options: argparse.Namespace) -> None:
    """Raises a BuildError; gives the options their final form."""
    if looks_like_a_database(options.data):
        raise BuildError("--data is a folder; give a database by --adapter NAME --database URL")
    if options.data and not options.data.exists():
        raise BuildError(f"--data '{options.data}' isn't there")
    options.adapters = places_of_adapters(options)
    if options.data and not options.adapters and not options.data.is_dir():
        raise BuildError(f"--data '{options.data}' is a file; give the folder that it is in")
    options.warehouse = options.warehouse or default_warehouse(DEFAULT_NAMES[options.target])
    check_warehouse(options)
    check_store(options)
    if options.target == "spark" and options.adapters:
        raise BuildError("--target spark reads the contract's tables; adapters work on DuckDB")
    # A short option may have its value right behind it.
    words = {
        word.split("=")[0] if word.startswith("--") else word[:2] for word in options.dbt_arguments
    }
    if words & {"--target", "-t"}:
        raise BuildError("--target stands before the dashes, where it decides what is published")
    partial = PARTIAL & words
    if partial:
        raise BuildError(
            f"{min(partial)} would build a part, and only a whole, tested warehouse is published; "
            "use dbt itself for a part (README: Plain dbt)"
        )
    given, options.dbt_arguments = variables.split(options.dbt_arguments)
    options.given_variables = given | variables.of_texts(options.variables)
    if options.accept_quarantine:
        options.given_variables["accept_quarantine"] = True
    check_persons(options)
    check_marts(options)
    check_links(options)


def check_persons(options: argparse.Namespace) -> None:
    """The demo becomes files, as it is loaded as it stands otherwise."""
    if not options.given_variables.get("pseudonymise"):
        return
    if not persons.given_key():
        raise BuildError(
            f"pseudonymise needs a key in the environment variable {persons.KEY}: docs/privacy.md"
        )
    if options.target == "spark":
        raise BuildError("--target spark makes no pseudonyms: its SQL keeps no key out of its logs")
    if not (options.data or options.adapters or options.rebuild_from_store):
        options.data = ROOT / "seeds"


def looks_like_a_database(place: Path | None) -> bool:
    """True of a URL that was taken for a path, in which // is /."""
    return str(place or "").lower().startswith(("postgresql:/", "postgres:/"))


def check_marts(options: argparse.Namespace) -> None:
    marts = options.publish_marts
    if options.without and not marts:
        raise BuildError("--without is about the file that --publish-marts names")
    if not marts:
        return
    if options.target == "spark":
        raise BuildError("--publish-marts copies from DuckDB; on Spark grant the schema marts")
    options.publish_marts = marts = marts.resolve()
    check_is_another(marts, options.warehouse.resolve())
    if not marts.parent.is_dir():
        raise BuildError(f"--publish-marts: the folder '{marts.parent}' isn't there")
    if marts.is_dir() or marts.exists() and not is_duckdb_file(marts):
        raise BuildError(f"--publish-marts '{marts}' is no DuckDB file, and isn't replaced by one")


def check_is_another(marts: Path, warehouse: Path) -> None:
    """Raises a BuildError where both are one file, by whatever name: to some disks Cc.duckdb is
    cc.duckdb."""
    are_there = os.path.exists(marts) and os.path.exists(warehouse)
    if marts == warehouse or are_there and marts.samefile(warehouse):
        raise BuildError("--publish-marts needs another file than the warehouse")


def check_warehouse(options: argparse.Namespace) -> None:
    warehouse = options.warehouse
    if looks_like_a_database(options.warehouse):
        raise BuildError("--warehouse is a file, of a DuckLake a folder; no database is written")
    if options.target != "duckdb":
        if warehouse.is_file():
            raise BuildError(f"--warehouse '{warehouse}' is a file; a lake or cluster is a folder")
        return
    if set("#?") & set(str(warehouse)):
        # dbt takes the path for a URL, and the database's name from what is before them.
        raise BuildError(
            f"--warehouse '{warehouse}' has # or ? in its path, where dbt can't build a file; give "
            "another path (--warehouse FILE)"
        )
    if warehouse.is_dir():
        raise BuildError(
            f"--warehouse '{warehouse}' is a folder; give the path of a file, or --target ducklake"
        )
    if warehouse.exists() and not is_duckdb_file(warehouse):
        raise BuildError(
            f"--warehouse '{warehouse}' is no DuckDB file, and isn't replaced by one; give another "
            "path, or take the file away if it is a damaged warehouse"
        )


def check_store(options: argparse.Namespace) -> None:
    if not options.rebuild_from_store:
        return
    if options.data or options.adapters or options.full_refresh:
        raise BuildError(
            "--rebuild-from-store builds from the warehouse's own rows; leave out --data, "
            "--adapter and --full-refresh, and add files with another build"
        )
    if options.target == "spark":
        raise BuildError("--rebuild-from-store works on DuckDB; on Spark give --full-refresh")
    if not options.warehouse.exists():
        raise BuildError(f"'{options.warehouse}' isn't there, so it holds no rows to build from")


def is_duckdb_file(path: Path) -> bool:
    """Also true of an empty file, which DuckDB takes for a new one, and of what can't be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(12)
    except OSError:
        return True
    return not beginning or beginning[8:] == DUCKDB_MARK


def check_links(options: argparse.Namespace) -> None:
    """A link to nothing is a file that was meant to be read, unless it is another program's mark
    (so an editor says that a file is open: .#raw_agents.csv) or, among the contract's tables, which
    are all called raw_, something else."""
    folders = [str(options.data or ""), *options.adapters.values()]
    for folder in {place for place in folders if place and not is_database(place)}:
        for parent, names, files in os.walk(folder):
            for name in (*names, *files):
                path = Path(parent, name)
                rest = str(path).removeprefix(folder).lstrip("/")
                is_ours = not is_mark(rest) and (options.adapters or rest.startswith("raw_"))
                if is_ours and path.is_symlink() and not path.exists():
                    raise BuildError(
                        f"'{path}' is a link to '{os.readlink(path)}', where nothing is; mend it, "
                        "or take it away"
                    )


def places_of_adapters(options: argparse.Namespace) -> dict[str, str]:
    """The place of each adapter's data: the path of a folder or file, or a database's URL."""
    found: dict[str, str] = {}
    if options.database and (len(options.adapters) != 1 or options.data):
        raise BuildError("--database needs one --adapter, whose data it holds, and no --data")
    if options.database and not is_database(options.database):
        raise BuildError("--database needs a URL: postgresql://user:password@host:port/dbname")
    for given in options.adapters:
        name, _, place = given.partition("=")
        if name not in adapters():
            raise BuildError(f"--adapter '{name}' isn't one of {', '.join(adapters())}")
        if name in found:
            raise BuildError(
                f"--adapter {name} is given twice; put the files of both systems into one folder, "
                "or build two warehouses"
            )
        found[name] = checked_place(name, place_of(name, place, options))
    return found


def place_of(name: str, place: str, options: argparse.Namespace) -> str:
    if not place and len(options.adapters) == 1:
        place = options.database or str(options.data or "")
    elif place and options.data:
        raise BuildError("--data is the place of a single --adapter NAME; leave it out")
    place = place or places.given(name)
    if not place:
        raise BuildError(
            f"--adapter {name} needs the place of its data: --adapter {name} --data DIR, or "
            f"--adapter {name}=DIR where there are several"
        )
    return place


def checked_place(name: str, place: str) -> str:
    if not is_database(place):
        if not Path(place).exists():
            raise BuildError(f"--adapter {name}: '{place}' isn't there")
        return str(Path(place).resolve())
    if name not in places.DATABASES:
        raise BuildError(
            f"--adapter {name} reads files; only {', '.join(places.DATABASES)} can read a database"
        )
    try:
        places.check(place)
    except ValueError as error:
        raise BuildError(str(error)) from None
    return place
