"""dbt for the tests: imported once in each test process, with the project's manifests and compiled
macros. Each command runs in a process of its own, forked from this one, as dbt and DuckDB hold on
to what they opened.

A line of JSON on stdin is a command: arguments, variables, environment, and a file for what is
said. A line on stdout is its exit code.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import lru_cache
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt_common.clients.jinja import template_cache

from contact_center import ROOT, manifests

ALWAYS_READ = {"parse", "clean", "deps", "debug"}


def serve() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ.clear()
        os.environ.update(asked["environment"])
        known = kept_manifest(manifests.path_of("duckdb", asked["variables"]))
        child = os.fork()
        if child == 0:
            # Ends as any program does, so that DuckDB closes its file.
            sys.exit(run(asked["arguments"], asked["variables"], asked["said"], known))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def kept_manifest(path: Path) -> Manifest | None:
    """None for what is still to be made; then a child makes it, and the next one finds it."""
    return manifest_of_file(path) if path.exists() else None


@lru_cache(maxsize=4)
def manifest_of_file(path: Path) -> Manifest | None:
    found = manifests.read(path)
    for macro in found.macros.values() if found else ():
        template_cache.get_node_template(macro)
    return found


def run(arguments: list[str], variables: dict, said: str, manifest: Manifest | None) -> int:
    """Exit code as dbt's own: 0 well, 1 something failed, 2 it couldn't be done."""
    # What dbt holds on to is many small objects, none of which goes before the process does.
    gc.disable()
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.chdir(ROOT)
    if arguments[0] in ALWAYS_READ:
        manifest = None
    elif manifest is None:
        folder = Path(arguments[arguments.index("--target-path") + 1])
        manifest = manifests.manifest("duckdb", variables, folder)
    outcome = dbtRunner(manifest=manifest).invoke(
        ["--no-use-colors", *arguments, "--vars", json.dumps(variables)]
    )
    if outcome.success:
        return 0
    if outcome.exception:
        print(outcome.exception)
        return 2
    return 1


if __name__ == "__main__":
    serve()
