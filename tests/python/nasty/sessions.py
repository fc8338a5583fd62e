"""Sessions and their events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from nasty.columns import Acceptances, Record
from nasty.draws import CHANNELS, HOUR, MINUTE, SECOND
from nasty.references import ReferenceRows


class Sessions(ReferenceRows):
    """Sessions with the events that tell who held them when."""

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
        zone = dict(zip(self.companies, self.zones)).get(company_id, "UTC")
        start = self.near_clock_change(zone) if self.chance(0.5) else self.moment()
        session_id = self.new_id("s")
        self.starts[session_id] = start
        self.add(
            "raw_sessions",
            start,
            session_id=session_id,
            company_id=company_id,
            customer_id=self.random.choice(("u1", "u2", "u3", "", None)),
            channel_id=self.choose(*zip(CHANNELS, (8, 3, 3, 1, 1, 2, 2))),
            direction=self.random.choice(("inbound", "outbound", None)),
            contact_type=self.random.choice(("support", None)),
            campaign_id=self.choose(("k1", 1), ("k_no_row", 1), (None, 4)),
            initiated_by=self.random.choice(("customer", "agent", "system", None)),
        )
        instants = self.instants(start)
        team = self.random.sample(self.agents, min(3, len(self.agents)))
        held = self.add_events(session_id, instants, team) if self.chance(0.9) else []
        message_ids = self.add_messages(session_id, instants, team, held)
        self.add_focus(session_id, instants, team, held)
        self.add_evaluations(session_id, instants, team)
        self.add_tags(session_id, instants, message_ids, team)

    def script(self) -> list[str]:
        """Kinds of events, in an order that makes sense or in none."""
        if self.chance(0.35):
            kinds = (
                "queued", "accepted", "accepted", "accepted", "transferred", "transferred",
                "released", "abandoned", "closed", "reopened", "disposition_set",
            )
            return self.random.choices(kinds, k=self.random.randrange(1, 12))
        kinds = ["queued"] * self.choose((0, 2), (1, 5), (2, 2))
        if self.chance(0.12):
            return kinds + self.choose((["abandoned"], 3), (["closed"], 2), ([], 1))
        kinds.append("accepted")
        for _ in range(self.random.randrange(3)):
            kinds += self.choose(
                (["transferred", "accepted"], 4),
                (["transferred", "queued", "accepted"], 3),
                (["accepted", "transferred"], 3),
                (["accepted"], 1),
                (["released", "queued", "accepted"], 2),
                (["released", "accepted"], 1),
                (["closed", "reopened", "accepted"], 2),
                (["closed", "disposition_set", "reopened"], 1),
                (["disposition_set"], 1),
            )
        kinds += self.choose(
            (["closed"], 6), (["disposition_set", "closed"], 3), (["closed", "closed"], 1),
            (["closed", "disposition_set"], 3), (["closed", "accepted"], 1), ([], 3),
        )
        return kinds

    def add_events(
        self, session_id: str, instants: Sequence[datetime], team: Sequence[str]
    ) -> Acceptances:
        """Adds a session's events and tells who accepted it when."""
        held: Acceptances = []
        kinds = self.script()
        moments = sorted(self.random.choices(instants, k=len(kinds)))
        holder, invited = self.random.choice(team), None
        for place, (kind, at) in enumerate(zip(kinds, moments)):
            values: Record = {"actor_type": None}
            if kind == "accepted":
                holder, invited = invited or self.random.choice(team), None
                held.append((at, holder))
                values["agent_id"] = holder
                values["skill_id"] = self.choose(("sk1", 1), ("sk3", 0.5), (None, 4))
            elif kind == "transferred":
                values["agent_id"] = self.choose(
                    (holder, 5), (None, 2), (self.random.choice(team), 4)
                )
                to_whom = self.choose(
                    ("agent", 5), ("skill", 3), ("both", 1), ("holder", 2), (None, 1)
                )
                if to_whom in ("agent", "both"):
                    invited = self.random.choice(team)
                    values["to_agent_id"] = invited
                if to_whom == "holder":
                    values["to_agent_id"] = holder
                if to_whom in ("skill", "both"):
                    values["to_skill_id"] = self.random.choice(("sk1", "sk2"))
                if self.chance(0.2):
                    invited = None
            elif kind == "released":
                values["agent_id"] = self.choose(
                    (holder, 5), (None, 2), (self.random.choice(team), 2)
                )
            elif kind == "queued":
                values["skill_id"] = self.choose(("sk1", 3), ("sk2", 3), (None, 1))
            elif kind == "closed":
                values["actor_type"] = self.random.choice(
                    ("agent", "agent", None, "customer", "system", "bot")
                )
                values["agent_id"] = self.choose((holder, 4), (None, 2), (team[0], 1))
            elif kind == "disposition_set":
                values["agent_id"] = self.choose((holder, 4), (self.random.choice(team), 2))
                values["disposition"] = self.random.choice(("sold", "lost"))
            seq = self.choose((str(place), 8), (None, 1), ("0", 1))
            self.add("raw_session_events", at, event_id=self.new_id("e"), session_id=session_id,
                     event_type=kind, event_seq=seq, **values)
        return held
