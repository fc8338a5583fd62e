"""dbt's hook: reads what the run's variables name, once for each run, before dbt asks for it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import yaml
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags
from dbt_common.invocation import get_invocation_id
from duckdb import DuckDBPyConnection

from .. import persons
from ..building.variables import as_given
from . import Persons, Places, reading
from .loads import loads_of

# The variables of dbt's command where it doesn't tell them.
VARIABLES = "CONTACT_CENTER_VARS"
BUILDING = ("build", "run")
# Commands that need the files' columns only.
COMPILING = ("compile", "show")
# dbt source freshness looks at all rows of the files, loaded or not.
LOOKING = ("freshness",)


class Plugin(BasePlugin):
    def initialize(self, plugin_config: dict[str, Any]) -> None:
        self.lock = threading.Lock()
        self.invocation: str | None = None

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Every connection's, after the lake is attached. A process may run dbt several times."""
        with self.lock:
            if key := persons.given_key():
                persons.tell(cursor, "pseudonym", key)
            if self.invocation != get_invocation_id():
                self.erased = persons.forgotten(cursor, self.creds.database)
                if self.erased:
                    persons.tell_erased(cursor, *self.erased)
                self.prepare(cursor)
                self.invocation = get_invocation_id()
            elif self.erased:
                persons.tell_erased(cursor, *self.erased)

    def prepare(self, cursor: DuckDBPyConnection) -> None:
        flags = get_flags()
        command = getattr(flags, "WHICH", None)
        places = Places()
        found = reading.Found()
        if command in BUILDING + COMPILING + LOOKING:
            places = places_of(variables(flags), bool(self.erased))
            loads = None
            if command not in LOOKING and not getattr(flags, "FULL_REFRESH", False):
                loads = loads_of(cursor, self.creds.database)
            aside = work_folder(self.creds.path)
            atexit.register(shutil.rmtree, aside, ignore_errors=True)
            found = reading.read(
                cursor, places, loads, aside, command in BUILDING, build_taken_up(flags, loads)
            )
        reading.show(cursor, places, found)


def variables(flags: Any) -> dict[str, Any]:
    """Those of the project's file, and over them those of the command."""
    project = {}
    folder = getattr(flags, "PROJECT_DIR", None)
    if folder and (file := Path(folder) / "dbt_project.yml").exists():
        project = yaml.safe_load(file.read_text()).get("vars") or {}
    project = {**project, **(project.get("contact_center") or {})}
    given = getattr(flags, "VARS", None)
    if given is None:
        given = json.loads(os.environ.get(VARIABLES, "{}"))
    given = yaml.safe_load(given) if isinstance(given, str) else given
    return {**project, **{name: as_given(value) for name, value in given.items()}}


def places_of(given: dict[str, Any], has_erased: bool) -> Places:
    """What isn't known among `pseudonymise` is refused in SQL (check_pseudonymise)."""
    adapters = given.get("adapters") or {}
    kinds = given.get("pseudonymise") or ()
    return Places(
        str(given.get("data_dir") or ""),
        {str(name): str(place) for name, place in adapters.items() if place},
        Persons(tuple(kind for kind in persons.KINDS if kind in kinds), has_erased),
        str(given.get("text_encoding") or ""),
    )


def build_taken_up(flags: Any, loads: list | None) -> int | None:
    """The build that `dbt retry` goes on with: the files that it loaded are those of this one."""
    if "retry" in str(getattr(flags, "INVOCATION_COMMAND", "")).split() and loads:
        return max(load.build_number for load in loads)
    return None


def work_folder(warehouse: str) -> Path:
    """Beside what is being built. Of a lake the catalogue's copy is."""
    if warehouse == ":memory:":
        warehouse = os.environ.get("CONTACT_CENTER_CATALOG") or os.environ.get(
            "CONTACT_CENTER_WAREHOUSE", "warehouse/ducklake"
        )
    path = Path(warehouse).absolute()
    return path.parent / f".{path.name}.input"
