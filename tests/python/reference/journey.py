"""The relations of the customer's matter: promises, repeats, transfers, backlog, bots, surveys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reference.backlog import backlog_records
from reference.bot_marts import bot_indicators, bot_rows
from reference.bots import bot_record, is_bot_measured
from reference.business import session_business_record
from reference.calendars import span_records
from reference.contacts import is_single_agent
from reference.contract import Record
from reference.days import day_of
from reference.labels import labels_of
from reference.moves import transfer_indicators, transfer_rows
from reference.operations import mart
from reference.pendings import pended_while_waiting
from reference.promises import sla_indicators, sla_rows
from reference.repeats import closed_at, resolution_indicators, resolution_rows
from reference.story import Data, Story
from reference.surveys import (
    SURVEY_DIMENSIONS,
    request_indicators,
    request_rows,
    submission_rows,
    survey_indicators,
    survey_indicators_of_range,
)

SLA_DIMENSIONS = (
    "company_id", "skill_id", "channel_id", "priority", "policy_id", "metric", "date_day",
)
RESOLUTION_DIMENSIONS = ("company_id", "channel_id", "skill_id", "agent_id")
TRANSFER_DIMENSIONS = (
    "company_id", "date_day", "from_agent_id", "from_skill_id", "to_agent_id", "to_skill_id",
)
REQUEST_DIMENSIONS = ("company_id", "kind", "channel_id", "agent_id", "date_day")


def only(row: Record, columns: Iterable[str]) -> Record:
    return {column: row[column] for column in columns}


def without(row: Record, columns: Iterable[str]) -> Record:
    return {column: value for column, value in row.items() if column not in columns}


def journey_record(data: Data, story: Story) -> Record:
    """What a session tells of the customer's matter."""
    return {
        "priority": story.session["priority"],
        "topic": story.session["topic"],
        "pended_while_customer_waits_count": pended_while_waiting(data, story),
        **session_business_record(data, story),
        "is_bot_measured": is_bot_measured(data, story),
        **bot_record(data, story),
    }


def resolution_record(row: Record) -> Record:
    story = row["story"]
    return {
        **without(row, ("story",)),
        "customer_id": story.session["customer_id"],
        "direction": story.session["direction"],
        "is_accepted": bool(story.contacts),
        "is_reopened": story.reopened_count > 0,
        "is_single_agent": is_single_agent(story),
        "closed_at": closed_at(story),
        "closed_date": row["date_day"],
        **labels_of(story.zone, closed_at(story)),
    }


def promise_relations(data: Data, stories: list[Story]) -> dict:
    clocks = sla_rows(data, stories)
    return {
        "fct_sla": [without(row, ("running", "target")) for row in clocks],
        "sla_metrics_daily": mart(clocks, lambda row: only(row, SLA_DIMENSIONS), sla_indicators),
    }


def resolution_relations(
    data: Data, stories: list[Story], days: tuple[date, date]
) -> dict:
    rows = [
        {**row, "date_day": day_of(row["story"].zone, closed_at(row["story"]))}
        for row in resolution_rows(data, stories)
    ]
    chosen = [row for row in rows if days[0] <= row["date_day"] <= days[1]]

    def daily(row: Record) -> Record:
        return only(row, (*RESOLUTION_DIMENSIONS, "date_day"))

    def overall(row: Record) -> Record:
        return only(row, RESOLUTION_DIMENSIONS)

    return {
        "fct_resolutions": [resolution_record(row) for row in rows],
        "resolution_metrics_daily": mart(rows, daily, resolution_indicators),
        "resolution_metrics_aggregated": mart(rows, overall, resolution_indicators),
        "resolution_metrics": mart(chosen, overall, resolution_indicators),
    }


def survey_relations(data: Data, stories: list[Story], days: tuple[date, date]) -> dict:
    rows, requests = submission_rows(data, stories), request_rows(data, stories)
    chosen = [row for row in rows if days[0] <= row["session_date"] <= days[1]]

    def daily(row: Record) -> Record:
        return {**only(row, SURVEY_DIMENSIONS), "date_day": row["session_date"]}

    def overall(row: Record) -> Record:
        return only(row, SURVEY_DIMENSIONS)

    return {
        "fct_evaluations": rows,
        "survey_metrics_daily": mart(rows, daily, survey_indicators),
        "survey_metrics_aggregated": mart(rows, overall, survey_indicators),
        "survey_metrics": mart(chosen, overall, survey_indicators_of_range),
        "survey_requests_daily": mart(
            requests, lambda row: only(row, REQUEST_DIMENSIONS), request_indicators
        ),
    }


def journey(data: Data, stories: list[Story], days: tuple[date, date]) -> dict[str, list[Record]]:
    """days: the first and last local day of the relations that take a range."""
    transfers = transfer_rows(stories)
    return {
        "open_spans": span_records(data),
        **promise_relations(data, stories),
        **resolution_relations(data, stories, days),
        "fct_transfers": transfers,
        "transfers_daily": mart(
            transfers, lambda row: only(row, TRANSFER_DIMENSIONS), transfer_indicators
        ),
        "backlog_daily": backlog_records(data, stories),
        "bot_metrics_daily": mart(
            bot_rows(data, stories),
            lambda row: only(row, ("company_id", "channel_id", "date_day")),
            lambda rows: bot_indicators(data, rows),
        ),
        **survey_relations(data, stories, days),
    }
