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
    return INTEGER if isinstance(contract_type, dict) and "range" in contract_type else TEXT


# A column means the same in every table.
_TYPES = {
    column: _type(contract_type)
    for table in TABLES for column, contract_type in contract.columns(table).items()
}


def column_type(column: str) -> str:
    """The type that a column has in Parquet."""
    return _TYPES[column]


def key_column(table: str) -> str:
    """The first column of every table is its key (raw_agent_teams: part of it)."""
    return TABLES[table][0]
