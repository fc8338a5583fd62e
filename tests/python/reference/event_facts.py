"""One record for each close, each tag that still stands, and each login and logout."""

from __future__ import annotations

from reference.arithmetic import seconds
from reference.business import business_resolution
from reference.contacts import last_contact_before, resolution_duration
from reference.contract import Record
from reference.labels import labels_of
from reference.lookups import company_of_agent, zone_of_company
from reference.story import Data, Story, agent_of_close


def close_records(data: Data, story: Story) -> list[Record]:
    """Only what closed something; the last one of a session that stayed closed is final."""
    records = []
    for number, position in enumerate(story.close_positions, start=1):
        close, contact = story.events[position], last_contact_before(story, position)
        is_final = story.is_closed and number == len(story.close_positions)
        labels = labels_of(story.zone, close["occurred_at"])
        records.append(
            {
                "session_id": story.id,
                "close_number": number,
                "agent_contact_id": contact and contact.id,
                "closed_by_agent_id": agent_of_close(close),
                "is_final": is_final,
                "closed_at": close["occurred_at"],
                "closed_date": labels["date_day"],
                **labels,
                "resolution_seconds": seconds(resolution_duration(story)) if is_final else None,
                "business_resolution_seconds": (
                    seconds(business_resolution(data, story)) if is_final else None
                ),
            }
        )
    return records


def attachment_records(story: Story) -> list[Record]:
    records = []
    for row in story.attachments:
        labels = labels_of(story.zone, row["occurred_at"])
        records.append(
            {
                "attachment_id": row["event_id"],
                "session_id": story.id,
                "company_id": story.company_id,
                "message_id": row["message_id"],
                "agent_id": row["agent_id"],
                "tag_name": row["tag_name"],
                "is_digital": story.is_digital,
                "attached_at": row["occurred_at"],
                "attached_date": labels["date_day"],
                **labels,
            }
        )
    return records


def login_records(data: Data) -> list[Record]:
    records = []
    for row in data.rows["raw_agent_events"]:
        if row["event_type"] in ("login", "logout"):
            company_id = company_of_agent(data, row["agent_id"])
            records.append(
                {
                    "event_id": row["event_id"],
                    "company_id": company_id,
                    "agent_id": row["agent_id"],
                    "device_id": row["device_id"],
                    "event_type": row["event_type"],
                    "occurred_at": row["occurred_at"],
                    **labels_of(zone_of_company(data, company_id), row["occurred_at"]),
                }
            )
    return records
