"""Quarter hours of UTC and what a zone's clock calls them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reference.contract import Record
from reference.days import DAY, day_end, day_of, day_start
from reference.lookups import zone_of_company
from reference.story import Data

QUARTER = timedelta(minutes=15)


def quarter_hour(instant: datetime) -> datetime:
    """The start of the quarter hour of UTC that holds the instant."""
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)


def labels_of(zone: str, instant: datetime) -> Record:
    """What the clock and the calendar on the wall show at an instant."""
    local = instant.astimezone(ZoneInfo(zone))
    day = day_of(zone, instant)
    return {
        "date_day": day,
        "local_time": f"{local:%H:%M}",
        "local_hour": local.hour,
        "local_half_hour": f"{local.hour:02d}:{local.minute // 30 * 30:02d}",
        "iso_day_of_week": day.isoweekday(),
        "utc_offset_minutes": local.utcoffset() // timedelta(minutes=1),
    }


def quarter_hours(zone: str, first_day: date, last_day: date) -> Iterator[datetime]:
    """Every quarter hour of some local days, whatever the length of each."""
    while day_start(zone, first_day) is None:
        first_day += DAY
    start = day_start(zone, first_day)
    while start < day_end(zone, last_day):
        yield start
        start += QUARTER


def pieces_by_quarter_hour(
    start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """The pieces of a stretch, each with its quarter hour."""
    while start < end:
        quarter = quarter_hour(start)
        piece_end = min(end, quarter + QUARTER)
        yield quarter, start, piece_end
        start = piece_end


def companies_of(data: Data) -> set[str]:
    """Every company that anything names, and the one of those that name none."""
    tables = ("raw_companies", "raw_sessions", "raw_agents", "raw_teams")
    named = {row["company_id"] for table in tables for row in data.rows[table]}
    return (named - {None}) | {"default"}


def interval_records(data: Data) -> list[Record]:
    """dim_intervals: no quarter hour is missing, from the first local day to as_of's."""
    if data.as_of is None or data.first_at is None:
        return []
    zones = {zone_of_company(data, company_id) for company_id in companies_of(data)}
    return [
        {"time_zone": zone, "interval_started_at": start, **labels_of(zone, start)}
        for zone in sorted(zones)
        for start in quarter_hours(zone, day_of(zone, data.first_at), day_of(zone, data.as_of))
    ]
