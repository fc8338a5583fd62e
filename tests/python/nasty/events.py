"""Events of a session, in an order that makes sense or in none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nasty.columns import Acceptances, Record
from nasty.references import ReferenceRows

KINDS = (
    "queued", "accepted", "accepted", "accepted", "transferred", "transferred", "released",
    "abandoned", "closed", "reopened", "disposition_set",
)
# What happens beside: offers, holds, wrap-ups.
SIDE_KINDS = (
    "offered", "offered", "offer_ended", "held", "resumed", "wrap_up_started", "wrap_up_ended",
    "dequeued", "pended", "pended", "unpended", "bot_started", "bot_ended",
)
BOT_OUTCOMES = (None, "resolved", "handed_off", "abandoned", "failed")


class Events(ReferenceRows):
    """Who waited, held and left the session when, and what rang at whom."""

    def script(self) -> list[str]:
        """Kinds of events with others between them."""
        kinds = self.course()
        if self.chance(0.2):
            kinds += self.random.choices(SIDE_KINDS, k=self.random.randrange(1, 8))
            self.random.shuffle(kinds)
        elif self.chance(0.8):
            kinds = self.with_handling(kinds)
        if self.chance(0.35):
            kinds = self.with_pendings(kinds)
        if self.chance(0.25):
            kinds = self.with_bot(kinds)
        return kinds

    def with_pendings(self, kinds: list[str]) -> list[str]:
        """Mostly one after the other, now and then in no order."""
        for _ in range(self.random.randrange(1, 4)):
            place = self.random.randrange(len(kinds) + 1)
            kinds[place:place] = self.choose(
                (["pended", "unpended"], 5), (["pended"], 4), (["pended", "pended"], 1),
                (["unpended", "pended"], 1), (["unpended"], 0.5),
            )
        return kinds

    def with_bot(self, kinds: list[str]) -> list[str]:
        """Mostly first, and then alone or before people; now and then anywhere."""
        part = self.choose(
            (["bot_started", "bot_ended"], 5), (["bot_started"], 2), (["bot_ended"], 0.5),
            (["bot_started", "bot_ended", "bot_started"], 0.5),
        )
        place = self.choose((0, 6), (self.random.randrange(len(kinds) + 1), 2))
        rest = self.choose((kinds[place:], 3), ([], 1), (["closed"], 1))
        return [*kinds[:place], *part, *rest]

    def course(self) -> list[str]:
        """Kinds of events that move a session."""
        if self.chance(0.35):
            return self.random.choices(
                (*KINDS, "dequeued"), k=self.random.randrange(1, 12)
            )
        kinds = ["queued"] * self.choose((0, 2), (1, 5), (2, 2))
        if self.chance(0.12):
            return kinds + self.choose(
                (["abandoned"], 3), (["closed"], 2), (["dequeued"], 2), ([], 1),
                (["dequeued", "queued", "abandoned"], 1), (["abandoned", "queued"], 1),
            )
        kinds.append("accepted")
        for _ in range(self.random.randrange(3)):
            kinds += self.choose(
                (["transferred", "accepted"], 4),
                (["transferred", "queued", "accepted"], 3),
                (["accepted", "transferred"], 3),
                (["accepted"], 1),
                (["released", "queued", "accepted"], 2),
                (["released", "accepted"], 1),
                (["queued", "abandoned"], 1),
                (["queued", "dequeued", "queued", "accepted"], 1),
                (["closed", "reopened", "accepted"], 2),
                (["closed", "disposition_set", "reopened"], 1),
                (["disposition_set"], 1),
            )
        kinds += self.choose(
            (["closed"], 6), (["disposition_set", "closed"], 3), (["closed", "closed"], 1),
            (["closed", "disposition_set"], 3), (["closed", "accepted"], 1), ([], 3),
        )
        return kinds

    def with_handling(self, kinds: list[str]) -> list[str]:
        """Offers before acceptances, holds within contacts, wrap-ups after them; mostly."""
        found = []
        for kind in kinds:
            if kind == "accepted":
                found += self.choose(
                    ([], 2), (["offered"], 4), (["offered", "offer_ended", "offered"], 3),
                    (["offered", "offered"], 2),
                )
            if kind in ("transferred", "released", "closed", "accepted"):
                found += self.choose(
                    ([], 3), (["held", "resumed"], 4), (["held", "resumed", "held", "resumed"], 1),
                    (["held"], 1), (["held", "held", "resumed"], 1), (["resumed", "held"], 0.5),
                    (["wrap_up_started"], 1.5), (["wrap_up_started", "wrap_up_ended"], 0.5),
                    (["held", "wrap_up_started"], 0.5),
                )
            found.append(kind)
            if kind in ("transferred", "released", "closed"):
                found += self.choose(
                    ([], 3), (["wrap_up_started", "wrap_up_ended"], 4), (["wrap_up_ended"], 2),
                    (["wrap_up_started"], 1), (["wrap_up_ended", "wrap_up_started"], 0.5),
                )
        return found

    def add_events(
        self, session_id: str, instants: Sequence[datetime], team: Sequence[str]
    ) -> Acceptances:
        """Adds a session's events and tells who accepted it when."""
        held: Acceptances = []
        kinds = self.script()
        moments = sorted(self.random.choices(instants, k=len(kinds)))
        holder, invited = self.random.choice(team), None
        for place, (kind, at) in enumerate(zip(kinds, moments, strict=True)):
            values: Record = {"actor_type": None, "outcome": self.choose((None, 9), ("odd", 1))}
            if kind == "accepted":
                holder, invited = invited or self.random.choice(team), None
                held.append((at, holder))
                values["agent_id"] = holder
                values["skill_id"] = self.choose(("sk1", 1), ("sk3", 0.5), (None, 4))
                values["team_id"] = self.choose((None, 8), ("t1", 1), ("t_no_row", 1))
            elif kind == "transferred":
                invited = self.put_transfer(values, holder, team)
            elif kind in SIDE_KINDS:
                invited = self.put_side_event(values, kind, holder, invited, team)
            else:
                self.put_other_event(values, kind, holder, team)
            seq = self.choose((str(place), 8), (None, 1), ("0", 1))
            self.add("raw_session_events", at, event_id=self.new_id("e"), session_id=session_id,
                     event_type=kind, event_seq=seq, **values)
        return held

    def put_transfer(self, values: Record, holder: str, team: Sequence[str]) -> str | None:
        """Fills a transfer and tells who is invited by it."""
        invited = None
        values["agent_id"] = self.choose((holder, 5), (None, 2), (self.random.choice(team), 4))
        to_whom = self.choose(("agent", 5), ("skill", 3), ("both", 1), ("holder", 2), (None, 1))
        if to_whom in ("agent", "both"):
            invited = self.random.choice(team)
            values["to_agent_id"] = invited
        if to_whom == "holder":
            values["to_agent_id"] = holder
        if to_whom in ("skill", "both"):
            values["to_skill_id"] = self.random.choice(("sk1", "sk2"))
        return None if self.chance(0.2) else invited

    def put_side_event(
        self, values: Record, kind: str, holder: str, invited: str | None, team: Sequence[str]
    ) -> str | None:
        """Fills an offer, hold, wrap-up or dequeuing and tells who is invited by then."""
        somebody = self.random.choice(team)
        if kind == "offered":
            invited = self.choose((invited or somebody, 3), (somebody, 1))
            values["agent_id"] = invited
            values["skill_id"] = self.choose((None, 5), ("sk2", 1), ("sk_no_row", 1))
        elif kind == "offer_ended":
            values["agent_id"] = self.choose((invited or somebody, 4), (somebody, 1))
            values["outcome"] = self.random.choice(("declined", "missed", "withdrawn"))
        elif kind == "dequeued":
            values["reason"] = self.random.choice(("callback", "overflow", None))
        elif kind in ("bot_started", "bot_ended"):
            values["actor_type"] = self.choose(("bot", 3), (None, 1))
            if kind == "bot_ended":
                values["outcome"] = self.random.choice(BOT_OUTCOMES)
        else:
            values["agent_id"] = self.choose((holder, 6), (None, 3), (somebody, 2))
        return invited

    def put_other_event(
        self, values: Record, kind: str, holder: str, team: Sequence[str]
    ) -> None:
        if kind == "released":
            values["agent_id"] = self.choose((holder, 5), (None, 2), (self.random.choice(team), 2))
        elif kind == "queued":
            values["skill_id"] = self.choose(
                ("sk1", 3), ("sk2", 3), (None, 1), ("sk_no_row", 0.5)
            )
        elif kind == "closed":
            values["actor_type"] = self.random.choice(
                ("agent", "agent", None, "customer", "system", "bot")
            )
            values["agent_id"] = self.choose((holder, 4), (None, 2), (team[0], 1))
        elif kind == "disposition_set":
            values["agent_id"] = self.choose((holder, 4), (self.random.choice(team), 2))
            values["disposition"] = self.random.choice(("sold", "lost"))
