"""All tables of the contract."""

from __future__ import annotations

from reference.contract import Table
from reference.event_tables import EVENT_TABLES
from reference.reference_tables import REFERENCE_TABLES

TABLES: dict[str, Table] = {**EVENT_TABLES, **REFERENCE_TABLES}
