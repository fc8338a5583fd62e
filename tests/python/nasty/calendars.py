"""Calendars, whose they are, and the policies that promise something by them."""

from __future__ import annotations

from datetime import date, timedelta

from nasty.draws import HOUR, Draws

CALENDARS = ("cal0", "cal1", "cal2", "always", "never")
# In many zones some of these come twice or never on the day on which the clock changes.
CLOCKS = (
    "00:00", "00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "08:00", "09:00",
    "12:00", "12:30", "17:00", "22:00", "23:30", "24:00",
)
METRICS = ("first_response", "next_response", "resolution")
# An opening and a closing; some run past midnight, touch, overlap or are empty.
SPANS = (
    ("09:00", "17:00"), ("08:00", "12:00"), ("12:00", "17:00"), ("09:00", "12:30"),
    ("22:00", "02:30"), ("22:00", "00:00"), ("00:00", "24:00"), ("00:00", "00:00"),
    ("12:00", "12:00"), ("23:30", "24:00"), ("02:30", "02:30"), ("01:30", "03:00"),
)


class Calendars(Draws):
    """Reference rows of business hours and promises."""

    def some_day(self, spread: int = 6) -> date:
        return self.anchor + timedelta(days=self.random.randrange(-spread, spread + 1))

    def span(self) -> tuple[str, str]:
        if self.chance(0.6):
            return self.random.choice(SPANS)
        return self.random.choice(CLOCKS), self.random.choice(CLOCKS)

    def add_calendars(self) -> None:
        for calendar_id in CALENDARS:
            zone = self.choose((self.random.choice(self.zones), 5), (None, 1))
            self.add("raw_calendars", calendar_id=calendar_id, time_zone=zone)
            if calendar_id == "always":
                self.add_always(calendar_id)
            elif calendar_id != "never":
                self.add_hours(calendar_id)
                self.add_exceptions(calendar_id)
        self.add_hours("cal_no_row")
        self.add_assignments()

    def add_always(self, calendar_id: str) -> None:
        for iso_day_of_week in range(1, 8):
            self.add(
                "raw_calendar_hours", calendar_id=calendar_id, opens_at="00:00", closes_at="24:00",
                iso_day_of_week=str(iso_day_of_week), valid_from="2020-01-01",
            )

    def add_hours(self, calendar_id: str) -> None:
        """Most days have hours, which change now and then in the midst of the data."""
        for iso_day_of_week in range(1, 8):
            spans = dict(self.span() for _ in range(self.choose((0, 1), (1, 4), (2, 3), (3, 1))))
            for opens_at, closes_at in spans.items():
                starts = {date(2020, 1, 1), self.some_day()}
                for valid_from in sorted(starts)[: self.choose((1, 3), (2, 1))]:
                    valid_to = self.choose((None, 4), (self.some_day(), 1))
                    self.add(
                        "raw_calendar_hours",
                        calendar_id=calendar_id,
                        iso_day_of_week=str(iso_day_of_week),
                        opens_at=opens_at,
                        closes_at=closes_at,
                        valid_from=str(valid_from),
                        valid_to=valid_to and str(valid_to),
                    )
                    closes_at = self.random.choice(CLOCKS)

    def add_exceptions(self, calendar_id: str) -> None:
        """Among them often the day on which the clock changes."""
        days = {self.some_day(3) for _ in range(self.random.randrange(4))}
        if self.chance(0.5):
            days.add(self.anchor)
        for day in sorted(days):
            spans = dict(self.span() for _ in range(self.choose((1, 3), (2, 2))))
            for opens_at, closes_at in spans.items():
                self.add(
                    "raw_calendar_exceptions", calendar_id=calendar_id, date=str(day),
                    opens_at=opens_at, closes_at=closes_at,
                )

    def add_assignments(self) -> None:
        """They change, end with NULL and name calendars that nobody described."""
        subjects = [
            *(("company", company_id) for company_id in (*self.companies, "default", "zoneless")),
            *(("channel", channel_id) for channel_id in ("chat", "mail", "phone")),
            *(("skill", skill_id) for skill_id in ("sk1", "sk2", "sk_no_row")),
        ]
        for subject, subject_id in subjects:
            if subject != "company" and self.chance(0.4):
                continue
            starts = {self.first - 24 * HOUR, *(self.moment() for _ in range(2))}
            for valid_from in sorted(starts)[: self.choose((1, 4), (2, 2), (3, 1))]:
                self.add(
                    "raw_calendar_assignments",
                    subject=subject,
                    subject_id=subject_id,
                    valid_from=self.written(valid_from),
                    calendar_id=self.choose(
                        (self.random.choice(CALENDARS[:4]), 8), (None, 1), ("never", 0.5),
                        ("cal_no_row", 0.5),
                    ),
                )

    def add_policies(self) -> None:
        """Few ids with many rows, so that they overlap and tie."""
        for number in range(15):
            starts = {self.first - 24 * HOUR}
            starts |= {self.moment() for _ in range(self.choose((0, 3), (1, 2), (2, 1)))}
            for valid_from in sorted(starts):
                length = self.choose((None, 4), (6 * HOUR, 1), (48 * HOUR, 1), (0 * HOUR, 0.3))
                self.add(
                    "raw_sla_policies",
                    policy_id=f"p{number}",
                    valid_from=self.written(valid_from),
                    valid_to=None if length is None else self.written(valid_from + length),
                    company_id=self.choose(
                        (None, 6), (self.random.choice(self.companies), 1), ("default", 0.5)
                    ),
                    skill_id=self.choose((None, 5), ("sk1", 1), ("sk2", 1)),
                    channel_id=self.choose((None, 5), ("chat", 1), ("phone", 1)),
                    priority=self.choose((None, 5), ("high", 1), ("low", 1)),
                    metric=self.choose((METRICS[number % 3], 9), (self.random.choice(METRICS), 1)),
                    target_seconds=self.choose(
                        ("0", 0.5), ("30", 2), ("90", 2), ("1800", 2), ("18000.0", 1),
                        ("200000", 1),
                    ),
                    clock=self.random.choice(("calendar", "always")),
                    pauses_when_pending=self.random.choice(("true", "false", "1", None)),
                )
