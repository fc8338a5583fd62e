"""Agents' clocks."""

from __future__ import annotations

from datetime import timedelta

from nasty.draws import HOUR, SECOND, Draws


class Presence(Draws):
    """What agents' clocks say, in any order."""

    def add_presence(self, agent_id: str) -> None:
        at = self.moment() if self.chance(0.3) else self.first
        silent_from = self.moment() if self.chance(0.3) else self.last
        while at <= silent_from:
            kind = self.choose(("login", 3), ("state", 5), ("logout", 3))
            state = self.random.choice(("idle", "busy", "break"))
            self.add(
                "raw_agent_events",
                at,
                event_id=self.new_id("p"),
                agent_id=agent_id,
                event_seq=self.choose((None, 3), ("1", 1), ("2", 1)),
                device_id=self.choose(("d1", 4), ("d2", 2), (None, 2)),
                event_type=kind,
                state=state if kind == "state" or self.chance(0.1) else None,
                reason=self.choose((None, 3), ("lunch", 1), ("training", 1)),
            )
            at += self.choose(
                (timedelta(0), 4), (30 * SECOND, 1), (HOUR / 2, 4), (3 * HOUR, 4), (8 * HOUR, 2),
                (24 * HOUR, 1), (24 * HOUR + SECOND, 2), (30 * HOUR, 2), (55 * HOUR, 0.5),
            )
