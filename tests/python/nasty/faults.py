"""Rows that break the contract, repeat a row or replace one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from nasty.columns import COLUMNS, IN_SESSION, KEY, TIME, Record
from nasty.draws import BAD_TIMES, HOUR, MINUTE, SECOND, Draws


class Faults(Draws):
    """Broken, repeated and replaced rows."""

    def faults(self, table: str) -> list[Callable[[Record], None]]:
        """The ways in which a row of the table can be spoilt."""

        def put(column: str, *values: str | None) -> Callable[[Record], None]:
            def spoil(row: Record) -> None:
                row[column] = self.random.choice(values)

            return spoil

        def put_event(
            kind: str, column: str, value: str | None = None
        ) -> Callable[[Record], None]:
            def spoil(row: Record) -> None:
                row["event_type"], row[column] = kind, value

            return spoil

        found = [put(KEY[table], None, ""), put("ingested_at", *BAD_TIMES)]
        if table in TIME:
            found += [
                put(TIME[table], None, "", "NaN"),
                put(TIME[table], *BAD_TIMES),
                self.put_in_future(table),
            ]
        if table in IN_SESSION:
            found += [
                put("session_id", None, ""),
                put("session_id", "s_unknown"),
                self.put_before_start(table),
            ]
        found += {
            "raw_sessions": [
                put("direction", "sideways"), put("initiated_by", "AGENT", "bot"),
            ],
            "raw_session_events": [
                put("event_type", None, "Accepted", "answered"),
                put("actor_type", "supervisor"),
                put("event_seq", "first", "1.5"),
                put_event("accepted", "agent_id"),
                put_event("disposition_set", "agent_id"),
                put_event("disposition_set", "disposition"),
                put_event("offered", "agent_id"),
                put_event("offer_ended", "agent_id"),
                put_event("offer_ended", "outcome"),
                put_event("offer_ended", "outcome", "odd"),
                put_event("bot_ended", "outcome", "declined"),
            ],
            "raw_messages": [
                put("sender_type", None, "", "human"),
                put("origin", "robot"),
                put("visibility", "secret"),
                put("message_seq", "x"),
            ],
            "raw_agent_events": [
                put("agent_id", None, ""),
                put("event_type", None, "log in"),
                put("state", "asleep"),
                put("event_seq", "?"),
                put_event("state", "state"),
            ],
            "raw_focus_events": [
                put("agent_id", None, ""), put("event_type", None, "hover"),
            ],
            "raw_evaluations": [
                put("score", None, "", "good", "4.5"), put("score", "0", "6", "-3", "10", "11"),
                put("kind", "CSAT", "stars"), put("scale_max", "1.5", "ten"),
                put("scale_min", "2", "low"),
            ],
            "raw_tag_events": [
                put("tag_name", None, ""), put("event_type", None, "removed"),
            ],
            "raw_companies": [put("time_zone", "Mars/Olympus", "+02:00", "BST")],
            "raw_agent_teams": [
                put("valid_from", None, ""),
                put("valid_from", *BAD_TIMES),
                put("valid_to", *BAD_TIMES),
            ],
            "raw_channels": [put("is_digital", "maybe")],
            "raw_skill_targets": [
                put("valid_from", None, ""),
                put("valid_from", *BAD_TIMES),
                put("service_level_seconds", "soon", "1.5"),
                put("short_abandon_seconds", "?"),
            ],
            "raw_survey_requests": [put("kind", "CSAT", "stars")],
            "raw_calendars": [put("time_zone", "Mars/Olympus", "+02:00", "BST")],
            "raw_calendar_hours": [
                put("iso_day_of_week", None, "0", "8", "1.5", "Monday"),
                put("opens_at", None, "9:00", "24:30", "12:60", "09:00:00", "noon"),
                put("closes_at", None, "9:00", "25:00", "-1:00", "late"),
                put("valid_from", None, "2026-3-1", "2026-02-30", "01.03.2026"),
                put("valid_to", "2026-13-01", "tomorrow"),
            ],
            "raw_calendar_exceptions": [
                put("date", None, "2026-3-1", "2026-02-30", "today"),
                put("opens_at", None, "9:00", "24:01"),
                put("closes_at", None, "17.00", "24:30"),
            ],
            "raw_calendar_assignments": [
                put("subject", None, "agent", "Company"),
                put("valid_from", None, "", *BAD_TIMES),
            ],
            "raw_sla_policies": [
                put("valid_from", None, ""),
                put("valid_from", *BAD_TIMES),
                put("valid_to", *BAD_TIMES),
                put("metric", None, "response"),
                put("clock", None, "business"),
                put("target_seconds", None, "soon", "1.5", "-1", "3155760001"),
                put("pauses_when_pending", "maybe"),
            ],
            "raw_measured_events": [
                put("event_group", "phone"), put("measured_from", *BAD_TIMES),
            ],
        }.get(table, [])
        return found

    def put_in_future(self, table: str) -> Callable[[Record], None]:
        """Just beyond, or exactly at, the day by which a row may precede its landing."""

        def spoil(row: Record) -> None:
            at = self.moment() if row.get("session_id") not in self.starts else (
                self.starts[row["session_id"]]
            )
            early = 24 * HOUR + self.random.choice((timedelta(0), timedelta(microseconds=1), HOUR))
            row[TIME[table]] = self.written(at)
            row["ingested_at"] = self.written(at - early)
            if self.chance(0.2):
                row[TIME[table]], row["ingested_at"] = "2999-01-01T00:00:00Z", None

        return spoil

    def put_before_start(self, table: str) -> Callable[[Record], None]:
        def spoil(row: Record) -> None:
            start = self.starts.get(row["session_id"] or "", self.first)
            early = 5 * MINUTE + self.random.choice((timedelta(microseconds=1), SECOND, HOUR))
            row[TIME[table]] = self.written(start - early)
            row["ingested_at"] = self.landing(start)

        return spoil

    def landed_for_certain(self, row: Record) -> None:
        """A version of a key lands at a time of its own, before or after the other versions."""
        self.landings += 1
        later = self.random.choice((-6, 1, 12, 30)) * HOUR + timedelta(microseconds=self.landings)
        row["ingested_at"] = self.written(self.last + later)

    def spoil_table(self, table: str) -> None:
        healthy = list(self.tables[table])
        if not healthy:
            return
        faults = self.faults(table)
        key_prefix = KEY[table][0] + "x"
        for fault in faults * 2:
            row = dict(self.random.choice(healthy))
            if self.chance(0.7):
                # Spoilt rows that keep the key test that a bad version replaces nothing.
                row[KEY[table]] = self.new_id(key_prefix)
            else:
                self.landed_for_certain(row)
            fault(row)
            if self.chance(0.15):
                self.random.choice(faults)(row)
            self.tables[table].append(row)
            if self.chance(0.2):
                self.tables[table].append(dict(row))

    def repeat_rows(self, table: str) -> None:
        """Exact copies, some of which landed at another time."""
        for row in list(self.tables[table]):
            if self.chance(0.05):
                for _ in range(self.choose((1, 3), (2, 1))):
                    copy = dict(row)
                    if self.chance(0.6):
                        self.landed_for_certain(copy)
                    self.tables[table].append(copy)

    def replace_rows(self, table: str) -> None:
        """Other contents under the same key."""
        rows = list(self.tables[table])
        changeable = [
            column
            for column in COLUMNS[table]
            if column not in (KEY[table], "ingested_at", "valid_from")
        ]
        for row in rows:
            if not self.chance(0.05):
                continue
            for _ in range(self.choose((1, 3), (2, 1))):
                version = dict(row)
                count = min(self.choose((1, 3), (2, 1)), len(changeable))
                for column in self.random.sample(changeable, count):
                    version[column] = self.random.choice(rows)[column]
                self.landed_for_certain(version)
                self.tables[table].append(version)
