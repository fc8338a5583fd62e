"""The event contract as Python reads it, of the one place that holds it: the macro contract()."""

from __future__ import annotations

from functools import cache
from typing import Any

from . import Persons
from .macros import Project


@cache
def _project() -> Project:
    return Project()


@cache
def tables() -> dict[str, dict[str, Any]]:
    """table -> what the contract says of it; see the macro."""
    return _project().call("contract")


@cache
def required_tables() -> list[str]:
    return _project().call("required_tables")


@cache
def around_documents() -> dict[str, str]:
    """column -> type of what a JSON document's row holds beside the document's fields."""
    return _project().call("columns_around_documents")


def columns(table_name: str) -> dict[str, Any]:
    """column -> type, ingested_at included."""
    return {**tables()[table_name]["columns"], "ingested_at": "timestamp"}


def without_persons(expressions: dict[str, str], persons: Persons) -> dict[str, str]:
    """A contract table's columns with other values for those that hold persons."""
    return _project().call("without_persons", expressions, persons.kinds, persons.has_erased)
