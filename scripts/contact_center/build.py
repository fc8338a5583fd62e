"""Builds and tests a warehouse, and publishes it only if every test passed.

dbt works aside: on a copy of the published file, or an empty one, or, for a lake, on a copy of its
catalogue (lake.py). When models and tests are through, the copy replaces the published one in a
single step, so that a failure leaves it as it was and a reader never sees half a build. On Spark
there is no such step: tables are replaced one by one (docs/scaling.md).

What takes long to import comes after the command was understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import places
from .building import PUBLISHED, REFUSED, BuildError, ChangedSettings, outcome
from .building.arguments import parse
from .building.folder import work_folder
from .building.messages import NOT_PUBLISHED, REBUILT, REBUILT_BEFORE, STOPPED, concise
from .intake import InputError
from .terminal import worth_doing_unread

UNCHANGED = "No file is new, and nothing else has changed: the warehouse stays as it is."
WITHOUT_MARTS = "The warehouse is published; only the file of its marts isn't written."


def main(arguments: list[str] | None = None) -> int:
    """Exit status: see building/__init__.py."""
    given = sys.argv[1:] if arguments is None else arguments
    with worth_doing_unread():
        if outcome.is_asked(given):
            return outcome.with_line(lambda said: run(given, said))
        return run(given, outcome.Outcome())


def run(given: list[str], said: outcome.Outcome) -> int:
    options = parse(given)
    said.warehouse, said.target = options.warehouse, options.target
    hide_urls(options, given)
    status = build(options, said)
    if status == PUBLISHED and options.publish_marts:
        status = publish_marts(options, said)
    if status == PUBLISHED:
        show(options)
    return status


def show(options: argparse.Namespace) -> None:
    """Whatever fails or is stopped here, the warehouse is published."""
    try:
        import duckdb

        from .building.headlines import headlines, print_headlines

        print_headlines(headlines(options))
        print(f"\nWarehouse: {options.warehouse}")
        if options.report and options.target != "spark":
            report(options.warehouse)
    except KeyboardInterrupt:
        print("Stopped, as you asked. The warehouse is published.", file=sys.stderr)
    except (OSError, duckdb.Error) as error:
        print(f"The warehouse is published, and can't be read now: {error}", file=sys.stderr)


def report(warehouse: Path) -> None:
    """Writes it; where it can't be, the warehouse is published all the same."""
    from .report import main as write

    if write(["--warehouse", str(warehouse)]) != PUBLISHED:
        print("The warehouse is published; only its report isn't written.", file=sys.stderr)


def hide_urls(options: argparse.Namespace, given: list[str]) -> None:
    shown = places.without_urls(given)
    if shown != given:
        places.begin_again("build", shown, options.adapters)


def publish_marts(options: argparse.Namespace, said: outcome.Outcome) -> int:
    try:
        from .publish_marts import publish_marts

        publish_marts(options.warehouse, options.publish_marts, options.without)
    except BuildError as error:
        said.complain(f"{error}\n{WITHOUT_MARTS}")
        return REFUSED
    except KeyboardInterrupt:
        said.complain(f"stopped, as you asked. {WITHOUT_MARTS}")
        return REFUSED
    return PUBLISHED


def build(options: argparse.Namespace, said: outcome.Outcome | None = None) -> int:
    """Builds, tests and publishes; says on stderr why not."""
    said = said or outcome.Outcome()
    try:
        return build_or_begin_again(options, said)
    except (BuildError, InputError) as error:
        refuse(said, str(error))
        return getattr(error, "status", REFUSED)
    except KeyboardInterrupt:
        refuse(said, STOPPED)
        return REFUSED
    except Exception as error:
        import duckdb

        # A full disk, most likely: it can fill up at any step.
        if not isinstance(error, (OSError, duckdb.Error)):
            raise
        refuse(said, f"{concise(str(error))}\n{NOT_PUBLISHED}")
        return REFUSED


def build_or_begin_again(options: argparse.Namespace, said: outcome.Outcome) -> int:
    """With changed settings the build begins again, in a process that takes this one's place."""
    loaded: list[str] = []
    try:
        with work_folder(options.warehouse) as folder:
            from .building import former, unchanged

            former.check_ours(options.publish_marts)
            loaded = former.files_to_build_upon(options)
            built_of = unchanged.fingerprint(options)
            if unchanged.is_unchanged(options, folder, built_of):
                print(UNCHANGED)
                said.is_unchanged = True
                return PUBLISHED
            options.only_rows = (
                bool(loaded)
                and not options.rebuild_from_store
                and unchanged.only_rows_are_new(options, folder, built_of)
            )
            steps(options.target).build(options, folder, loaded)
            unchanged.remember(options, folder, built_of)
    except ChangedSettings as change:
        status, why = former.build_anew(options, loaded, str(change))
        # The build from the store has said so on standard error.
        said.complaints.append(why)
        return status
    return PUBLISHED


def refuse(said: outcome.Outcome, why: str) -> None:
    said.complain(f"{why}\n{REBUILT_BEFORE}" if os.environ.get(REBUILT) else why)


def steps(target: str):
    """The module that builds warehouses of the target."""
    from .targets import file, lake, spark

    return {"duckdb": file, "ducklake": lake, "spark": spark}[target]


if __name__ == "__main__":
    sys.exit(main())
