"""After the close: surveys of three kinds and what customers answer; tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clocks import MINUTE
from .rota import Agent

if TYPE_CHECKING:
    from .centre import Case

# (kind, channels, share that is asked, share of them that answers)
SURVEYS = (
    ("csat", ("web-chat", "whatsapp", "wechat"), 0.75, 0.42),
    ("csat", ("phone",), 0.35, 0.36),
    ("nps", ("email",), 0.6, 0.28),
    ("ces", ("web-chat",), 0.3, 0.3),
)
# kind -> lowest, highest, the usual score, what a star is worth there, how much answers differ
SCALES = {
    "csat": (1, 5, 4.5, 1.0, 0.85), "nps": (0, 10, 8.8, 2.2, 1.8), "ces": (1, 7, 5.9, 1.3, 1.1),
}
TAGGED = 0.3
# Whatever the agent does.
DISAPPOINTED = 0.07


def ask_afterwards(case: Case, at: int, agent: Agent) -> None:
    """What comes of a session that a person has closed."""
    tag(case, at, agent)
    if case.arrival.is_outbound:
        return
    for kind, channels, asked, answered in SURVEYS:
        if case.arrival.channel in channels and case.chance.happens(asked):
            request = case.centre.log.add(
                "raw_survey_requests", at + case.chance.between(5, 120), session_id=case.id,
                agent_id=agent.id, kind=kind,
            )
            if case.chance.happens(answered):
                answer(case, request, agent, kind)


def answer(case: Case, request: dict[str, Any], agent: Agent, kind: str) -> None:
    lowest, highest, usual, star, differs = SCALES[kind]
    stars = agent.person.quality - displeasure(case)
    if case.chance.happens(DISAPPOINTED):
        stars -= 2.2
    score = round(usual + star * stars + differs * case.chance.normal())
    case.centre.log.add(
        "raw_evaluations", request["at"] + case.chance.around(15 * MINUTE, 1.3, 20, 172_800),
        session_id=case.id, agent_id=agent.id, kind=kind, request_id=request,
        score=min(max(score, lowest), highest),
    )


def displeasure(case: Case) -> float:
    """Stars that a wait, a transfer, a reopening and the bad day cost."""
    is_mail = case.arrival.channel == "email"
    waited = min((case.waited or 0) / (20_000 if is_mail else 400), 2.0)
    return (
        0.6 * waited + 0.35 * case.is_transferred + 0.4 * case.is_reopened
        + 0.9 * case.arrival.is_bad_day
    )


def tag(case: Case, at: int, agent: Agent) -> None:
    chance, names = case.chance, case.company.tags
    if case.arrival.is_bad_day:
        names = ("payment outage",)
    if chance.happens(0.9 if case.arrival.is_bad_day else TAGGED):
        # The first tags of a company are the usual ones.
        name = names[min(int(len(names) * chance.share() ** 1.4), len(names) - 1)]
        case.centre.log.add(
            "raw_tag_events", at - 1, session_id=case.id, agent_id=agent.id, tag_name=name,
            event_type="attached",
        )
        if chance.happens(0.03):
            case.centre.log.add(
                "raw_tag_events", at + 40, session_id=case.id, agent_id=agent.id, tag_name=name,
                event_type="detached",
            )
