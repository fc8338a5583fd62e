"""Amazon Connect's historical metrics: answers of GetMetricDataV2, by days, and of GetMetricData,
which don't say their day. Shares are in per cent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .rows import Context, Row

METRICS = {
    "CONTACTS_QUEUED": "Q1", "CONTACTS_HANDLED": "contact_metrics_daily.agent_contact_count",
    "CONTACTS_ABANDONED": "Q3", "ABANDONMENT_RATE": "Q7", "SERVICE_LEVEL": "Q6",
    "AVG_QUEUE_ANSWER_TIME": "Q8", "QUEUE_ANSWER_TIME": "Q8", "AVG_ABANDON_TIME": "Q9",
    "ABANDON_TIME": "Q9", "MAX_QUEUED_TIME": "Q5", "QUEUED_TIME": "Q5",
    "AVG_HANDLE_TIME": "H1", "HANDLE_TIME": "H1", "AVG_HOLD_TIME": "H3", "HOLD_TIME": "H3",
    "AVG_AFTER_CONTACT_WORK_TIME": "H4", "AFTER_CONTACT_WORK_TIME": "H4",
    "AGENT_OCCUPANCY": "O4", "OCCUPANCY": "O4",
    "CONTACTS_TRANSFERRED_OUT": "contact_metrics_daily.transferred_agent_contact_count",
    "CONTACTS_CREATED": "S1",
}
SHARES = {"ABANDONMENT_RATE", "SERVICE_LEVEL", "AGENT_OCCUPANCY", "OCCUPANCY"}


def read(answer: dict[str, Any], context: Context) -> Iterable[Row]:
    for number, result in enumerate(answer["MetricResults"], start=1):
        interval = result.get("MetricInterval")
        day = (
            context.day_between(str(interval["StartTime"]), str(interval["EndTime"]))
            if interval else context.the_day("GetMetricData")
        )
        ids = ids_of(result.get("Dimensions") or {})
        for metric in result["Collections"]:
            name = metric["Metric"]["Name"]
            value = metric.get("Value")
            if name not in METRICS or value is None:
                continue
            shown = f"{value}%" if name in SHARES else value
            yield Row(METRICS[name], day, shown, f"MetricResults {number}, {name}", **ids)


def ids_of(dimensions: dict[str, Any]) -> dict[str, str | None]:
    """Of either version: by id, or as an object with id and ARN."""
    queue = dimensions.get("QUEUE") or (dimensions.get("Queue") or {}).get("Id")
    return {
        "agent_id": dimensions.get("AGENT"), "skill_id": queue,
        "channel_id": dimensions.get("CHANNEL") or dimensions.get("Channel"),
    }
