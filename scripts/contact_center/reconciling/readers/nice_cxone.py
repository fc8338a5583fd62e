"""NICE CXone's agents' and teams' performance (Reporting API). An answer doesn't say its day.
Durations are ISO 8601, shares in per cent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .rows import Context, Row

FIELDS = {
    "totalHandled": "contact_metrics_daily.agent_contact_count",
    "totalTalkTime": "contact_metrics_daily.engaged_seconds",
    "totalAvgHandleTime": "H1",
    "acwTime": "contact_metrics_daily.wrap_up_seconds",
    "availableTime": "A3", "unavailableTime": "A7",
    "loginTime": "agent_activity_daily.presence_seconds",
    "occupancy": "O4",
}
SHARES = {"occupancy"}
LISTS = ("agentPerformance", "agents", "agentsPerformance", "teamPerformanceTotal")


def read(answer: dict[str, Any], context: Context) -> Iterable[Row]:
    records = next((answer[name] for name in LISTS if name in answer), None)
    if records is None and "totalHandled" in answer:
        records = [answer]
    if records is None:
        raise KeyError(LISTS[0])
    day = context.the_day("the performance of agents")
    for number, record in enumerate(records, start=1):
        agent = record.get("agentId")
        for name, figure_id in FIELDS.items():
            value = record.get(name)
            if value is not None:
                yield Row(
                    figure_id, day, f"{value}%" if name in SHARES else value,
                    f"record {number}, {name}", agent_id=str(agent) if agent is not None else None,
                )
