"""The tables and columns of the raw event contract, in the order in which they are written."""

from ..intake import contract

TEXT = "varchar"
TIMESTAMP = "timestamp"
INTEGER = "integer"
BOOLEAN = "boolean"

TABLES = {table: list(contract.columns(table)) for table in contract.tables()}
# The column that carries a table's own instant; what the bad rows change.
TIMESTAMP_COLUMNS = {
    table: described["time"]
    for table, described in contract.tables().items() if "time" in described
}
EVENT_TABLES = {table: TABLES[table] for table in TIMESTAMP_COLUMNS}
REFERENCE_TABLES = {
    table: columns for table, columns in TABLES.items() if table not in EVENT_TABLES
}


def _type(contract_type: object) -> str:
    """The type that a column has in Parquet."""
    if contract_type in (TIMESTAMP, INTEGER, BOOLEAN):
        return str(contract_type)
    is_number = isinstance(contract_type, dict) and "enum" not in contract_type
    return INTEGER if is_number else TEXT


def column_type(table: str, column: str) -> str:
    """The type that a column of a table has in Parquet."""
    return _type(contract.columns(table)[column])


def key_column(table: str) -> str:
    """The first column of every table is its key (raw_agent_teams: part of it)."""
    return TABLES[table][0]
