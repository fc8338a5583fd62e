"""What happens in a session besides its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nasty.columns import Acceptances
from nasty.draws import MINUTE, TAGS, Draws


class Happenings(Draws):
    """What happens in a session besides its events: messages, focus, evaluations, tags."""

    def likely_agent(self, at: datetime, team: Sequence[str], held: Acceptances) -> str:
        """Mostly whoever accepted the session last, and now and then a colleague."""
        accepted_by_then = [agent_id for accepted_at, agent_id in held if accepted_at <= at]
        if accepted_by_then and self.chance(0.75):
            return accepted_by_then[-1]
        return self.random.choice(team)

    def add_messages(
        self,
        session_id: str,
        instants: Sequence[datetime],
        team: Sequence[str],
        held: Acceptances,
    ) -> list[str]:
        message_ids = []
        for _ in range(self.choose((0, 1), (2, 2), (6, 3), (14, 3))):
            sender_type = self.choose(("customer", 8), ("agent", 9), ("bot", 1), ("system", 0.5))
            at = self.random.choice(instants)
            sender_id = {
                "customer": self.choose(("u1", 1), (None, 1)),
                "agent": self.choose(
                    (self.likely_agent(at, team, held), 9),
                    (None, 2),
                    (self.random.choice(self.agents), 1),
                ),
            }.get(sender_type)
            message_ids.append(self.new_id("m"))
            self.add(
                "raw_messages",
                at,
                message_id=message_ids[-1],
                session_id=session_id,
                message_seq=self.choose((None, 3), ("0", 1), ("1", 2), ("2", 2), ("-1", 0.5)),
                sender_type=sender_type,
                sender_id=sender_id,
                origin=self.choose((None, 5), ("human", 5), ("auto_reply", 1), ("campaign", 0.5)),
                visibility=self.choose((None, 5), ("public", 5), ("internal", 1)),
            )
        return message_ids

    def add_focus(
        self,
        session_id: str,
        instants: Sequence[datetime],
        team: Sequence[str],
        held: Acceptances,
    ) -> None:
        """Blurs mostly, but not always, name the session that was looked at."""
        for _ in range(self.choose((0, 2), (3, 3), (8, 2))):
            at, seen = self.random.choice(instants), session_id
            if self.chance(0.15):
                seen = self.random.choice(list(self.starts))
                at = max(at, self.starts[seen] - 5 * MINUTE)
            self.add(
                "raw_focus_events",
                at,
                event_id=self.new_id("f"),
                session_id=seen,
                agent_id=self.likely_agent(at, team, held),
                event_type=self.choose(("focus", 3), ("blur", 2)),
            )

    def add_evaluations(
        self,
        session_id: str,
        instants: Sequence[datetime],
        team: Sequence[str],
        request_ids: Sequence[str],
    ) -> None:
        """Of every kind and scale, some of them beyond it; they name a request of their session,
        one of another or none."""
        for _ in range(self.choose((0, 4), (1, 4), (2, 2), (3, 1))):
            kind, lowest, highest = self.choose(
                ((None, None, None), 6), (("csat", None, None), 2), (("csat", "1", "5"), 1),
                (("csat", "1", "10"), 1), ((None, None, "3"), 0.5), (("nps", None, None), 2),
                (("nps", "0", "10.0"), 1), (("nps", "1", "10"), 0.5), (("ces", None, None), 1),
                (("ces", "1", "5"), 0.5),
            )
            scores = {"nps": ("0", "6", "7", "8", "9", "10"), "ces": ("1", "2", "5", "6", "7")}
            self.add(
                "raw_evaluations",
                self.random.choice(instants),
                evaluation_id=self.new_id("v"),
                session_id=session_id,
                agent_id=self.choose((None, 4), (self.random.choice(team), 4), ("stranger", 1)),
                score=self.random.choice(
                    scores.get(kind, ("1", "2", "3", "4", "5", "5.0", "4.0"))
                ),
                kind=kind,
                scale_min=lowest,
                scale_max=highest,
                request_id=self.random.choice((*request_ids, *self.request_ids[-2:], None)),
            )
        self.request_ids += request_ids

    def add_survey_requests(
        self, session_id: str, instants: Sequence[datetime], team: Sequence[str]
    ) -> list[str]:
        request_ids = []
        for _ in range(self.choose((0, 5), (1, 3), (2, 1))):
            request_ids.append(self.new_id("q"))
            self.add(
                "raw_survey_requests",
                self.random.choice(instants),
                request_id=request_ids[-1],
                session_id=session_id,
                agent_id=self.choose((None, 2), (self.random.choice(team), 3)),
                kind=self.random.choice((None, "csat", "nps", "ces")),
            )
        return request_ids

    def add_tags(
        self,
        session_id: str,
        instants: Sequence[datetime],
        message_ids: Sequence[str],
        team: Sequence[str],
    ) -> None:
        """Few messages and tags, so that detaches meet stacks of attachments."""
        named = [*message_ids[:2], None]
        for _ in range(self.choose((0, 4), (1, 2), (4, 2), (9, 2))):
            self.add(
                "raw_tag_events",
                self.random.choice(instants),
                event_id=self.new_id("g"),
                session_id=session_id,
                message_id=self.random.choice(named),
                agent_id=self.random.choice((*team, None)),
                tag_name=self.random.choice(TAGS),
                event_type=self.choose(("attached", 3), ("detached", 2)),
            )
