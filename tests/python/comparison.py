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
    "fct_session_closes": ("session_id", "close_number"),
    "fct_tag_attachments": ("attachment_id",),
    "fct_agent_logins": ("event_id",),
    "fct_focus": ("focus_id", "agent_contact_id"),
    "feed_quality": ("table_name",),
    "feed_quality_by_feed": ("feed", "table_name"),
    "fct_queue_legs": ("session_id", "leg_number"),
    "queue_metrics_interval": ("interval_started_at", *QUEUE_DIMENSIONS),
    "queue_metrics_daily": ("date_day", *QUEUE_DIMENSIONS),
    "queue_metrics_aggregated": QUEUE_DIMENSIONS,
    "dim_agents": ("agent_id",),
    "dim_agent_teams": ("agent_id", "valid_from"),
    "dim_teams": ("team_id",),
    "dim_skills": ("skill_id",),
    "dim_campaigns": ("campaign_id",),
    "dim_channels": ("channel_id",),
    "dim_companies": ("company_id",),
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
COUNTED = ("fct_durations", "quarantined_rows")
# What isn't published.
INTERNAL = {"open_spans": "intermediate"}
# The reference's name of a column and the models' own.
RENAMED: dict[str, dict[str, str]] = {
    "fct_agent_states": {"seconds": "state_seconds", "is_inferred_end": "is_end_inferred"},
}
# What the reference tells besides; a fact leaves it to whoever counts or adds.
ONLY_IN_REFERENCE: dict[str, set[str]] = {
    "agent_analysis": {"presence_seconds"},
    "agent_analysis_daily": {"presence_seconds"},
    "agent_analysis_aggregated": {"presence_seconds"},
    "fct_sessions": {"close_count"},
    "fct_agent_contacts": {"follow_on_response_count"},
    "fct_turns": {"is_agent_response", "is_customer_response"},
}
# What the models publish and the reference doesn't compute: relations, and columns of others.
UNCOMPARED_RELATIONS = {
    "dim_dates": "a calendar without figures",
    "column_catalog": "what the columns' descriptions say",
    "metric_catalog": "what the indicators' descriptions say",
    **dict.fromkeys(
        ("provisional_days", "published_builds", "replaced_figures", "restatements"),
        "what earlier builds published: the reference knows only one",
    ),
}
UNCOMPARED_COLUMNS = {
    ("quarantined_rows", "row_text"): "a text, which test_quarantine holds against the row",
}


def adapted(relation: str, records: list[Record]) -> Rows:
    """Records of the reference in the columns of the models."""
    names = RENAMED.get(relation, {})
    dropped = ONLY_IN_REFERENCE.get(relation, set())
    return [
        {
            names.get(column, column): comparable(value)
            for column, value in record.items()
            if column not in dropped
        }
        for record in records
    ]


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
    """A line for each row, column or cell in which models and reference don't agree."""
    yield from column_differences(relation, mine, theirs)
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
            mine_here = my_rows[key]
            for column, expected in their_rows[key].items():
                if column in mine_here and not is_same(mine_here[column], expected):
                    found = mine_here[column]
                    yield f"{where}: {column} is {found!r}, the reference says {expected!r}"


def column_differences(relation: str, mine: Rows, theirs: Rows) -> Iterator[str]:
    """A new column must not go by uncompared."""
    if mine and theirs:
        published, computed = set(mine[0]), set(theirs[0]).intersection(*theirs)
        for column in sorted(published ^ computed):
            if column in computed:
                yield f"{relation}: the models lack the column {column}"
            elif (relation, column) not in UNCOMPARED_COLUMNS:
                yield f"{relation}: the reference doesn't compute the column {column}"


def counted_differences(relation: str, mine: Rows, theirs: Rows) -> Iterator[str]:
    """Rows that one side has more often, by the reference's columns."""
    yield from column_differences(relation, mine, theirs)
    columns = list((theirs or mine or [{}])[0])

    def counted(rows: Rows) -> Counter:
        return Counter(
            tuple(
                round(value, 6) if isinstance(value := row.get(column), float) else value
                for column in columns
            )
            for row in rows
        )

    my_rows, their_rows = counted(mine), counted(theirs)
    for row in sorted(my_rows.keys() | their_rows.keys(), key=str):
        if my_rows[row] != their_rows[row]:
            said = dict(zip(columns, row, strict=True))
            yield f"{relation} {said}: {my_rows[row]} times, in the reference {their_rows[row]}"


def relation_differences(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Nor must a new relation or function."""
    published = connection.execute("""
        select table_name from information_schema.tables where table_schema = 'marts'
        union
        select function_name from duckdb_functions() where schema_name = 'marts'
        order by table_name
    """)
    compared = {*KEYS, *COUNTED, *FUNCTION_KEYS, *UNCOMPARED_RELATIONS}
    for (relation,) in published.fetchall():
        if relation not in compared:
            yield f"{relation}: the reference doesn't compute it"


def all_differences(
    warehouse: Path, reference: dict[str, list[Record]], days: tuple[date, date] = ALL_DAYS
) -> Iterator[str]:
    """days: the range with which the reference was computed."""
    first_day, last_day = days
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield from relation_differences(connection)
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
