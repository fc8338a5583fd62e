"""What is special about a session, in a few words: where figures of two systems part."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo


def marks_of(session: dict[str, Any]) -> tuple[str, ...]:
    zone = ZoneInfo(session["seen_time_zone"])
    started = local_day(session["started_at"], zone)
    found = [f"{session['started_at']:%Y-%m-%d %H:%M} UTC"]
    if started != session["started_at"].date():
        found.append("another day in UTC")
    if session["first_accepted_at"] is None:
        found.append("never accepted")
    elif local_day(session["first_accepted_at"], zone) != started:
        found.append("accepted on another day")
    if not session["is_closed"]:
        found.append("open")
    elif local_day(session["last_closed_at"], zone) != started:
        found.append("closed on another day")
    if session["reopened_count"]:
        found.append("reopened")
    if (session["agent_contact_count"] or 0) > 1:
        found.append("several agent contacts")
    if session["seen_bot_message_count"]:
        found.append("a bot wrote")
    if session["direction"] == "outbound":
        found.append("outbound")
    if session["is_voice"]:
        found.append("call")
    return tuple(found)


def local_day(instant: datetime.datetime, zone: ZoneInfo) -> datetime.date:
    return instant.replace(tzinfo=datetime.UTC).astimezone(zone).date()
