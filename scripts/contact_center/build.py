"""Builds and tests a warehouse, and publishes it only if every test passed.

dbt works aside: on a copy of the published file, or an empty one, or, for a lake, on a copy of its
catalogue (lake.py). When models and tests are through, the copy replaces the published one in a
single step, so that a failure leaves it as it was and a reader never sees half a build. On Spark
there is no such step: tables are replaced one by one (docs/scaling.md).
"""

from __future__ import annotations

import argparse
import datetime
import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import yaml
from dbt.cli.main import dbtRunner, dbtRunnerResult
from tqdm import tqdm

from . import ROOT, database, default_warehouse, lake, manifests, spark, spark_input
from .database import is_database
from .intake import InputError, Places
from .intake import spark as intake_on_spark

HEADLINES = """
    select
        companies.company_name,
        session_count,
        human_session_count,
        round(avg_queue_seconds, 1),
        round(avg_first_response_seconds, 1),
        round(avg_response_seconds, 1),
        round(avg_session_seconds, 1),
        evaluated_session_count
    from marts.session_analysis_aggregated
    inner join marts.dim_companies as companies using (company_id)
    order by session_count desc, company_id
"""
HEADINGS = (
    "company", "sessions", "accepted", "queue s", "first response s", "response s", "session s",
    "evaluated",
)
HEADLINE_COMPANIES = 10
# Targets of profiles.yml, and what their warehouse is called where it isn't named.
DEFAULT_NAMES = {"duckdb": "contact_center.duckdb", "ducklake": "ducklake", "spark": "spark"}
# Arguments of dbt that leave models or tests out.
PARTIAL = {
    "--select", "-s", "--models", "-m", "--exclude", "--selector", "--resource-type",
    "--exclude-resource-type", "--empty", "--sample",
}
# What the macro check_settings says where an earlier build's rows can't be built upon.
CHANGED_SETTINGS = "All rows have to be built again"
LOADED_FILES = "select path from staging.loads where folder is not null"
BAR_FORMAT = "{n_fmt}/{total_fmt} |{bar:30}| {elapsed} {desc}"


# Where the advice begins that nobody here can follow.
ASIDES = ("> in macro", "LINE ", "Possible ", "The search space", "It was not possible")
UNREADABLE = "Error when sniffing file"
UNREADABLE_MEANS = "Not a CSV file with as many values in each line as in its header, in UTF-8:"


class BuildError(Exception):
    """A reason not to build, or not to publish, in words for the person who asked for it."""


class ChangedSettings(Exception):
    """What the rows of the published warehouse were made with and this build isn't."""


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 published, 1 not, 2 the command was not understood."""
    options = parse(arguments)
    status = build(options)
    if status == 0:
        print_headlines(headlines(options))
        print(f"\nWarehouse: {options.warehouse}")
    return status


def build(options: argparse.Namespace) -> int:
    """Builds, tests and publishes; says on stderr why not. Exit status: 0 published, 1 not."""
    try:
        with work_folder(options.warehouse) as folder:
            loaded = files_to_build_upon(options)
            if options.target == "spark":
                spark.choose_server(options.warehouse)
                spark.forgive_failed_closing()
                is_demo = not options.data
                options.data = spark_input.as_parquet(options.data, folder / "input")
                if is_demo and not options.full_refresh:
                    spark.check_demo(options.data)
                with spark.open_server() as cursor:
                    places = Places(str(options.data.resolve()))
                    intake_on_spark.read(cursor, places, options.full_refresh)
                run_dbt(options, folder / "spark", warehouse=options.warehouse)
            elif options.target == "ducklake":
                built = lake.start(options.warehouse, folder)
                run_dbt(options, built, warehouse=options.warehouse)
                lake.publish(built, options.warehouse)
            else:
                built = folder / "contact_center.duckdb"
                clear(built)
                if loaded:
                    copy(options.warehouse, built)
                run_dbt(options, built, warehouse=built)
                publish(built, options.warehouse)
    except ChangedSettings as change:
        return build_anew(options, loaded, str(change))
    except (BuildError, InputError, lake.LakeError, spark.SparkError) as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    except (OSError, duckdb.Error) as error:
        # A full disk, most likely: it can fill up at any step.
        print(f"build: {concise(str(error))}\nNothing was published.", file=sys.stderr)
        return 1
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/build",
        description="Builds and tests the warehouse from the demo data or from a folder of yours.",
        epilog="What stands after -- goes to dbt build, for example: -- --threads 2",
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
        "--unit-tests", action="store_true",
        help="try the definitions, too, on rows of their own, which no data can change",
    )
    parser.add_argument("dbt_arguments", nargs="*", metavar="-- dbt arguments")
    options = parser.parse_args(arguments)
    if options.data and not options.data.exists():
        parser.error(f"--data '{options.data}' isn't there")
    try:
        options.adapters = places(options)
    except BuildError as error:
        parser.error(str(error))
    options.warehouse = options.warehouse or default_warehouse(DEFAULT_NAMES[options.target])
    if options.target == "duckdb" and options.warehouse.is_dir():
        parser.error(
            f"--warehouse '{options.warehouse}' is a folder; give the path of a file, or "
            "--target ducklake"
        )
    if options.target != "duckdb" and options.warehouse.is_file():
        parser.error(f"--warehouse '{options.warehouse}' is a file; a lake or cluster is a folder")
    if options.target == "spark" and options.adapters:
        parser.error("--target spark reads the contract's tables; adapters work on DuckDB")
    words = {word.split("=")[0] for word in options.dbt_arguments}
    if words & {"--target", "-t"}:
        parser.error("--target stands before the dashes, where it decides what is published")
    partial = PARTIAL & words
    if partial:
        parser.error(
            f"{min(partial)} would build a part, and only a whole, tested warehouse is published; "
            "use dbt itself for a part (README: Plain dbt)"
        )
    options.warehouse = options.warehouse.resolve()
    return options


def adapters() -> list[str]:
    return sorted(path.name for path in (ROOT / "models" / "adapters").iterdir() if path.is_dir())


def places(options: argparse.Namespace) -> dict[str, str]:
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
        if not place and len(options.adapters) == 1:
            place = options.database or str(options.data or "")
        elif place and options.data:
            raise BuildError("--data is the place of a single --adapter NAME; leave it out")
        place = place or database.given(name)
        if not place:
            raise BuildError(
                f"--adapter {name} needs the place of its data: --adapter {name} --data DIR, or "
                f"--adapter {name}=DIR where there are several"
            )
        if not is_database(place):
            if not Path(place).exists():
                raise BuildError(f"--adapter {name}: '{place}' isn't there")
            place = str(Path(place).resolve())
        elif name not in database.ADAPTERS:
            raise BuildError(
                f"--adapter {name} reads files; only {', '.join(database.ADAPTERS)} can read a "
                "database"
            )
        else:
            try:
                database.check(place)
            except ValueError as error:
                raise BuildError(str(error)) from None
        found[name] = place
    return found


@contextmanager
def work_folder(warehouse: Path) -> Iterator[Path]:
    """The folder in which one build at a time works on the warehouse, held by a lock."""
    folder = warehouse.parent / f".{warehouse.name}.building"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a+")
    except OSError as error:
        raise BuildError(f"can't write beside '{warehouse}': {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise BuildError(
                f"process {lock.read().strip()} is building '{warehouse}' already; "
                "wait until it has ended, or give another --warehouse"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield folder


def clear(built: Path) -> None:
    """Removes what an earlier build left that failed or was killed."""
    for path in (built, built.with_name(built.name + ".wal")):
        path.unlink(missing_ok=True)


def files_to_build_upon(options: argparse.Namespace) -> list[str]:
    """The files whose rows are published already, where the build adds to those."""
    if options.full_refresh or not lake.is_published(options.warehouse):
        return []
    with lake.open_warehouse(options.warehouse) as connection:
        try:
            loaded = [path for (path,) in connection.execute(LOADED_FILES).fetchall()]
        except duckdb.CatalogException:
            # Built by the project before it could.
            return []
    if loaded and (options.adapters or not options.data):
        raise BuildError(
            f"'{options.warehouse}' holds the rows of {len(loaded)} files, such as {loaded[0]}; "
            f"{'an adapter' if options.adapters else 'the demo'} can't be added to them. Give "
            "--data DIR alone to add to them, another --warehouse, or --full-refresh to have them "
            "replaced"
        )
    return loaded


def copy(warehouse: Path, built: Path) -> None:
    try:
        shutil.copyfile(warehouse, built)
    except OSError as error:
        raise BuildError(
            f"can't copy '{warehouse}' to work on it: {error.strerror}. Nothing was published."
        ) from error


def definitions() -> str:
    """A checksum of what defines figures: other SQL, other figures, so all rows anew."""
    checksum = hashlib.sha256()
    for folder in ("models", "macros"):
        for path in sorted((ROOT / folder).rglob("*.sql")):
            checksum.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return checksum.hexdigest()


def run_dbt(options: argparse.Namespace, built: Path, warehouse: Path) -> None:
    """Every model and test; raises where one fails."""
    os.environ["CONTACT_CENTER_WAREHOUSE"] = str(warehouse)
    os.environ["CONTACT_CENTER_CATALOG"] = str(built)
    os.environ["CONTACT_CENTER_DEFINITIONS"] = definitions()
    os.chdir(ROOT)
    given, dbt_arguments = split_variables(options.dbt_arguments)
    given |= single_variables(options.variables)
    variables = {
        **given,
        "data_dir": str(options.data.resolve()) if options.data and not options.adapters else "",
        "adapters": database.hand_over(options.adapters),
    }
    command = [
        "build", "--log-level", "none", "--profiles-dir", "profiles", "--target", options.target,
        "--target-path", str(built.parent / "target"), "--log-path", str(built.parent / "logs"),
        "--vars", json.dumps(variables, default=as_text),
    ]
    if not options.unit_tests:
        command += ["--exclude-resource-type", "unit_test"]
    if options.target == "spark":
        # Invariants over columns that are named by a pattern (docs/scaling.md).
        command += ["--exclude", "tag:duckdb_sql"]
    if options.full_refresh:
        command.append("--full-refresh")
    with Progress() as progress, database.hidden_command_line():
        manifest = manifests.manifest(options.target, variables, built.parent)
        dbt = dbtRunner(manifest=manifest, callbacks=[progress.on_event])
        outcome = dbt.invoke(command + dbt_arguments)
    print("\n".join(progress.messages))
    if not outcome.success:
        message = failure(outcome, built, options.target)
        if CHANGED_SETTINGS in message:
            raise ChangedSettings(message.partition(CHANGED_SETTINGS)[0].strip())
        raise BuildError(message)


def build_anew(options: argparse.Namespace, loaded: list[str], change: str) -> int:
    """The whole build again with --full-refresh, if that loses no row. In a new process: this one
    still holds the file that dbt worked on."""
    gone = [
        path for path in loaded
        if not (Path(path).exists() and Path(path).is_relative_to(options.data.resolve()))
    ]
    if gone:
        print(
            f"build: {change} So every row has to be built again, but {len(gone)} of the "
            f"{len(loaded)} files that were loaded aren't in '{options.data}', for example "
            f"{gone[0]}. Put them there, or give --full-refresh to go on without their rows. "
            "Nothing was published.",
            file=sys.stderr,
        )
        return 1
    print(f"{change} Building every row again.", flush=True)
    again = [sys.executable, "-m", "contact_center.build", "--full-refresh", *sys.argv[1:]]
    os.execv(sys.executable, again)


def split_variables(dbt_arguments: list[str]) -> tuple[dict, list[str]]:
    """The variables among dbt's arguments, which join those of this command, and the rest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--vars", default="{}")
    options, others = parser.parse_known_args(dbt_arguments)
    try:
        variables = yaml.safe_load(options.vars)
    except yaml.YAMLError:
        variables = None
    if not isinstance(variables, dict):
        raise BuildError("--vars needs a mapping, for example: -- --vars '{max_login_hours: 12}'")
    refuse_taken(variables)
    return variables, others


def single_variables(given: list[str]) -> dict:
    """The variables of NAME=VALUE texts; a value is read as YAML reads it."""
    known = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    variables = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in known:
            raise BuildError(
                f"--var '{text}' isn't NAME=VALUE with a variable of dbt_project.yml: "
                + ", ".join(known)
            )
        # What is text by default stays text: "2026-03-01" is a date to YAML.
        variables[name] = value if isinstance(known[name], str) else yaml.safe_load(value)
    refuse_taken(variables)
    return variables


def refuse_taken(variables: dict) -> None:
    taken = sorted({"data_dir", "adapters"} & variables.keys())
    if taken:
        raise BuildError(f"{' and '.join(taken)}: give --data and --adapter instead of a variable")


def as_text(value: object) -> str:
    """A date or an instant, which YAML reads as such, as the ISO 8601 text that a variable is."""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


class Progress:
    """A bar over dbt's nodes. Collects what the project itself logs, for after the bar."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def __enter__(self) -> Progress:
        self.bar = tqdm(desc="Reading the project", unit="node", bar_format=BAR_FORMAT)
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def on_event(self, event) -> None:
        if event.info.name == "LogStartLine":
            self.bar.total = event.data.total
            self.bar.set_description_str(event.data.node_info.node_name[:40], refresh=False)
        elif event.info.name == "NodeFinished":
            self.bar.update()
        elif event.info.name in ("JinjaLogInfo", "JinjaLogWarning"):
            self.messages.append(event.data.msg)


def failure(outcome: dbtRunnerResult, built: Path, target: str) -> str:
    """What failed, and where to look."""
    if outcome.exception:
        return concise(str(outcome.exception)) + "\nNothing was published."
    failed = []
    for result in getattr(outcome.result, "results", []):
        if result.status in ("error", "fail", "runtime error"):
            node = result.node
            failed.append(f"  {node.resource_type} {node.name}: {concise(result.message or '')}")
            if result.status == "fail" and getattr(node, "compiled_path", None):
                failed.append(f"    its query, which gives the rows: {node.compiled_path}")
    if not failed:
        return "dbt stopped before the first model; its words stand above. Nothing was published."
    if target == "spark":
        first = "Some of the build's models and tests failed."
        return "\n".join([first, *failed, spark.NOT_ATOMIC])
    return "\n".join(
        [
            "Some of the build's models and tests failed; nothing was published.",
            *failed,
            f"The failed build is kept for a look: {built}",
        ]
    )


def concise(message: str) -> str:
    """dbt's and DuckDB's words, without their call stacks and advice on settings of a reader."""
    lines = [line.strip() for line in message.strip().splitlines()]
    if len(lines) > 1 and " Error" in lines[0]:
        lines = lines[1:]
    end = next((n for n, line in enumerate(lines) if n > 0 and line.startswith(ASIDES)), None)
    file_names = [line for line in lines[end:] if line.startswith("file = ")] if end else []
    return "\n".join(lines[:end] + file_names).replace(UNREADABLE, UNREADABLE_MEANS).strip()


def publish(built: Path, warehouse: Path) -> None:
    """Puts the finished file in the published one's place, in one step."""
    if built.with_name(built.name + ".wal").exists():
        with duckdb.connect(str(built)) as connection:
            connection.execute("checkpoint")
    os.replace(built, warehouse)


def headlines(options: argparse.Namespace) -> list[tuple]:
    """The best-known figures of the companies, those with the most sessions first."""
    if options.target == "spark":
        return spark.rows(HEADLINES)
    with lake.open_warehouse(options.warehouse) as connection:
        return connection.execute(HEADLINES).fetchall()


def print_headlines(rows: list[tuple]) -> None:
    table = [HEADINGS] + [
        tuple("-" if value is None else str(value) for value in row)
        for row in rows[:HEADLINE_COMPANIES]
    ]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    print()
    for name, *figures in table:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        print("  ".join([name.ljust(widths[0]), *aligned]))
    if len(rows) > HEADLINE_COMPANIES:
        print(f"and {len(rows) - HEADLINE_COMPANIES} companies more")


if __name__ == "__main__":
    sys.exit(main())
