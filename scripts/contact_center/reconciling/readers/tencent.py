"""Tencent's statistics: Desk's describe_agent_statistics and describe_session_statistics, and the
contact centre's DescribeStaffStatusMetrics."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from .rows import Context, Row, mapped

AGENTS = {
    "FirstLoginTimestamp": "A1", "LastLogoutTimestamp": "A2", "FreeTime": "A3", "BusyTime": "A5",
    "RestTime": "A7", "TotalSessionCnt": "A9", "TransferSessionCnt": "A10",
    "EffectiveSessionCnt": "A11", "AgentEndCnt": "A12", "ServeUserCnt": "A13",
    "TotalAcceptTime": "A14", "TotalMsgCnt": "A15", "AgentMsgCnt": "A16", "UserMsgCnt": "A17",
    "NotRespSessionCnt": "A18", "AvgFirstRespTime": "A20",
    "FirstRespUnder30sCnt": "agent_analysis_daily.first_response_within_30s_session_count",
    "AvgRespTime": "A22",
    "AvgRespUnder30sCnt": "agent_analysis_daily.response_within_30s_session_count",
    "AvgAcceptTime": "A24", "SatisfactionSelectedCnt": "A25",
    "SatisfiedCnt": "agent_analysis_daily.satisfied_session_count",
}
SESSIONS = {
    "TotalSessionCnt": "S1", "AgentAcceptCnt": "S2", "EffectiveSessionCnt": "S3",
    "SatisfactionSelectedCnt": "S4",
    "OneStarSelectedCnt": "session_analysis_daily.score_1_session_count",
    "TwoStarSelectedCnt": "session_analysis_daily.score_2_session_count",
    "ThreeStarSelectedCnt": "session_analysis_daily.score_3_session_count",
    "FourStarSelectedCnt": "session_analysis_daily.score_4_session_count",
    "FiveStarSelectedCnt": "session_analysis_daily.score_5_session_count",
    "AvgQueueTime": "S6", "AvgAcceptTime": "S7", "AvgFirstRespTime": "S8", "AvgRespTime": "S9",
}
# What the project calls busy (tencent_busy_states).
BUSY = ("BusyDuration", "NotReadyDuration", "AfterCallWorkDuration")
STATES = {"FreeDuration": "A3", "busy": "A5", "RestDuration": "A7"}


def read(answer: dict[str, Any], context: Context) -> Iterable[Row]:
    """An answer, or `{"request": ..., "response": ...}` where the request tells the day."""
    request = answer.get("request") or {}
    answer = answer.get("response") or answer
    answer = answer.get("Response", answer)
    if answer.get("ErrorCode") or answer.get("Error"):
        raise ValueError("it is an error of Tencent's, no answer")
    if "Metrics" in answer:
        yield from read_states(answer["Metrics"], context)
        return
    for number, record in enumerate(answer["Data"], start=1):
        if "AgentId" in record:
            day = day_of_request(request, context)
            yield from mapped(
                record, AGENTS, day, f"Data {number}", agent_id=record["AgentId"]
            )
        else:
            if ":" in record["Time"]:
                raise ValueError("the sessions are by hour; ask for days (GroupByHour false)")
            day = datetime.date.fromisoformat(record["Time"])
            yield from mapped(record, SESSIONS, day, f"Data {number}")


def read_states(metrics: list[dict[str, Any]], context: Context) -> Iterable[Row]:
    """They are of the day on which they were asked for."""
    for number, record in enumerate(metrics, start=1):
        busy = [record[name] for name in BUSY if record.get(name) is not None]
        whole = {**record, "busy": sum(busy) if busy else None}
        yield from mapped(
            whole, STATES, context.the_day("DescribeStaffStatusMetrics"), f"Metrics {number}",
            agent_id=record["Email"],
        )


def day_of_request(request: dict[str, Any], context: Context) -> datetime.date:
    """An answer over several days has their sum, which is of no day."""
    if "From" not in request:
        return context.the_day("describe_agent_statistics")
    zone = ZoneInfo(context.zone)
    first, last = (
        datetime.datetime.fromtimestamp(request[name], zone).date() for name in ("From", "To")
    )
    if first != last:
        raise ValueError(f"the answer is of {first} to {last} together; ask for one day")
    return first
