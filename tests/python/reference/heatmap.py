"""arrivals_heatmap: a typical week of each queue, half hour by half hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from reference.arithmetic import as_number, grouped, ratio
from reference.business import leg_business_indicators
from reference.contract import Record
from reference.days import day_of
from reference.labels import QUARTER, labels_of, quarter_hours
from reference.lookups import zone_of_company
from reference.queues import additive_queue_indicators, leg_dimensions, queue_rates
from reference.story import Data, Leg


def occurrences(data: Data, zone: str, first_day: date, last_day: date) -> Counter:
    """How often each half hour of the week began, within the data and the range."""
    first = max(first_day, day_of(zone, data.first_at))
    last = min(last_day, day_of(zone, data.as_of))
    found: Counter = Counter()
    if first <= last:
        for start in quarter_hours(zone, first, last):
            labels = labels_of(zone, start)
            half_hour = labels["local_half_hour"]
            # Where a clock leaps into the middle of a half hour, it begins there.
            has_leapt = labels_of(zone, start - QUARTER)["local_half_hour"] != half_hour
            if start <= data.as_of and (labels["local_time"] == half_hour or has_leapt):
                found[labels["iso_day_of_week"], half_hour] += 1
    return found


def queue_of(leg: Leg) -> Record:
    """A leg's dimensions without its campaign."""
    return {key: value for key, value in leg_dimensions(leg).items() if key != "campaign_id"}


def half_hour_of(leg: Leg) -> tuple[int, str]:
    labels = labels_of(leg.story.zone, leg.queued_at)
    return labels["iso_day_of_week"], labels["local_half_hour"]


def heatmap_records(
    data: Data, legs: list[Leg], first_day: date, last_day: date
) -> list[Record]:
    """A row for each half hour that began and each queue with a leg in the range."""
    records = []
    counts_of_zone: dict[str, Counter] = {}
    for queue, members in grouped(legs, queue_of):
        zone = zone_of_company(data, queue["company_id"])
        if zone not in counts_of_zone:
            counts_of_zone[zone] = occurrences(data, zone, first_day, last_day)
        legs_of: dict[tuple[int, str], list[Leg]] = defaultdict(list)
        for leg in members:
            legs_of[half_hour_of(leg)].append(leg)
        for half_hour, occurrence_count in sorted(counts_of_zone[zone].items()):
            here = legs_of[half_hour]
            figures = additive_queue_indicators(here)
            starts = figures["start_leg_count"]
            records.append(
                {
                    **queue,
                    "iso_day_of_week": half_hour[0],
                    "local_half_hour": half_hour[1],
                    **figures,
                    **leg_business_indicators(data, here),
                    "occurrence_count": occurrence_count,
                    "avg_queued_leg_count": as_number(ratio(len(here), occurrence_count)),
                    "avg_start_leg_count": as_number(ratio(starts, occurrence_count)),
                    **queue_rates(here),
                }
            )
    return records
