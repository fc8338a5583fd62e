"""Pieces of SQL text for DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..extensions import literal

__all__ = ["literal", "name", "path", "paths", "text_columns"]


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def path(value: str | Path) -> str:
    """A path as a text in which every character stands for itself."""
    text = str(value)
    for character in "[*?":
        # An opening bracket first, as the others are put into brackets.
        text = text.replace(character, f"[{character}]")
    return literal(text)


def paths(values: Iterable[str | Path]) -> str:
    return "[" + ", ".join(path(value) for value in values) + "]"


def text_columns(names: Iterable[str]) -> str:
    """Columns for a reader, all text."""
    return "{" + ", ".join(f"{literal(column)}: 'varchar'" for column in names) + "}"
