"""Quarantined rows, and the counts of every table."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from reference.arithmetic import blank_unless
from reference.contract import ACCEPTED, DUPLICATE, Record, Row
from reference.tables import TABLES


def written(value: Any) -> str | None:
    """A part of a key as text: an instant in UTC without an offset."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return None if value is None else str(value)


def quarantine_records(feed: dict[str, list[Row]], feed_name: str) -> list[Record]:
    records = []
    for name, rows in feed.items():
        for row in rows:
            if row.fate in (ACCEPTED, DUPLICATE):
                continue
            key = [written(row.content(column)) for column in TABLES[name].key]
            records.append(
                {
                    "feed": feed_name,
                    "table_name": name,
                    "row_key": None if None in key else "|".join(key),
                    "reason": row.fate,
                    "ingested_at": row.ingested_at if row.says_landing else None,
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
        counts |= times(name, [row for row in rows if row.fate == ACCEPTED])
        is_measured = name in measured
        records.append(
            {
                "table_name": name,
                "is_measured": is_measured,
                **blank_unless(is_measured, counts),
            }
        )
    return records


def times(name: str, accepted: list[Row]) -> Record:
    """When the latest rows happened and landed, and how long rows take to land."""
    landed = [row for row in accepted if row.says_landing]
    time = TABLES[name].time
    lags = sorted(
        math.floor((row.ingested_at - row.came[time]).total_seconds()) for row in landed if time
    )
    return {
        "latest_event_at": max((row[time] for row in accepted), default=None) if time else None,
        "latest_ingested_at": max((row.ingested_at for row in landed), default=None),
        **{
            f"p{share}_lag_seconds": lags[math.ceil(len(lags) * share / 100) - 1] if lags else None
            for share in (50, 95)
        },
    }
