"""A broken, repeated or outdated copy of a good row for each rule of the contract, with the reason
for which it goes to quarantine."""

from __future__ import annotations

from collections import Counter

from good_rows import (
    CLEAN_TABLES,
    CLOSED,
    CLOSED_AGAIN,
    DAY,
    LANDED,
    MINUTE,
    REOPENED,
    START,
    TICK,
    text,
)
from nasty import COLUMNS, IN_SESSION, KEY, TIME, Record, Tables

Fate = tuple[str, str | None, str]

# What breaks a rule that one row can break by itself: columns to change in a good row.
Changes = dict[str, str | None]
BAD_VALUES: dict[str, list[Changes]] = {
    "raw_sessions": [{"direction": "sideways"}, {"initiated_by": "bot"}],
    "raw_session_events": [
        {"event_type": "Accepted"}, {"event_type": None}, {"event_type": ""},
        {"actor_type": "robot"}, {"event_seq": "1.5"}, {"event_seq": "first"}, {"agent_id": None},
        {"event_type": "disposition_set", "disposition": None},
        {"event_type": "disposition_set", "disposition": "sold", "agent_id": ""},
        {"event_type": "offered", "agent_id": None},
        {"event_type": "offer_ended", "agent_id": None, "outcome": "missed"},
        {"event_type": "offer_ended", "outcome": None},
        {"event_type": "offer_ended", "outcome": "odd"},
    ],
    "raw_messages": [
        {"sender_type": "human"}, {"sender_type": None}, {"sender_type": ""}, {"origin": "robot"},
        {"visibility": "secret"}, {"message_seq": "x"},
    ],
    "raw_agent_events": [
        {"event_type": "log in"}, {"event_type": None}, {"state": "asleep"}, {"state": None},
        {"event_seq": "?"},
    ],
    "raw_focus_events": [{"event_type": "hover"}, {"event_type": None}],
    "raw_evaluations": [{"score": "good"}, {"score": "4.5"}, {"score": None}, {"score": ""}],
    "raw_tag_events": [
        {"event_type": "removed"}, {"event_type": None}, {"tag_name": None}, {"tag_name": ""},
    ],
    "raw_companies": [{"time_zone": "Mars/Olympus"}, {"time_zone": "+02:00"}],
    "raw_channels": [{"is_digital": "maybe"}],
    "raw_skill_targets": [
        {"service_level_seconds": "soon"}, {"short_abandon_seconds": "1.5"},
    ],
    "raw_measured_events": [{"event_group": "phone"}],
    "raw_calendars": [{"time_zone": "Mars/Olympus"}],
    "raw_calendar_hours": [
        {"closes_at": None}, {"iso_day_of_week": "8"}, {"opens_at": "24:30"},
        {"valid_to": "05.03.2026"}, {"valid_from": "2026-02-30"},
    ],
    "raw_calendar_exceptions": [{"closes_at": "noon"}, {"date": "2026-02-30"}],
    "raw_calendar_assignments": [{"subject": "team"}],
    "raw_sla_policies": [
        {"metric": "speed"}, {"metric": None}, {"target_seconds": "-1"}, {"clock": "sometimes"},
        {"pauses_when_pending": "maybe"},
    ],
    "raw_survey_requests": [{"kind": "stars"}],
}
BAD_TIMES = ("yesterday", "2026-02-30T00:00:00Z", "infinity", "05/03/2026 09:01", "17727000000")
# What systems write where they know no time.
NO_TIMES = ("0001-01-01T00:00:00Z", "1899-12-30 00:00:00", "1970-01-01T08:00:00Z")
TIME_COLUMNS = {
    table: [column for column in (TIME.get(table), "ingested_at") if column] for table in COLUMNS
} | {
    "raw_agent_teams": ["valid_from", "valid_to", "ingested_at"],
    "raw_skill_targets": ["valid_from", "ingested_at"],
    "raw_measured_events": ["measured_from", "ingested_at"],
    "raw_calendar_assignments": ["valid_from", "ingested_at"],
    "raw_sla_policies": ["valid_from", "valid_to", "ingested_at"],
}
REFERENCES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(IN_SESSION, ("session_id",)),
    "raw_focus_events": ("session_id", "agent_id"),
    "raw_agent_events": ("agent_id",),
}
OTHER_CONTENT: dict[str, Changes] = {
    "raw_sessions": {"company_id": "c9"},
    "raw_session_events": {"agent_id": "a9"},
    "raw_messages": {"sender_id": "a9"},
    "raw_agent_events": {"state": "break"},
    "raw_focus_events": {"agent_id": "a9"},
    "raw_evaluations": {"score": "1"},
    "raw_tag_events": {"tag_name": "other"},
    "raw_companies": {"time_zone": "Asia/Tokyo"},
    "raw_agents": {"company_id": "c9"},
    "raw_teams": {"team_name": "Other"},
    "raw_agent_teams": {"team_id": "t9"},
    "raw_skills": {"campaign_id": "k9"},
    "raw_campaigns": {"campaign_name": "Other"},
    "raw_channels": {"media_type": "voice"},
    "raw_skill_targets": {"service_level_seconds": "30"},
    "raw_measured_events": {"measured_from": text(START)},
    "raw_calendars": {"time_zone": "Asia/Tokyo"},
    "raw_calendar_hours": {"closes_at": "18:00"},
    "raw_calendar_exceptions": {"closes_at": "13:00"},
    "raw_calendar_assignments": {"calendar_id": "cal9"},
    "raw_sla_policies": {"target_seconds": "60"},
    "raw_survey_requests": {"agent_id": "a9"},
}
KEY_BESIDE: dict[str, tuple[str, ...]] = {
    "raw_agent_teams": ("valid_from",),
    "raw_skill_targets": ("valid_from",),
    "raw_calendar_hours": ("iso_day_of_week", "opens_at", "valid_from"),
    "raw_calendar_exceptions": ("date", "opens_at"),
    "raw_calendar_assignments": ("subject", "valid_from"),
    "raw_sla_policies": ("valid_from",),
}
# Where a key's text doesn't begin with the column that is given another value here.
KEY_IN_ORDER = {"raw_calendar_assignments": ("subject", "subject_id", "valid_from")}


class Spoilt:
    """Rows to add to the clean tables, each with the fate that awaits it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Record, str]] = []

    def add(self, table: str, reason: str, changes: Changes, *, same_key: bool = False) -> None:
        """A good row with changes, and with a key of its own unless the key is to be the same."""
        row = {**CLEAN_TABLES[table][-1]}
        if not same_key:
            row[KEY[table]] = f"{reason} {len(self.rows)}"
        self.rows.append((table, {**row, **changes}, reason))

    def tables(self) -> Tables:
        return {
            table: [*(row for name, row, _ in self.rows if name == table), *records]
            for table, records in CLEAN_TABLES.items()
        }

    def fates(self) -> Counter[Fate]:
        return Counter(
            (table, key_of(table, row), reason)
            for table, row, reason in self.rows
            if reason != "duplicate"
        )

    def count(self, table: str, *, duplicates: bool) -> int:
        return sum(
            name == table and (reason == "duplicate") == duplicates for name, _, reason in self.rows
        )


def key_of(table: str, row: Record) -> str | None:
    columns = KEY_IN_ORDER.get(table, (KEY[table], *KEY_BESIDE.get(table, ())))
    parts = [row[column] for column in columns]
    return "|".join(parts) if all(parts) else None


def make_spoilt() -> Spoilt:
    spoilt = Spoilt()
    for table in COLUMNS:
        spoil_alone(spoilt, table)
        spoil_versions(spoilt, table)
        spoil_landing(spoilt, table)
    for table in TIME:
        spoil_future(spoilt, table)
    for table in IN_SESSION:
        early = text(START - 5 * MINUTE - TICK)
        spoilt.add(table, "unknown_session", {"session_id": "nobody knows"})
        spoilt.add(table, "unknown_session", {"session_id": "S1"})
        spoilt.add(table, "before_start", {TIME[table]: early})
    spoil_after_close(spoilt)
    for score in ("0", "6", "-3", "5000000000"):
        spoilt.add("raw_evaluations", "score_out_of_range", {"score": score})
    return spoilt


def spoil_alone(spoilt: Spoilt, table: str) -> None:
    for nothing in (None, ""):
        spoilt.add(table, "missing_key", {KEY[table]: nothing})
        if table in TIME:
            spoilt.add(table, "missing_timestamp", {TIME[table]: nothing})
        for column in REFERENCES.get(table, ()):
            spoilt.add(table, "missing_reference", {column: nothing})
    for column in KEY_BESIDE.get(table, ()):
        spoilt.add(table, "missing_key", {column: None})
    for column in TIME_COLUMNS[table]:
        for value in BAD_TIMES:
            spoilt.add(table, "bad_timestamp", {column: value})
    if table in TIME:
        for value in NO_TIMES:
            spoilt.add(table, "bad_timestamp", {TIME[table]: value})
    for changes in BAD_VALUES.get(table, []):
        spoilt.add(table, "bad_value", changes)


def spoil_versions(spoilt: Spoilt, table: str) -> None:
    """Rows that have the key of a good one. Nothing but another landing makes a duplicate."""
    older, newer = ({"ingested_at": text(at)} for at in (LANDED - MINUTE, LANDED + DAY))
    spoilt.add(table, "superseded", {**OTHER_CONTENT[table], **older}, same_key=True)
    for landed in ({}, older, {"ingested_at": text(LANDED - DAY / 2)}):
        spoilt.add(table, "duplicate", landed, same_key=True)
    for changes in BAD_VALUES.get(table, [])[:1]:
        if KEY[table] in changes:
            continue
        spoilt.add(table, "bad_value", {**changes, **newer}, same_key=True)
    third = dict.fromkeys(OTHER_CONTENT[table], "third")
    spoilt.add(table, "bad_timestamp", {**third, "ingested_at": "soon"}, same_key=True)
    if table in IN_SESSION:
        spoilt.add(table, "unknown_session", {"session_id": "s9", **newer}, same_key=True)


def spoil_landing(spoilt: Spoilt, table: str) -> None:
    """A landing that no clock has seen yet makes no version the newest, and no copy the one."""
    landed = {"ingested_at": "2999-01-01T00:00:00Z"}
    if table != "raw_measured_events":  # Its keys are words of a list; another is a bad value.
        spoilt.add(table, "future_timestamp", landed)
    spoilt.add(table, "duplicate", landed, same_key=True)
    # Of the version that is superseded, which it would else replace the good one with.
    spoilt.add(table, "duplicate", {**OTHER_CONTENT[table], **landed}, same_key=True)


def spoil_future(spoilt: Spoilt, table: str) -> None:
    at = START + 20 * MINUTE
    values = {TIME[table]: text(at), "ingested_at": text(at - DAY - TICK)}
    spoilt.add(table, "future_timestamp", values)
    spoilt.add(
        table, "future_timestamp", {TIME[table]: "2999-01-01T00:00:00Z", "ingested_at": None}
    )


def spoil_after_close(spoilt: Spoilt) -> None:
    for at in (CLOSED + TICK, REOPENED - TICK, CLOSED_AGAIN + TICK, CLOSED_AGAIN + DAY):
        spoilt.add("raw_messages", "after_close", {"sent_at": text(at)})
        spoilt.add("raw_session_events", "after_close", {"occurred_at": text(at)})
    # At the very instant of the close, but after it.
    at_close = {"occurred_at": text(CLOSED), "event_seq": "2"}
    spoilt.add("raw_session_events", "after_close", at_close)
