"""Sessions and their events."""

from __future__ import annotations

from datetime import datetime, timedelta

from nasty.draws import CHANNELS, HOUR, MINUTE, SECOND
from nasty.events import Events


class Sessions(Events):
    """Sessions and what happens in them."""

    def instants(self, start: datetime) -> list[datetime]:
        """The few moments at which everything in a session happens."""
        found = [start - self.choose((timedelta(0), 8), (5 * MINUTE, 1))]
        for _ in range(self.random.randrange(4, 14)):
            step = self.choose(
                (timedelta(0), 3), (10 * SECOND, 3), (30 * SECOND, 6), (90 * SECOND, 3),
                (30 * SECOND + timedelta(microseconds=1), 0.5), (timedelta(milliseconds=1), 0.5),
                (10 * MINUTE, 2), (HOUR / 2, 1.5), (5 * HOUR, 0.5), (24 * HOUR, 0.15),
            )
            found.append(found[-1] + step)
        return found

    def add_session(self) -> None:
        company_id = self.random.choice([*self.companies, *self.companies, "no_row", None])
        zone = dict(zip(self.companies, self.zones, strict=False)).get(company_id, "UTC")
        start = self.near_clock_change(zone) if self.chance(0.5) else self.moment()
        session_id = self.new_id("s")
        self.starts[session_id] = start
        self.add(
            "raw_sessions",
            start,
            session_id=session_id,
            company_id=company_id,
            customer_id=self.random.choice(("u1", "u2", "u3", "", None)),
            channel_id=self.choose(*zip(CHANNELS, (8, 3, 3, 1, 1, 2, 2), strict=True)),
            direction=self.random.choice(("inbound", "outbound", None)),
            contact_type=self.random.choice(("support", None)),
            campaign_id=self.choose(("k1", 1), ("k_no_row", 1), (None, 4)),
            initiated_by=self.random.choice(("customer", "agent", "system", None)),
            priority=self.choose(("high", 2), ("low", 2), (None, 3)),
            topic=self.choose(("bill", 2), ("Rückgabe", 1), (None, 2)),
        )
        instants = self.instants(start)
        team = self.random.sample(self.agents, min(3, len(self.agents)))
        held = self.add_events(session_id, instants, team) if self.chance(0.9) else []
        message_ids = self.add_messages(session_id, instants, team, held)
        self.add_focus(session_id, instants, team, held)
        request_ids = self.add_survey_requests(session_id, instants, team)
        self.add_evaluations(session_id, instants, team, request_ids)
        self.add_tags(session_id, instants, message_ids, team)
