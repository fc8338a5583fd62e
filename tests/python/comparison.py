"""Compares the relations of a warehouse, cell by cell, with those of the second computation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from reference import Record

Rows = list[dict[str, Any]]

TOLERANCE = 1e-9
ALL_DAYS = (date(2020, 1, 1), date(2035, 12, 31))

CONTACT_DIMENSIONS = (
    "company_id", "agent_id", "team_id", "skill_id", "campaign_id", "channel_id", "disposition",
    "direction", "contact_type",
)
QUEUE_DIMENSIONS = ("company_id", "skill_id", "campaign_id", "channel_id", "direction")
SESSION_DIMENSIONS = ("company_id", "channel_id", "direction", "campaign_id", "first_skill_id")
RESOLUTION_DIMENSIONS = ("company_id", "channel_id", "skill_id", "agent_id")
SURVEY_DIMENSIONS = (
    "company_id", "kind", "scale_min", "scale_max", "agent_id", "channel_id", "skill_id",
)
DURATION_DIMENSIONS = ("company_id", "measure", "skill_id", "channel_id")
# What names a row of each relation.
KEYS: dict[str, tuple[str, ...]] = {
    "session_analysis_daily": ("company_id", "date_day"),
    "session_analysis_aggregated": ("company_id",),
    "satisfaction_daily": ("company_id", "date_day", "score"),
    "agent_analysis_daily": ("company_id", "agent_id", "date_day"),
    "agent_analysis_aggregated": ("company_id", "agent_id"),
    "digital_metrics_daily": ("date_day", *CONTACT_DIMENSIONS),
    "digital_metrics_aggregated": CONTACT_DIMENSIONS,
    "digital_metrics_by_tag_daily": ("date_day", "tag_name", *CONTACT_DIMENSIONS),
    "tag_metrics_daily": ("company_id", "date_day", "tag_name"),
    "fct_sessions": ("session_id",),
    "fct_agent_contacts": ("session_id", "contact_number"),
    "fct_agent_sessions": ("session_id", "agent_id"),
    "fct_turns": ("session_id", "turn_number"),
    "fct_agent_states": ("agent_id", "state", "started_at"),
    "fct_focus": ("session_id", "agent_id", "started_at"),
    "feed_quality": ("table_name",),
    "fct_queue_legs": ("session_id", "leg_number"),
    "queue_metrics_interval": ("interval_started_at", *QUEUE_DIMENSIONS),
    "queue_metrics_daily": ("date_day", *QUEUE_DIMENSIONS),
    "queue_metrics_aggregated": QUEUE_DIMENSIONS,
    "dim_intervals": ("time_zone", "interval_started_at"),
    "session_metrics_daily": ("date_day", *SESSION_DIMENSIONS),
    "session_metrics_aggregated": SESSION_DIMENSIONS,
    "contact_metrics_daily": ("date_day", *CONTACT_DIMENSIONS),
    "contact_metrics_aggregated": CONTACT_DIMENSIONS,
    "fct_agent_activity": ("agent_id", "started_at"),
    "agent_activity_interval": ("company_id", "agent_id", "interval_started_at"),
    "agent_activity_daily": ("company_id", "agent_id", "date_day"),
    "agent_activity_aggregated": ("company_id", "agent_id"),
    "agent_state_reasons_daily": ("company_id", "agent_id", "date_day", "state", "reason"),
    "duration_histogram_daily": ("date_day", "upper_seconds", *DURATION_DIMENSIONS),
    "fct_offers": ("session_id", "offer_number"),
    "open_spans": ("calendar_id", "opened_at"),
    "fct_sla": ("session_id", "metric", "clock_number"),
    "sla_metrics_daily": (
        "date_day", "company_id", "skill_id", "channel_id", "priority", "policy_id", "metric",
    ),
    "fct_resolutions": ("session_id",),
    "resolution_metrics_daily": ("date_day", *RESOLUTION_DIMENSIONS),
    "resolution_metrics_aggregated": RESOLUTION_DIMENSIONS,
    "fct_transfers": ("session_id", "transfer_number"),
    "transfers_daily": (
        "company_id", "date_day", "from_agent_id", "from_skill_id", "to_agent_id", "to_skill_id",
    ),
    "backlog_daily": ("company_id", "skill_id", "channel_id", "date_day"),
    "bot_metrics_daily": ("company_id", "channel_id", "date_day"),
    "fct_evaluations": ("session_id", "kind"),
    "survey_metrics_daily": ("date_day", *SURVEY_DIMENSIONS),
    "survey_metrics_aggregated": SURVEY_DIMENSIONS,
    "survey_requests_daily": ("company_id", "kind", "channel_id", "agent_id", "date_day"),
}
# Functions of a range of days.
FUNCTION_KEYS: dict[str, tuple[str, ...]] = {
    "session_analysis": KEYS["session_analysis_aggregated"],
    "agent_analysis": KEYS["agent_analysis_aggregated"],
    "digital_metrics": KEYS["digital_metrics_aggregated"],
    "queue_metrics": QUEUE_DIMENSIONS,
    "session_metrics": SESSION_DIMENSIONS,
    "contact_metrics": CONTACT_DIMENSIONS,
    "agent_activity": KEYS["agent_activity_aggregated"],
    "duration_percentiles": DURATION_DIMENSIONS,
    "resolution_metrics": RESOLUTION_DIMENSIONS,
    "survey_metrics": SURVEY_DIMENSIONS,
    "arrivals_heatmap": (
        "company_id", "skill_id", "channel_id", "direction", "iso_day_of_week", "local_half_hour",
    ),
}
# Rows of these may be the same twice: they are counted.
COUNTED = ("fct_durations",)
# What isn't published.
INTERNAL = {"open_spans": "intermediate"}
# The reference's name of a column and the models' own.
RENAMED: dict[str, dict[str, str]] = {
    "fct_agent_sessions": {"is_transferred_out": "is_transferred"},
    "fct_agent_states": {"seconds": "state_seconds", "is_inferred_end": "is_end_inferred"},
}
# What the reference tells besides; a fact leaves it to whoever counts or adds.
ONLY_IN_REFERENCE: dict[str, set[str]] = {
    "agent_analysis": {"presence_seconds"},
    "agent_analysis_daily": {"presence_seconds"},
    "agent_analysis_aggregated": {"presence_seconds"},
    "fct_sessions": {"close_count"},
    "fct_agent_contacts": {"follow_on_response_count"},
    "fct_turns": {"contact_number", "is_agent_response", "is_customer_response"},
    "fct_focus": {"contact_number"},
}


def adapted(relation: str, records: list[Record]) -> Rows:
    """Records of the reference in the columns of the models."""
    names = RENAMED.get(relation, {})
    dropped = ONLY_IN_REFERENCE.get(relation, set())
    rows = [
        {
            names.get(column, column): comparable(value)
            for column, value in record.items()
            if column not in dropped
        }
        for record in records
    ]
    for number, (row, record) in enumerate(zip(rows, records, strict=True)):
        if relation in ("fct_turns", "fct_focus"):
            contact = record["contact_number"]
            row["agent_contact_id"] = contact and f"{record['session_id']}#{contact}"
        if relation == "fct_turns":
            before = records[number - 1] if record["turn_number"] > 1 else record
            row["is_response"] = before["side"] != record["side"]
    return rows


def comparable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        if isinstance(one, bool) != isinstance(other, bool):
            return False
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def read_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> Rows:
    schema = INTERNAL.get(relation, "marts")
    cursor = connection.execute(f"from {schema}.{relation}")
    columns = [column[0] for column in cursor.description]
    return [
        {column: comparable(value) for column, value in zip(columns, row, strict=True)}
        for row in cursor.fetchall()
    ]


def by_key(rows: Rows, key_columns: tuple[str, ...]) -> dict[tuple, dict[str, Any]]:
    return {tuple(row[column] for column in key_columns): row for row in rows}


def differences(relation: str, key_columns: tuple[str, ...], mine: Rows, theirs: Rows) -> Iterator:
    """A line for each row or cell in which models and reference don't agree."""
    my_rows, their_rows = by_key(mine, key_columns), by_key(theirs, key_columns)
    if len(my_rows) < len(mine):
        yield f"{relation}: {len(mine) - len(my_rows)} rows repeat a key of {key_columns}"
    if len(their_rows) < len(theirs):
        yield f"{relation}: the reference repeats a key of {key_columns}"
    for key in sorted(my_rows.keys() | their_rows.keys(), key=str):
        where = f"{relation} {', '.join(map(str, key))}"
        if key not in their_rows:
            yield f"{where}: only in the models"
        elif key not in my_rows:
            yield f"{where}: only in the reference"
        else:
            for column, expected in their_rows[key].items():
                if column not in my_rows[key]:
                    yield f"{where}: the models lack the column {column}"
                elif not is_same(my_rows[key][column], expected):
                    found = my_rows[key][column]
                    yield f"{where}: {column} is {found!r}, the reference says {expected!r}"


def quarantine_differences(mine: Rows, theirs: list[Record]) -> Iterator[str]:
    def fates(rows: list[dict]) -> Counter:
        return Counter((row["table_name"], row["row_key"], row["reason"]) for row in rows)

    my_fates, their_fates = fates(mine), fates(theirs)
    for fate in sorted(my_fates.keys() | their_fates.keys(), key=str):
        if my_fates[fate] != their_fates[fate]:
            yield (
                f"quarantined_rows {', '.join(map(str, fate))}: {my_fates[fate]} times, "
                f"the reference says {their_fates[fate]}"
            )


def counted_differences(relation: str, mine: Rows, theirs: Rows) -> Iterator[str]:
    """Rows that one side has more often, by the reference's columns."""
    columns = list(theirs[0]) if theirs else list(mine[0]) if mine else []

    def counted(rows: Rows) -> Counter:
        return Counter(
            tuple(
                round(row[column], 6) if isinstance(row[column], float) else row[column]
                for column in columns
            )
            for row in rows
        )

    my_rows, their_rows = counted(mine), counted(theirs)
    for row in sorted(my_rows.keys() | their_rows.keys(), key=str):
        if my_rows[row] != their_rows[row]:
            said = dict(zip(columns, row, strict=True))
            yield f"{relation} {said}: {my_rows[row]} times, in the reference {their_rows[row]}"


def all_differences(
    warehouse: Path, reference: dict[str, list[Record]], days: tuple[date, date] = ALL_DAYS
) -> Iterator[str]:
    """days: the range with which the reference was computed."""
    first_day, last_day = days
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for relation, key_columns in KEYS.items():
            theirs = adapted(relation, reference[relation])
            yield from differences(relation, key_columns, read_rows(connection, relation), theirs)
        for relation in COUNTED:
            theirs = adapted(relation, reference[relation])
            yield from counted_differences(relation, read_rows(connection, relation), theirs)
        for function, key_columns in FUNCTION_KEYS.items():
            call = f"{function}('{first_day}', '{last_day}')"
            theirs = adapted(function, reference[function])
            yield from differences(call, key_columns, read_rows(connection, call), theirs)
        quarantined = read_rows(connection, "quarantined_rows")
        yield from quarantine_differences(quarantined, reference["quarantined_rows"])
