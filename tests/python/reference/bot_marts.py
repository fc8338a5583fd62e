"""bot_metrics_daily: what bots contained, and what came back all the same."""

from __future__ import annotations

from reference.arithmetic import as_number, ratio, seconds, total
from reference.bots import CONTAINED, RESULTS, BotPart, bot_message_count, measured_bot_part
from reference.contract import Record
from reference.repeats import is_of_a_counted_direction, next_session
from reference.story import Data, Story


def is_bot_matured(data: Data, story: Story, part: BotPart) -> bool:
    """Contained, and long enough ago that the customer would have come back by now."""
    return (
        part.result in CONTAINED
        and story.session["customer_id"] is not None
        and is_of_a_counted_direction(data, story)
        and part.ended_at + data.matters.bot_repeat <= data.as_of
    )


def bot_rows(data: Data, stories: list[Story]) -> list[Record]:
    """One for each session with a bot's part."""
    found = []
    for story in stories:
        part = measured_bot_part(data, story)
        if part is None:
            continue
        matured = is_bot_matured(data, story, part)
        found.append(
            {
                "company_id": story.company_id,
                "channel_id": story.session["channel_id"],
                "date_day": story.day,
                "result": part.result,
                "is_matured": matured,
                "is_verified": matured and next_session(
                    data, stories, story, part.ended_at, data.matters.bot_repeat
                ) is None,
                "duration": part.duration(data.as_of),
                "message_count": bot_message_count(data, story, part),
            }
        )
    return found


def bot_indicators(data: Data, rows: list[Record]) -> Record:
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    contained = sum(counts[result] for result in CONTAINED)
    ended = contained + counts["handed_off"]
    matured = sum(row["is_matured"] for row in rows)
    verified = sum(row["is_verified"] for row in rows)
    return {
        "bot_session_count": len(rows),
        **{f"bot_{result}_count": count for result, count in counts.items()},
        "bot_contained_count": contained,
        "bot_hand_off_rate": as_number(ratio(counts["handed_off"], ended)),
        "bot_containment_rate": as_number(ratio(contained, ended)),
        "bot_matured_count": matured,
        "bot_verified_contained_count": verified,
        "bot_verified_containment_rate": as_number(ratio(verified, matured)),
        "bot_seconds": seconds(sum(row["duration"] for row in rows)),
        "bot_message_count": (
            total(row["message_count"] for row in rows) if data.has("raw_messages") else None
        ),
    }
