"""What a warehouse holds already, and what a build may do with it."""

from __future__ import annotations

import argparse
import atexit
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import duckdb

from .. import lake, persons
from . import PUBLISHED, BuildError, messages
from .publishing import check_nobody_writes
from .variables import as_yaml

LOADED_FILES = "select path from staging.loads where folder is not null"
# Relations that each file of this project has one of, also one of a few models or of marts alone.
OURS = ("raw.raw_sessions", "staging.builds", "staging.checked_sessions", "marts.fct_sessions")
# What is also in a file of marts alone.
PUBLISHED_ALONE = "marts.published_builds"
ADAPTERS = "adapters."
RELATIONS = """
    select table_schema || '.' || table_name as relation
    from information_schema.tables where table_catalog = current_database() order by 1
"""
FEEDS = "select distinct feed from staging.loads"
# As the macro kinds_and_key writes it; NULL without pseudonyms.
KEY_CHECK = """
    select regexp_extract(build_settings->>'pseudonymise', ' by (.*)$', 1)
    from staging.builds order by build_number desc limit 1
"""


def check_ours(path: Path | None) -> None:
    """Raises a BuildError where a file is another project's, which would be replaced."""
    if path is None or not path.is_file():
        return
    # What can't be read is told of by what reads it.
    with contextlib.suppress(duckdb.Error), lake.open_warehouse(path) as connection:
        check_relations(path, connection)


def check_relations(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """The same of one that is open."""
    relations = [name for (name,) in connection.execute(RELATIONS).fetchall()]
    is_ours = any(name in OURS or name.startswith(ADAPTERS) for name in relations)
    if relations and not is_ours:
        raise BuildError(
            f"'{path}' holds tables of something else, such as {relations[0]}, and isn't replaced; "
            "give another path, or take the file away. Nothing was published."
        )


def check_rows(path: Path) -> None:
    """Raises a BuildError where a file was made by --publish-marts for readers of figures alone:
    there are no rows to build upon, and none are to come into it."""
    with contextlib.suppress(duckdb.Error), lake.open_warehouse(path) as connection:
        relations = [name for (name,) in connection.execute(RELATIONS).fetchall()]
        if PUBLISHED_ALONE in relations and all(name.startswith("marts.") for name in relations):
            raise BuildError(
                f"'{path}' has marts alone, as --publish-marts writes them, and no rows to build "
                "upon; give the warehouse that it was made of, or another path. Nothing was "
                "published."
            )


def files_to_build_upon(options: argparse.Namespace) -> list[str]:
    """The files whose rows are published already, where the build adds to those; of adapters the
    places, where the warehouse is theirs."""
    if options.warehouse.is_file():
        check_nobody_writes(options.warehouse)
        check_rows(options.warehouse)
    if options.full_refresh or not lake.is_published(options.warehouse):
        check_ours(options.warehouse)
        return []
    try:
        with lake.open_warehouse(options.warehouse) as connection:
            if options.warehouse.is_file():
                check_relations(options.warehouse, connection)
            loaded = [path for (path,) in connection.execute(LOADED_FILES).fetchall()]
            feeds = {feed for (feed,) in connection.execute(FEEDS).fetchall()}
            check_key(options, connection)
    except (duckdb.CatalogException, duckdb.BinderException):
        # Built by the project before it could.
        return []
    except duckdb.Error as error:
        said = messages.concise(str(error))
        if not isinstance(error, lake.NoWarehouse):
            said = f"'{options.warehouse}' can't be read: {said}"
        raise BuildError(f"{said}\n{messages.UNREADABLE_WAREHOUSE}") from None
    if options.rebuild_from_store:
        return loaded
    if loaded and (options.adapters or not options.data):
        raise BuildError(
            f"'{options.warehouse}' holds the rows of {len(loaded)} files, such as {loaded[0]}; "
            f"{'an adapter' if options.adapters else 'the demo'} can't be added to them. Give "
            "--data DIR alone to add to them, another --warehouse, or --full-refresh to have them "
            "replaced"
        )
    # With known_at every build of adapters is a whole one.
    if feeds == set(options.adapters) and not options.given_variables.get("known_at"):
        return list(options.adapters.values())
    return loaded


def check_key(options: argparse.Namespace, connection: duckdb.DuckDBPyConnection) -> None:
    """Raises a BuildError where a person would get another pseudonym than the one readers know:
    by another key, most likely a wrong one."""
    if not options.given_variables.get("pseudonymise"):
        return
    made_with = (connection.execute(KEY_CHECK).fetchone() or [None])[0] or ""
    if not persons.pseudonym(persons.given_key(), "contact_center").startswith(made_with):
        raise BuildError(
            f"the pseudonyms in '{options.warehouse}' are of another key than the one in "
            f"{persons.KEY}. Give that of the last build; with this one --full-refresh makes "
            "every row anew, and everybody gets another pseudonym. Nothing was published."
        )


def has_erased(options: argparse.Namespace) -> bool:
    """True where customers were erased from the published warehouse."""
    if options.target == "spark" or not lake.is_published(options.warehouse):
        return False
    try:
        with lake.open_warehouse(options.warehouse) as connection:
            [(database,)] = connection.execute("select current_database()").fetchall()
            return persons.forgotten(connection, database) is not None
    except duckdb.Error:
        # It can't be read, so that nothing of it is built upon.
        return False


def build_anew(options: argparse.Namespace, loaded: list[str], change: str) -> tuple[int, str]:
    """The whole build again: with --full-refresh, if that loses no row, else from the rows that the
    warehouse holds; so too where known_at asks when they were loaded. In a new process: this one
    still holds the file that dbt worked on. Comes back where the rows can't be built, with the exit
    status and why."""
    gone = [
        path for path in loaded
        if not options.adapters
        and not (Path(path).exists() and Path(path).is_relative_to(options.data.resolve()))
    ]
    command = [sys.executable, "-m", "contact_center.build"]
    looks_back = not options.adapters and (
        options.given_variables.get("known_at") or " known_at " in change
    )
    if not gone and not looks_back:
        print(f"{change} Building every row again.", flush=True)
        begin_again([*command, "--full-refresh", *sys.argv[1:]])
    if gone:
        change += (
            f" So every row has to be built again. {len(gone)} of the {len(loaded)} files that "
            f"were loaded aren't in '{options.data}', for example {gone[0]}, so first the rows "
            "that the warehouse holds are built again, then what is new is added. With "
            "--full-refresh only the rows of the files that are there would remain."
        )
    else:
        change += " Every row that the warehouse holds is judged again, then what is new is added."
    print(change, flush=True)
    from_store = subprocess.run(
        [*command, *arguments_of_store(options)], check=False,
        stdout=subprocess.PIPE if options.json else None,
    )
    if from_store.returncode != PUBLISHED:
        return from_store.returncode, said_in(from_store.stdout)
    os.environ[messages.REBUILT] = "yes"
    begin_again([*command, *sys.argv[1:]])


def said_in(line: bytes | None) -> str:
    """The reason in a line of --json, which a process that was killed doesn't leave."""
    return json.loads(line)["message"] if line else messages.NOT_PUBLISHED


def begin_again(command: list[str]) -> NoReturn:
    """In this process's place, which never ends: what Python does at an end is done before, else it
    warns of what was left."""
    atexit._run_exitfuncs()
    os.execv(sys.executable, command)


def arguments_of_store(options: argparse.Namespace) -> list[str]:
    """Its report is that of the build that follows."""
    return [
        "--rebuild-from-store", "--no-report", *(["--json"] if options.json else []),
        "--target", options.target, "--warehouse", str(options.warehouse),
        "--", *options.dbt_arguments, "--vars", as_yaml(options.given_variables),
    ]
