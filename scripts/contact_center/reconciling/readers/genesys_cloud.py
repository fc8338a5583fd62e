"""Genesys Cloud's answers to aggregates queries of conversations and of users, by days (P1D). Times
are milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .rows import Context, Row

COUNTS = {
    "nOffered": "Q1", "tAnswered": "Q2", "tAbandon": "Q3", "tFlowOut": "Q4",
    "tHandle": "contact_metrics_daily.handled_agent_contact_count",
    "tHeldComplete": "contact_metrics_daily.held_agent_contact_count",
    "nTransferred": "contact_metrics_daily.transferred_agent_contact_count",
    "nConnected": "contact_metrics_daily.agent_contact_count",
}
SUMS = {
    "tAnswered": "queue_metrics_daily.answered_queue_seconds",
    "tAbandon": "queue_metrics_daily.abandoned_queue_seconds",
    "tHandle": "contact_metrics_daily.handle_seconds",
    "tTalkComplete": "contact_metrics_daily.engaged_seconds",
    "tHeldComplete": "contact_metrics_daily.hold_seconds",
    "tAcw": "contact_metrics_daily.wrap_up_seconds",
}
# Of users: the routing status is the metric's qualifier.
STATES = {"IDLE": "A3", "INTERACTING": "A5", "COMMUNICATING": "A5"}


def read(answer: dict[str, Any], context: Context) -> Iterable[Row]:
    for result in answer["results"]:
        group = result.get("group") or {}
        ids = {
            "agent_id": group.get("userId"), "skill_id": group.get("queueId"),
            "channel_id": group.get("mediaType"),
        }
        for part in result["data"]:
            start, _, end = part["interval"].partition("/")
            day = context.day_between(start, end)
            busy = 0.0
            for metric in part["metrics"]:
                name, stats = metric["metric"], metric["stats"]
                place = f"{part['interval']}, {name}"
                if name == "tAgentRoutingStatus":
                    figure_id = STATES.get(metric.get("qualifier"))
                    if figure_id == "A5":
                        busy += stats["sum"] / 1000
                    elif figure_id:
                        yield Row(figure_id, day, stats["sum"] / 1000, place, **ids)
                    continue
                if name == "oServiceLevel" and stats.get("ratio") is not None:
                    yield Row("Q6", day, stats["ratio"], place, **ids)
                if name in COUNTS and stats.get("count") is not None:
                    yield Row(COUNTS[name], day, stats["count"], place, **ids)
                if name in SUMS and stats.get("sum") is not None:
                    yield Row(SUMS[name], day, stats["sum"] / 1000, place, **ids)
            if busy:
                yield Row("A5", day, busy, f"{part['interval']}, tAgentRoutingStatus", **ids)
