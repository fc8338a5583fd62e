"""Rows of the reference tables."""

from __future__ import annotations

from datetime import timedelta

from nasty.calendars import Calendars
from nasty.draws import HOUR


class ReferenceRows(Calendars):
    """Companies, agents, teams, skills, campaigns and channels."""

    def add_reference_rows(self) -> None:
        for company_id, zone in zip(self.companies, self.zones, strict=False):
            self.add("raw_companies", company_id=company_id, company_name=zone, time_zone=zone)
        self.add("raw_companies", company_id="zoneless")
        if self.chance(0.5):
            self.add("raw_companies", company_id="default", time_zone="Asia/Kolkata")
        for agent_id in self.agents:
            if self.chance(0.8):
                company_id = self.random.choice([*self.companies, "zoneless", "no_row", None])
                self.add("raw_agents", agent_id=agent_id, agent_name=f"Agent {agent_id}",
                         company_id=company_id)
            for valid_from in {self.moment() for _ in range(self.random.randrange(4))}:
                length = self.choose(
                    (None, 4), (timedelta(0), 1), (6 * HOUR, 2), (24 * HOUR, 3), (72 * HOUR, 1)
                )
                self.add(
                    "raw_agent_teams",
                    agent_id=agent_id,
                    team_id=self.random.choice(("t1", "t2", "t_no_row", None)),
                    valid_from=self.written(valid_from),
                    valid_to=None if length is None else self.written(valid_from + length),
                )
        for team_id in ("t1", "t2"):
            self.add("raw_teams", team_id=team_id, team_name=team_id.upper())
        self.add("raw_skills", skill_id="sk1", skill_name="Sales", campaign_id="k1")
        self.add("raw_skills", skill_id="sk2", skill_name="Care")
        self.add("raw_campaigns", campaign_id="k1", campaign_name="Spring")
        self.add_targets()
        self.add_calendars()
        self.add_policies()
        self.add_measured_groups()
        for channel_id, media_type, is_digital in (
            ("chat", "chat", None),
            ("mail", "email", "true"),
            ("phone", "voice", None),
            ("kiosk", "kiosk", "false"),
            ("phone_digital", "voice", "true"),
        ):
            self.add("raw_channels", channel_id=channel_id, media_type=media_type,
                     is_digital=is_digital)

    def add_targets(self) -> None:
        """On the half hours at which legs begin, and with holes."""
        for skill_id in ("sk1", "sk2", "sk_no_row"):
            for valid_from in {self.moment() for _ in range(self.random.randrange(5))}:
                self.add(
                    "raw_skill_targets",
                    skill_id=skill_id,
                    valid_from=self.written(valid_from),
                    service_level_seconds=self.choose(
                        (None, 2), ("0", 1), ("10", 2), ("30", 3), ("90.0", 1)
                    ),
                    short_abandon_seconds=self.choose((None, 3), ("0", 1), ("10", 2), ("60", 1)),
                )

    def add_measured_groups(self) -> None:
        """Some groups from an instant on, some without a word, some from never."""
        for event_group in ("offer", "hold", "wrap_up", "pending", "bot"):
            measured_from = self.choose(
                (None, 1), (self.first, 5), (self.moment(), 2), (self.last + 24 * HOUR, 0.05)
            )
            if self.chance(0.8):
                self.add(
                    "raw_measured_events",
                    event_group=event_group,
                    measured_from=measured_from and self.written(measured_from),
                )
