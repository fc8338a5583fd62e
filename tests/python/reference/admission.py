"""What is let in: every row's one fate, or the reason of its quarantine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from reference.contract import ACCEPTED, DUPLICATE, FIRST_TIME, LONG_AGO, Row, Table
from reference.scales import scale_of
from reference.tables import TABLES
from reference.text import read_time


def later_than(row: Row, time_column: str | None, as_of: datetime | None) -> bool:
    """Whether the row lies in the future of a chosen as_of and is to be as if it weren't there."""
    if as_of is None or time_column is None or row[time_column] is None:
        return False
    return row[time_column] > as_of


def set_copies_aside(table: Table, rows: list[Row]) -> None:
    """Rows with one key and the same content are one row: the copy that landed last."""
    copies: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if all(row.text[column] is not None for column in table.key):
            copies[tuple(map(row.content, table.columns))].append(row)
    for group in copies.values():
        representative = max(group, key=lambda row: credibility(table, row))
        for row in group:
            if row is not representative:
                row.fate = DUPLICATE


def credibility(table: Table, row: Row) -> tuple:
    """Of copies the one whose landing can be right, then one that can be read, then the latest."""
    is_readable = "ingested_at" not in row.unreadable
    is_possible = is_readable and not lies_in_future(table, row)
    return is_possible, is_readable, row.ingested_at or LONG_AGO


def reason_in_itself(table: Table, row: Row) -> str | None:
    """The first fault of a row that shows without looking at any other row."""
    time_columns = {column for column, read in table.columns.items() if read is read_time}
    if any(row.text[column] is None for column in table.key):
        return "missing_key"
    if table.time and row.text[table.time] is None:
        return "missing_timestamp"
    if any(row.text[column] is None for column in table.references):
        return "missing_reference"
    if row.unreadable & (time_columns | {"ingested_at"}):
        return "bad_timestamp"
    if table.time and row[table.time] < FIRST_TIME:
        return "bad_timestamp"
    required = table.required + table.required_by_type.get(row.values.get("event_type"), ())
    if row.unreadable or any(row.text[column] is None for column in required):
        return "bad_value"
    words = table.words_by_type.get(row.values.get("event_type"), {})
    if any(row[column] not in allowed for column, allowed in words.items()):
        return "bad_value"
    if "score" in table.columns:
        lowest, highest = scale_of(row)
        if not lowest <= row["score"] <= highest:
            return "score_out_of_range"
    return "future_timestamp" if lies_in_future(table, row) else None


def lies_in_future(table: Table, row: Row) -> bool:
    """More than a day after its own landing, or landed more than a day after now."""
    if row.ingested_at is None:
        return False
    instants = [(row.ingested_at, row.now)]
    if table.time and row[table.time] is not None:
        instants.append((row[table.time], row.ingested_at))
    return any(later - earlier > timedelta(hours=24) for later, earlier in instants)


def reason_from_session(table: Table, row: Row, sessions: dict[str, Row]) -> str | None:
    """A row needs its session, and may precede the session's start by five minutes at most."""
    if "session_id" not in table.references:
        return None
    session = sessions.get(row["session_id"])
    if session is None:
        return "unknown_session"
    if session["started_at"] - row[table.time] > timedelta(minutes=5):
        return "before_start"
    return None


def keep_newest_of_each_key(table: Table, rows: list[Row]) -> None:
    """Of different contents under one key the last to land is accepted, the others superseded."""
    versions: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if row.fate is None:
            versions[tuple(row[column] for column in table.key)].append(row)
    for group in versions.values():
        newest = max(group, key=lambda row: (row.ingested_at, str(row.text)))
        for row in group:
            row.fate = ACCEPTED if row is newest else "superseded"


def event_order(event: Row) -> tuple:
    return event["occurred_at"], event["event_seq"] or 0, event["event_id"]


def reject_acceptances_after_close(events: list[Row]) -> None:
    """In the order of a session's events, which keep their places in it: nobody accepts a session
    that is closed."""
    is_open = True
    for place, event in enumerate(sorted(events, key=event_order), start=1):
        event.place = place
        if event["event_type"] == "closed":
            is_open = False
        elif event["event_type"] == "reopened":
            is_open = True
        elif event["event_type"] == "accepted" and not is_open:
            event.fate = "after_close"


def closed_stretches(events: list[Row]) -> list[tuple[datetime, datetime | None]]:
    """The stretches in which a session is closed, each from its close to its reopening."""
    stretches: list[tuple[datetime, datetime | None]] = []
    closed_at: datetime | None = None
    for event in sorted(events, key=event_order):
        if event["event_type"] == "closed" and closed_at is None:
            closed_at = event["occurred_at"]
        elif event["event_type"] == "reopened" and closed_at is not None:
            stretches.append((closed_at, event["occurred_at"]))
            closed_at = None
    if closed_at is not None:
        stretches.append((closed_at, None))
    return stretches


def is_after_close(sent_at: datetime, events: list[Row]) -> bool:
    """Strictly inside a closed stretch; the instants of close and reopening are still fine."""
    return any(
        closed_at < sent_at and (reopened_at is None or sent_at < reopened_at)
        for closed_at, reopened_at in closed_stretches(events)
    )


def by_session(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["session_id"]].append(row)
    return grouped


def accepted_rows(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.fate == ACCEPTED]


def open_agent(events: list[Row], before: datetime) -> str | None:
    """Whose agent contact is open after the events that lie before an instant."""
    agent: str | None = None
    for event in sorted(events, key=event_order):
        if event["occurred_at"] >= before:
            break
        kind, who = event["event_type"], event["agent_id"]
        if kind == "accepted":
            agent = who
        elif kind == "closed" or (kind in ("transferred", "released") and who in (None, agent)):
            agent = None
    return agent


def instant_of(message: Row, events: list[Row], tolerance: timedelta) -> datetime:
    """When a message counts as sent, where clocks may differ by so much."""
    sent_at = message["sent_at"]
    if message["sender_type"] == "agent":
        sender, owner = message["sender_id"], open_agent(events, sent_at)
        if owner is None or sender not in (None, owner):
            acceptances = [
                event["occurred_at"] for event in events
                if event["event_type"] == "accepted" and event["occurred_at"] >= sent_at
                and sender in (None, event["agent_id"])
            ]
            following = min(acceptances, default=None)
            if following is not None and following - sent_at <= tolerance:
                sent_at = following
    for closed_at, reopened_at in closed_stretches(events):
        if closed_at < sent_at <= closed_at + tolerance and (
            reopened_at is None or sent_at < reopened_at
        ):
            return closed_at
    return sent_at


def judge(feed: dict[str, list[Row]], clock_tolerance: timedelta = timedelta()) -> None:
    """Gives every row its one fate: accepted, duplicate, or the reason of its quarantine."""
    for name, rows in feed.items():
        set_copies_aside(TABLES[name], rows)
        for row in rows:
            row.fate = row.fate or reason_in_itself(TABLES[name], row)

    keep_newest_of_each_key(TABLES["raw_sessions"], feed["raw_sessions"])
    sessions = {row["session_id"]: row for row in accepted_rows(feed["raw_sessions"])}
    for name, rows in feed.items():
        for row in rows:
            row.fate = row.fate or reason_from_session(TABLES[name], row, sessions)

    keep_newest_of_each_key(TABLES["raw_session_events"], feed["raw_session_events"])
    for events in by_session(accepted_rows(feed["raw_session_events"])).values():
        reject_acceptances_after_close(events)

    events_of = by_session(accepted_rows(feed["raw_session_events"]))
    instants: dict[int, datetime] = {}
    for row in feed["raw_messages"]:
        if row.fate is None:
            events = events_of[row["session_id"]]
            instants[id(row)] = instant_of(row, events, clock_tolerance)
            if is_after_close(instants[id(row)], events):
                row.fate = "after_close"

    for name, rows in feed.items():
        if name not in ("raw_sessions", "raw_session_events"):
            keep_newest_of_each_key(TABLES[name], rows)

    for row in accepted_rows(feed["raw_messages"]):
        row.is_moved = instants[id(row)] != row["sent_at"]
        row.values["sent_at"] = instants[id(row)]
