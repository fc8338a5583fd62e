"""Replaces customers by random pseudonyms in a warehouse, for good: rows of theirs that come in
later, from old files too, come in erased."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import default_warehouse
from .building import PUBLISHED, REFUSED, BuildError
from .terminal import decoded, not_there


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/erase",
        description="Replaces the ids of customers in every relation of a warehouse by random "
        "ones, and remembers only a keyed hash of each, so that their rows come in erased from now "
        "on. Figures don't move. What it can't reach (exports, copies, backups, the source's "
        "files) is listed in docs/privacy.md.",
        epilog="Ids on the command line can be seen by other users of the machine: --from takes "
        "them from a file. Exit status: 0 erased, 1 refused, 2 the command was not understood, 3 a "
        "build is running.",
    )
    parser.add_argument(
        "--customer", action="append", default=[], metavar="ID", dest="customers",
        help="a customer_id; may be given several times",
    )
    parser.add_argument(
        "--from", type=Path, metavar="FILE", dest="file",
        help="a file with one customer_id a line; - is the standard input",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="PATH",
        help="file, or folder of a lake (default: $CONTACT_CENTER_WAREHOUSE, else "
        "warehouse/contact_center.duckdb)",
    )
    options = parser.parse_args(arguments)
    if not options.customers and not options.file:
        parser.error("nobody is named: --customer ID, or --from FILE with an id a line")
    if options.file and str(options.file) != "-" and not options.file.is_file():
        parser.error(f"--from '{options.file}' isn't a file that is there")
    if "" in options.customers:
        parser.error("--customer needs an id")
    options.warehouse = (options.warehouse or default_warehouse()).resolve()
    if not os.path.exists(options.warehouse):
        parser.error(f"--warehouse {not_there(options.warehouse)}")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Exit status: see building/__init__.py."""
    options = parse(arguments)
    from .building.folder import emptied_unless_looked_at, empty, work_folder
    from .erasing import erase

    try:
        customers = customers_of(options)
        with work_folder(options.warehouse) as folder, emptied_unless_looked_at(folder):
            # What a failed build left for a look has the customers too.
            empty(folder)
            erase(options.warehouse, customers, folder)
    except BuildError as error:
        print(f"erase: {error}", file=sys.stderr)
        return error.status
    except Exception as error:
        import duckdb

        if not isinstance(error, (OSError, duckdb.Error)):
            raise
        print(f"erase: {error}\nNothing was changed.", file=sys.stderr)
        return REFUSED
    return PUBLISHED


def customers_of(options: argparse.Namespace) -> list[str]:
    """Each once, in the order in which they are named."""
    named = list(options.customers)
    if options.file:
        is_given = str(options.file) == "-"
        named += lines_of(sys.stdin.buffer.read() if is_given else options.file.read_bytes())
    customers = list(dict.fromkeys(name for name in named if name))
    if not customers:
        raise BuildError(f"--from '{options.file}' names nobody. Nothing was changed.")
    return customers


def lines_of(file: bytes) -> list[str]:
    """Each is an id."""
    try:
        text = decoded(file)
    except UnicodeDecodeError:
        raise BuildError("the file of ids isn't UTF-8; save it so. Nothing was changed.") from None
    return [line.strip("\r") for line in text.split("\n")]


if __name__ == "__main__":
    sys.exit(main())
