"""Writes bi/: what Superset and MetricFlow are told of the marts, made of their YAML."""

from __future__ import annotations

import argparse
import sys


def parse(arguments: list[str] | None) -> argparse.Namespace:
    return argparse.ArgumentParser(
        prog="./scripts/write-bi",
        description="Writes the files in bi/ anew from the YAML that documents the marts.",
    ).parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 written, 1 the YAML doesn't say what is needed, 2 the command was wrong."""
    parse(arguments)
    from .semantics.catalogue import CatalogueError
    from .semantics.writing import write

    try:
        changed = write()
    except CatalogueError as error:
        print(f"write-bi: {error}", file=sys.stderr)
        return 1
    print("\n".join([f"bi/{name}" for name in changed]) or "bi/ is as the YAML makes it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
