"""What customers said: every kind of survey on its own scale, and how many answered."""

from __future__ import annotations

from math import sqrt

from reference.admission import by_session
from reference.arithmetic import as_number, ratio
from reference.contract import Record, Row
from reference.days import day_of
from reference.labels import labels_of
from reference.marks import owner_of_evaluation
from reference.scales import kind_of, scale_of
from reference.story import Contact, Data, Story

Z = 1.959964


def last_contact_by(story: Story, agent_id: str | None, row: Row) -> Contact | None:
    """The owner's latest contact accepted by the submission."""
    earlier = [
        contact
        for contact in story.contacts
        if contact.agent_id == agent_id and contact.accepted_at <= row["submitted_at"]
    ]
    return earlier[-1] if earlier else None


def submission_rows(data: Data, stories: list[Story]) -> list[Record]:
    """The submissions that count: the latest of a session and kind."""
    evaluations_of = by_session(data.rows["raw_evaluations"])
    found = []
    for story in stories:
        latest: dict[str, Row] = {}
        for row in sorted(
            evaluations_of[story.id], key=lambda row: (row["submitted_at"], row["evaluation_id"])
        ):
            latest[kind_of(row)] = row
        for kind, row in latest.items():
            agent_id = owner_of_evaluation(story, row)
            contact = last_contact_by(story, agent_id, row)
            found.append(
                {
                    "session_id": story.id,
                    "evaluation_id": row["evaluation_id"],
                    "kind": kind,
                    "scale_min": scale_of(row)[0],
                    "scale_max": scale_of(row)[1],
                    "score": row["score"],
                    "agent_id": agent_id,
                    "submitted_at": row["submitted_at"],
                    "submitted_date": day_of(story.zone, row["submitted_at"]),
                    "company_id": story.company_id,
                    "channel_id": story.session["channel_id"],
                    "skill_id": contact and contact.skill_id,
                    "session_date": story.day,
                    **labels_of(story.zone, row["submitted_at"]),
                }
            )
    return found


SURVEY_DIMENSIONS = (
    "company_id", "kind", "scale_min", "scale_max", "agent_id", "channel_id", "skill_id",
)


def survey_indicators(rows: list[Record]) -> Record:
    number = len(rows)
    total = sum(row["score"] for row in rows)
    counts = {
        "top_1": sum(row["score"] >= row["scale_max"] for row in rows),
        "top_2": sum(row["score"] >= row["scale_max"] - 1 for row in rows),
        "bottom_2": sum(row["score"] <= row["scale_min"] + 1 for row in rows),
    }
    is_net = all((r["kind"], r["scale_min"], r["scale_max"]) == ("nps", 0, 10) for r in rows)
    promoters = sum(row["score"] >= 9 for row in rows)
    detractors = sum(row["score"] <= 6 for row in rows)
    net = {
        "promoter_count": promoters,
        "passive_count": number - promoters - detractors,
        "detractor_count": detractors,
        "net_promoter_score": as_number(100 * ratio(promoters - detractors, number)),
    }
    return {
        "survey_response_count": number,
        "score_total": total,
        "avg_score": as_number(ratio(total, number)),
        **{f"{name}_count": count for name, count in counts.items()},
        **{f"{name}_rate": as_number(ratio(count, number)) for name, count in counts.items()},
        **(net if is_net else dict.fromkeys(net)),
    }


def wilson(count: int, number: int) -> tuple[float, float]:
    """The interval in which a share lies with 95 % confidence."""
    share = count / number
    middle = share + Z * Z / (2 * number)
    reach = Z * sqrt(share * (1 - share) / number + Z * Z / (4 * number * number))
    scale = 1 + Z * Z / number
    return (middle - reach) / scale, (middle + reach) / scale


def survey_indicators_of_range(rows: list[Record]) -> Record:
    figures = survey_indicators(rows)
    for name in ("top_1", "top_2", "bottom_2"):
        low, high = wilson(figures[f"{name}_count"], len(rows))
        figures |= {f"{name}_rate_low": low, f"{name}_rate_high": high}
    return figures


def request_rows(data: Data, stories: list[Story]) -> list[Record]:
    """One for each request, with whether an evaluation of its session names it: None where
    evaluations aren't measured."""
    evaluations_of = by_session(data.rows["raw_evaluations"])
    story_of = {story.id: story for story in stories}
    is_measured = data.has("raw_evaluations")
    found = []
    for row in data.rows["raw_survey_requests"]:
        story = story_of[row["session_id"]]
        answers = {answer["request_id"] for answer in evaluations_of[story.id]}
        found.append(
            {
                "company_id": story.company_id,
                "kind": kind_of(row),
                "channel_id": story.session["channel_id"],
                "agent_id": row["agent_id"],
                "date_day": day_of(story.zone, row["sent_at"]),
                "is_answered": row["request_id"] in answers if is_measured else None,
            }
        )
    return found


def request_indicators(rows: list[Record]) -> Record:
    measured = [row["is_answered"] for row in rows if row["is_answered"] is not None]
    answered = sum(measured) if measured else None
    return {
        "requested_count": len(rows),
        "measured_request_count": len(measured) or None,
        "answered_request_count": answered,
        "survey_response_rate": as_number(ratio(answered, len(measured))),
    }
