"""When calendars are open, and whose calendar it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reference.arithmetic import micros
from reference.contract import Record, Row
from reference.days import DAY, day_end, day_of, day_start
from reference.story import Data, Story

MINUTE = timedelta(minutes=1)
Span = tuple[datetime, datetime]


def clock_shows(zone: str, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def instant_of(zone: str, day: date, clock: str, is_closing: bool) -> datetime:
    """When the clock on the wall shows a time of a day: at an opening the first time that it does,
    at a closing the last; a time that it never shows is the first instant after the gap."""
    if clock == "24:00" or (is_closing and clock == "00:00"):
        return day_end(zone, day)
    hour, minute = map(int, clock.split(":"))
    shown = datetime(day.year, day.month, day.day, hour, minute)
    possible = [
        shown.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)
    ]
    found = sorted(at for at in possible if clock_shows(zone, at) == shown)
    if found:
        return found[-1] if is_closing else found[0]
    instant = min(possible)
    while clock_shows(zone, instant) < shown:
        instant += MINUTE
    return instant


def span_of(zone: str, day: date, opens_at: str, closes_at: str) -> Span | None:
    """The span that begins on a day; over midnight where it closes before it opens."""
    if opens_at == closes_at:
        return None
    start = instant_of(zone, day, opens_at, is_closing=False)
    if closes_at < opens_at and closes_at != "00:00":
        day = day_of(zone, day_end(zone, day))
    end = instant_of(zone, day, closes_at, is_closing=True)
    return (start, end) if start < end else None


def hours_of_day(data: Data, calendar_id: str, day: date) -> list[tuple[str, str]]:
    """What is said of the date itself, else of its day of the week by the latest row that holds."""
    exceptions = [
        row
        for row in data.rows["raw_calendar_exceptions"]
        if row["calendar_id"] == calendar_id and row["date"] == day
    ]
    if exceptions:
        return [(row["opens_at"], row["closes_at"]) for row in exceptions]
    latest: dict[str, Row] = {}
    for row in sorted(data.rows["raw_calendar_hours"], key=lambda row: row["valid_from"]):
        if (
            row["calendar_id"] == calendar_id
            and row["iso_day_of_week"] == day.isoweekday()
            and row["valid_from"] <= day
            and (row["valid_to"] is None or day < row["valid_to"])
        ):
            latest[row["opens_at"]] = row
    return [(row["opens_at"], row["closes_at"]) for row in latest.values()]


def existing_days(zone: str, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day_start(zone, day) is not None:
            yield day
        day += DAY


def united(spans: list[Span]) -> list[Span]:
    """Without overlaps, and without two that touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def spans_of_calendar(data: Data, calendar: Row) -> list[Span]:
    """From the first local day of the data, with what the night before brings into it, to the
    horizon, where what is open is cut."""
    zone = calendar["time_zone"] or data.reporting_time_zone
    first = day_of(zone, data.first_at)
    horizon = data.as_of + timedelta(days=data.matters.calendar_horizon_days)
    beginning = day_start(zone, first)
    spans = [
        span_of(zone, day, *hours)
        for day in existing_days(zone, first - 2 * DAY, day_of(zone, horizon))
        for hours in hours_of_day(data, calendar["calendar_id"], day)
    ]
    cut = [(max(span[0], beginning), min(span[1], horizon)) for span in spans if span]
    return united([span for span in cut if span[0] < span[1]])


def find_open_spans(data: Data) -> None:
    if data.first_at is None:
        return
    for calendar in data.rows["raw_calendars"]:
        data.open_spans[calendar["calendar_id"]] = spans_of_calendar(data, calendar)


def span_records(data: Data) -> list[Record]:
    records = []
    for calendar_id, spans in data.open_spans.items():
        before = 0
        for start, end in spans:
            after = before + micros(start, end)
            records.append(
                {
                    "calendar_id": calendar_id,
                    "opened_at": start,
                    "closed_at": end,
                    "open_microseconds_before": before,
                    "open_microseconds_after": after,
                }
            )
            before = after
    return records


def assigned(data: Data, subject: str, subject_id: str | None, at: datetime) -> str | None:
    """The calendar that the latest assignment by then names."""
    rows = [
        row
        for row in data.rows["raw_calendar_assignments"]
        if (row["subject"], row["subject_id"]) == (subject, subject_id) and row["valid_from"] <= at
    ]
    return max(rows, key=lambda row: row["valid_from"])["calendar_id"] if rows else None


def calendar_at(data: Data, story: Story, skill_id: str | None, at: datetime) -> str | None:
    """That of the skill, else of the channel, else of the company; None where it isn't known."""
    calendar_id = (
        assigned(data, "skill", skill_id, at)
        or assigned(data, "channel", story.session["channel_id"], at)
        or assigned(data, "company", story.company_id, at)
    )
    return calendar_id if calendar_id in data.open_spans else None
