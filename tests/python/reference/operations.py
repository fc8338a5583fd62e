"""The relations by which a centre is run: queues, handling, activity, durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from reference.activity import agent_stretches, stretch_record
from reference.activity_marts import daily_activity, interval_activity, range_activity
from reference.arithmetic import grouped, seconds
from reference.business import business_of_leg, leg_business_indicators
from reference.contract import Record
from reference.durations import (
    all_durations,
    duration_records,
    histogram_records,
    percentile_records,
)
from reference.facts import contact_dimensions
from reference.handling import contact_day, contact_indicators, daily_contact_dimensions
from reference.heatmap import heatmap_records
from reference.indicators import session_indicators
from reference.labels import interval_records
from reference.offers import offer_record
from reference.presence import StateInterval
from reference.queues import (
    daily_leg_dimensions,
    first_skill,
    interval_leg_dimensions,
    leg_dimensions,
    leg_record,
    legs_within,
    queue_indicators,
)
from reference.story import Data, Leg, Story

Indicators = Callable[[list[Any]], Record]


def mart(
    members: list[Any], dimensions: Callable[[Any], Record], indicators: Indicators
) -> list[Record]:
    return [
        {**shared, **indicators(group)} for shared, group in grouped(members, dimensions)
    ]


def queue_marts(data: Data, stories: list[Story], days: tuple[date, date]) -> dict:
    legs = [leg for story in stories for leg in story.legs]
    chosen = legs_within(legs, *days)

    def indicators(members: list[Leg]) -> Record:
        return {**queue_indicators(members), **leg_business_indicators(data, members)}

    return {
        "fct_queue_legs": [
            {
                **leg_record(data, leg),
                "business_queue_seconds": seconds(business_of_leg(data, leg)),
            }
            for leg in legs
        ],
        "queue_metrics_interval": mart(legs, interval_leg_dimensions, indicators),
        "queue_metrics_daily": mart(legs, daily_leg_dimensions, indicators),
        "queue_metrics_aggregated": mart(legs, leg_dimensions, indicators),
        "queue_metrics": mart(chosen, leg_dimensions, indicators),
        "arrivals_heatmap": heatmap_records(data, chosen, *days),
    }


def session_dimensions(story: Story) -> Record:
    session = story.session
    return {
        "company_id": story.company_id,
        "channel_id": session["channel_id"],
        "direction": session["direction"],
        "campaign_id": session["campaign_id"],
        "first_skill_id": first_skill(story),
    }


def session_metrics(data: Data, stories: list[Story], days: tuple[date, date]) -> dict:
    def indicators(members: list[Story]) -> Record:
        return session_indicators(data, members)

    def daily(story: Story) -> Record:
        return {**session_dimensions(story), "date_day": story.day}

    chosen = [story for story in stories if days[0] <= story.day <= days[1]]
    return {
        "session_metrics_daily": mart(stories, daily, indicators),
        "session_metrics_aggregated": mart(stories, session_dimensions, indicators),
        "session_metrics": mart(chosen, session_dimensions, indicators),
    }


def contact_marts(data: Data, stories: list[Story], days: tuple[date, date]) -> dict:
    contacts = [contact for story in stories for contact in story.contacts]
    chosen = [c for c in contacts if days[0] <= contact_day(c) <= days[1]]

    def indicators(members: list) -> Record:
        return contact_indicators(data, members)

    return {
        "contact_metrics_daily": mart(contacts, daily_contact_dimensions, indicators),
        "contact_metrics_aggregated": mart(contacts, contact_dimensions, indicators),
        "contact_metrics": mart(chosen, contact_dimensions, indicators),
    }


def activity_relations(
    data: Data,
    stories: list[Story],
    states_of: dict[str, list[StateInterval]],
    days: tuple[date, date],
) -> dict:
    """Finds what each contact costs, too: it depends on all that its agent had in hand."""
    contacts = [contact for story in stories for contact in story.contacts]
    offers = [offer for story in stories for offer in story.offers]
    stretches = agent_stretches(data, contacts, states_of)
    parts = (data, stretches, offers, contacts)
    return {
        "fct_agent_activity": [
            stretch_record(data, stretch) for stretch in stretches
        ],
        "agent_activity_interval": interval_activity(*parts),
        "agent_activity_daily": daily_activity(*parts),
        "agent_activity_aggregated": range_activity(*parts),
        "agent_activity": range_activity(*parts, *days),
        "fct_offers": [offer_record(data, offer) for offer in offers],
    }


def duration_relations(data: Data, stories: list[Story], days: tuple[date, date]) -> dict:
    durations = all_durations(data, stories)
    return {
        "fct_durations": duration_records(durations),
        "duration_histogram_daily": histogram_records(durations),
        "duration_percentiles": percentile_records(durations, *days),
    }


def operations(
    data: Data,
    stories: list[Story],
    states_of: dict[str, list[StateInterval]],
    days: tuple[date, date],
) -> dict[str, list[Record]]:
    """days: the first and last local day of the relations that take a range."""
    return {
        **activity_relations(data, stories, states_of, days),
        **queue_marts(data, stories, days),
        **session_metrics(data, stories, days),
        **contact_marts(data, stories, days),
        **duration_relations(data, stories, days),
        "dim_intervals": interval_records(data),
    }
