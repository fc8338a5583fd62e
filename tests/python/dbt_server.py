"""dbt for the tests: imported once in each test process, with the project's manifests and its
compiled templates. Each command runs in a process of its own, forked from this one, as dbt and
DuckDB hold on to what they opened.

A line of JSON on stdin is a command: arguments, variables, environment, and a file for what is
said. A line on stdout is its exit code.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import cache, lru_cache, partial
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt_common.clients.jinja import get_environment, template_cache
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from jinja2 import Environment

from contact_center import ROOT, manifests

ALWAYS_READ = {"parse", "clean", "deps", "debug"}


compile_template = Environment.compile
fire_event = EventManager.fire_event
make_event = BaseEvent.__init__


def serve() -> None:
    Environment.compile = compiled_once
    EventManager.fire_event = fire_event_that_is_said
    BaseEvent.__init__, BaseEvent.__getattr__ = make_event_later, made_when_read
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
    if found:
        for macro in found.macros.values():
            template_cache.get_node_template(macro)
        for node in found.nodes.values():
            get_environment().compile(node.raw_code)
    return found


# A template's code depends on nothing but its text and the kind of its environment; dbt makes an
# environment for each.
@cache
def code_of(kind: type[Environment], source: str):
    return compile_template(get_environment(native=kind is NATIVE), source)


NATIVE = type(get_environment(native=True))


def compiled_once(environment: Environment, source, *arguments, **named):
    is_plain = isinstance(source, str) and not arguments and not named
    if is_plain and type(environment) in (NATIVE, type(get_environment())):
        return code_of(type(environment), source)
    return compile_template(environment, source, *arguments, **named)


# Nobody reads debug messages of tests, of which dbt makes dozens for each model: they aren't made.
def make_event_later(event: BaseEvent, *arguments, **given) -> None:
    event.__dict__["later"] = partial(make_event, event, *arguments, **given)


def made_when_read(event: BaseEvent, name: str):
    if name == "pb_msg":
        event.__dict__["later"]()
        return event.__dict__["pb_msg"]
    return getattr(event.pb_msg, name)


def fire_event_that_is_said(manager: EventManager, event, level=None, *rest, **named) -> None:
    if (level or event.level_tag()) != EventLevel.DEBUG:
        fire_event(manager, event, level, *rest, **named)


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
