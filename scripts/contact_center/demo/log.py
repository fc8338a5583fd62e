"""The rows of the contract's tables, as the systems of a contact centre write them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from ..intake import contract
from .chance import Chance
from .clocks import text

# The column of a table that says when, and what its ids begin with; ids are numbered in time.
EVENT_TABLES = {
    "raw_sessions": "started_at", "raw_session_events": "occurred_at", "raw_messages": "sent_at",
    "raw_agent_events": "occurred_at", "raw_focus_events": "occurred_at",
    "raw_survey_requests": "sent_at", "raw_evaluations": "submitted_at",
    "raw_tag_events": "occurred_at",
}
PREFIXES = {
    "raw_session_events": "e", "raw_messages": "m", "raw_agent_events": "a",
    "raw_focus_events": "f", "raw_evaluations": "v", "raw_survey_requests": "q",
    "raw_tag_events": "t",
}
NAMES_LANDED = "2025-10-01T00:00:00Z"


class Log:
    """Rows of event tables hold their instant in `at`, until they are written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in contract.tables()}

    def add(self, table: str, at: int, **values: Any) -> dict[str, Any]:
        row = {"at": at, **values}
        self.rows[table].append(row)
        return row

    def event(self, session: str, at: int, kind: str, **values: Any) -> None:
        self.add("raw_session_events", at, session_id=session, event_type=kind, **values)

    def message(self, session: str, at: int, sender: str, **values: Any) -> None:
        self.add("raw_messages", at, session_id=session, sender_type=sender, **values)

    def name(self, table: str, **values: Any) -> None:
        """A row of a reference table."""
        self.rows[table].append({**values, "ingested_at": NAMES_LANDED})

    def cut(self, session_ends: dict[str, int], agent_ends: dict[str, int]) -> None:
        """What comes after the end of a company's data isn't there yet."""
        for table in EVENT_TABLES:
            if table != "raw_sessions":
                self.rows[table] = [
                    row for row in self.rows[table]
                    if row["at"] < (
                        session_ends[row["session_id"]] if "session_id" in row
                        else agent_ends[row["agent_id"]]
                    )
                ]

    def finish(self) -> None:
        """Order in time, ids, and when each row landed: some seconds later."""
        for table, column in EVENT_TABLES.items():
            rows = self.rows[table]
            rows.sort(key=lambda row: row["at"])
            chance = Chance("landing", table)
            key = next(iter(contract.columns(table)))
            for number, row in enumerate(rows, start=1):
                at = row.pop("at")
                row[column] = text(at)
                row["ingested_at"] = text(at + chance.between(1, 20))
                if table in PREFIXES:
                    row[key] = f"{PREFIXES[table]}{number:05}"
                if "request_id" in row and table == "raw_evaluations":
                    row["request_id"] = row["request_id"]["request_id"]

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(
                    file, list(contract.columns(table)), lineterminator="\n", restval=""
                )
                writer.writeheader()
                writer.writerows(rows)
