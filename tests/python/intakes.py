"""What intake makes of a folder, and the smallest folder that can be built."""

from __future__ import annotations

from pathlib import Path

import duckdb

from contact_center.intake import DATABASE, Places, reading
from contact_center.intake.files import Load

EVENTS = [
    {"event_id": "e1", "session_id": "s1", "event_type": "queued",
     "occurred_at": "2026-03-05T09:00:00.000Z"},
]
REQUIRED = {
    "raw_sessions": [{"session_id": "s1", "started_at": "2026-03-05T09:00:00Z"}],
    "raw_session_events": EVENTS,
}


class Read:
    """What intake makes of a folder."""

    def __init__(
        self, data_dir: Path, loads: list[Load] | None = None, is_build: bool = True,
        text_encoding: str = "",
    ) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        places = Places(str(data_dir), text_encoding=text_encoding)
        self.found = reading.read(
            self.connection, places, loads, data_dir.parent / f"{data_dir.name} aside", is_build
        )
        reading.show(self.connection, places, self.found)

    def rows(self, sql: str) -> list[tuple]:
        self.connection.execute(f"use {DATABASE}.raw")
        return self.connection.execute(sql).fetchall()

    def loads(self, build_number: int = 1) -> list[Load]:
        return [
            Load(*row, build_number) for row in self.rows(
                "select table_name, folder, file, byte_count, modified_at from files_of_this_build"
            )
        ]


def agents(read: Read) -> list[str]:
    return [name for (name,) in read.rows("select agent_name from raw_agents order by agent_id")]


def put_agents(folder: Path, data: bytes, name: str = "raw_agents.csv") -> Read:
    """What intake makes of a folder with this file in it."""
    (folder / name).write_bytes(data)
    return Read(folder)
