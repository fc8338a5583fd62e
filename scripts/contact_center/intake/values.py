"""How a column of a file becomes a column of a view."""

from __future__ import annotations

from . import sql
from .oddities import Oddities

WHOLE_NUMBERS = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
}
NATIVE_TYPES = {"timestamp": "timestamp", "integer": "bigint"}


def text(expression: str) -> str:
    """A value as text, the empty text as NULL."""
    return f"nullif(cast({expression} as varchar), '')"


def text_of(column: str, contract_type: object, source_type: str) -> str:
    """A column as text; of a file's times of day and midnights what the contract writes of them."""
    if contract_type == "local_time" and source_type == "TIME":
        return f"regexp_replace({text(sql.name(column))}, ':00$', '')"
    if contract_type == "local_date" and source_type.startswith("TIMESTAMP"):
        return f"regexp_replace({text(sql.name(column))}, ' 00:00:00([+]00)?$', '')"
    return text(sql.name(column))


def is_native(contract_type: object, source_type: str) -> bool:
    """True where a file's own type says as much as the contract's."""
    if contract_type == "timestamp":
        return source_type.startswith("TIMESTAMP") or source_type == "DATE"
    return contract_type == "integer" and source_type in WHOLE_NUMBERS


def contract_value(
    column: str, contract_type: object, source_type: str | None, native: bool,
    oddities: Oddities,
) -> str:
    """`source_type`: None where the file lacks the column; `native`: see native_columns."""
    if source_type is None:
        return f"cast(null as {NATIVE_TYPES[str(contract_type)] if native else 'varchar'})"
    if native and source_type == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({sql.name(column)}))"
    if native:
        return f"cast({sql.name(column)} as {NATIVE_TYPES[str(contract_type)]})"
    value = text_of(column, contract_type, source_type)
    return oddities.value(column, value, source_type)


def native_columns(columns: dict[str, object], sources: list[dict[str, str]]) -> set[str]:
    """The columns that every source that has them holds as the contract's type. `sources`: the
    types of each one's columns."""
    return {
        column
        for column, contract_type in columns.items()
        if sources
        and isinstance(contract_type, str) and contract_type in NATIVE_TYPES
        and all(is_native(contract_type, types[column]) for types in sources if column in types)
    }
