"""Quarantined rows, and the counts of every table."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from reference.arithmetic import blank_unless
from reference.contract import ACCEPTED, DUPLICATE, TABLES, Record, Row


def written(value: Any) -> str | None:
    """A part of a key as text: an instant in UTC without an offset."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value


def quarantine_records(feed: dict[str, list[Row]]) -> list[Record]:
    records = []
    for name, rows in feed.items():
        for row in rows:
            if row.fate in (ACCEPTED, DUPLICATE):
                continue
            key = [written(row.content(column)) for column in TABLES[name].key]
            records.append(
                {
                    "table_name": name,
                    "row_key": None if None in key else "|".join(key),
                    "reason": row.fate,
                    "row_text": json.dumps(row.raw, ensure_ascii=False, sort_keys=True),
                    "ingested_at": row.ingested_at,
                }
            )
    return records


def feed_records(feed: dict[str, list[Row]], measured: set[str]) -> list[Record]:
    records = []
    for name, rows in feed.items():
        fates = [row.fate for row in rows]
        accepted, duplicates = fates.count(ACCEPTED), fates.count(DUPLICATE)
        counts = {
            "raw_row_count": len(rows),
            "accepted_row_count": accepted,
            "duplicate_row_count": duplicates,
            "quarantined_row_count": len(rows) - accepted - duplicates,
            "moved_row_count": sum(row.is_moved for row in rows),
        }
        is_measured = name in measured
        records.append(
            {
                "table_name": name,
                "is_measured": is_measured,
                **blank_unless(is_measured, counts),
            }
        )
    return records
