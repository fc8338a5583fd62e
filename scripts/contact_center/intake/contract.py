"""The event contract as Python reads it, of the one place that holds it: the macro contract()."""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn

import jinja2

from .. import ROOT

FILE = ROOT / "macros" / "staging" / "contract.sql"


class _Returned(Exception):
    pass


def _give_back(value: object) -> NoReturn:
    """What `return` is to a macro of dbt."""
    raise _Returned(value)


@cache
def _macro(name: str) -> Any:
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals["return"] = _give_back
    try:
        getattr(environment.from_string(FILE.read_text()).module, name)()
    except _Returned as returned:
        return returned.args[0]
    raise ValueError(f"the macro {name} of {FILE} returns nothing")


def tables() -> dict[str, dict[str, Any]]:
    """table -> what the contract says of it; see the macro."""
    return _macro("contract")


def required_tables() -> list[str]:
    return _macro("required_tables")


def columns(table_name: str) -> dict[str, Any]:
    """column -> type, ingested_at included."""
    return {**tables()[table_name]["columns"], "ingested_at": "timestamp"}
