"""Small changes of a warehouse, as SQL, each of which makes one invariant fail."""

from __future__ import annotations


def first(table: str, condition: str = "true") -> str:
    """A condition that just one row of a table meets: the least by its columns, since builds write
    the same rows in any order."""
    row = table.rpartition(".")[2]
    return f"rowid = (select arg_min(rowid, {row}) from {table} where {condition})"


def update(table: str, change: str, condition: str = "true") -> str:
    return f"update {table} set {change} where {first(table, condition)}"


def delete(table: str, condition: str = "true") -> str:
    return f"delete from {table} where {first(table, condition)}"


AGENT_DAY = "session_count > 0 and idle_seconds > 0 and customer_message_count > 0"
# A state interval with another before and after it in the same presence.
INNER_STATE = """
    (agent_id, presence_started_at, started_at) in (
        select (agent_id, presence_started_at, ended_at) from marts.fct_agent_states
    )
    and (agent_id, presence_started_at, ended_at) in (
        select (agent_id, presence_started_at, started_at) from marts.fct_agent_states
    )
"""
DIGITAL_MARTS = (
    "marts.digital_metrics_daily",
    "marts.digital_metrics_aggregated",
    "marts.digital_metrics_by_tag_daily",
)
