"""bot_metrics_daily: what bots contained, and what came back all the same."""

from __future__ import annotations

from reference.arithmetic import as_number, ratio, seconds, total
from reference.bots import (
    CONTAINED,
    RESULTS,
    BotPart,
    bot_message_count,
    is_bot_measured,
    measured_bot_part,
)
from reference.contract import Record
from reference.repeats import is_of_a_counted_direction, next_session
from reference.story import Data, Story


def is_bot_matured(data: Data, story: Story, part: BotPart) -> bool:
    """Handed over or contained, and so long ago that the customer would have come back by now."""
    return (
        part.result in ("handed_off", *CONTAINED)
        and story.session["customer_id"] is not None
        and is_of_a_counted_direction(data, story)
        and part.ended_at + data.matters.bot_repeat <= data.as_of
    )


def bot_rows(data: Data, stories: list[Story]) -> list[Record]:
    """One for each session, with the bot's part where there is one."""
    found = []
    for story in stories:
        part = measured_bot_part(data, story)
        matured = part is not None and is_bot_matured(data, story, part)
        found.append(
            {
                "company_id": story.company_id,
                "channel_id": story.session["channel_id"],
                "date_day": story.day,
                "is_measured": is_bot_measured(data, story),
                "result": part and part.result,
                "is_matured": matured,
                "is_verified": matured and part.result in CONTAINED and next_session(
                    data, stories, story, part.ended_at, data.matters.bot_repeat
                ) is None,
                "duration": part and part.duration(data.as_of),
                "message_count": part and bot_message_count(data, story, part),
            }
        )
    return found


def bot_indicators(data: Data, rows: list[Record]) -> Record:
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    contained = sum(counts[result] for result in CONTAINED)
    ended = contained + counts["handed_off"]
    matured = sum(row["is_matured"] for row in rows)
    verified = sum(row["is_verified"] for row in rows)
    figures = {
        "bot_session_count": sum(row["result"] is not None for row in rows),
        **{f"bot_{result}_count": count for result, count in counts.items()},
        "bot_contained_count": contained,
        "bot_hand_off_rate": as_number(ratio(counts["handed_off"], ended)),
        "bot_containment_rate": as_number(ratio(contained, ended)),
        "bot_matured_count": matured,
        "bot_verified_contained_count": verified,
        "bot_verified_containment_rate": as_number(ratio(verified, matured)),
        "bot_seconds": seconds(total(row["duration"] for row in rows)),
        "bot_message_count": (
            total(row["message_count"] for row in rows) if data.has("raw_messages") else None
        ),
    }
    return figures if any(row["is_measured"] for row in rows) else dict.fromkeys(figures)
