"""From accepted rows to stories and agent sessions."""

from __future__ import annotations

from reference.admission import by_session, event_order
from reference.contacts import mark_transfers_in, mark_transfers_out, set_dispositions, tell_events
from reference.handling import find_handling
from reference.lookups import (
    campaign_of,
    company_of_agent,
    medium_of_channel,
    skill_at,
    team_at,
    zone_of_company,
)
from reference.marks import choose_evaluation, find_standing_attachments, give_focus_to_contacts
from reference.offers import find_offers
from reference.queues import find_legs
from reference.story import AgentSession, Data, Story
from reference.turns import find_responses, find_turns, give_messages_to_contacts, is_public_human


def tell_stories(data: Data) -> list[Story]:
    events_of = by_session(data.rows["raw_session_events"])
    messages_of = by_session(data.rows["raw_messages"])
    evaluations_of = by_session(data.rows["raw_evaluations"])
    tag_events_of = by_session(data.rows["raw_tag_events"])
    stories: dict[str, Story] = {}
    for session in sorted(data.rows["raw_sessions"], key=lambda row: row["session_id"]):
        company_id = session["company_id"] or "default"
        story = Story(
            session,
            company_id,
            zone_of_company(data, company_id),
            medium_of_channel(data, session["channel_id"]),
            sorted(events_of[session["session_id"]], key=event_order),
            messages=[row for row in messages_of[session["session_id"]] if is_public_human(row)],
            all_messages=messages_of[session["session_id"]],
        )
        tell_events(story)
        mark_transfers_out(story)
        mark_transfers_in(story)
        set_dispositions(story)
        for contact in story.contacts:
            contact.skill_id = skill_at(story, contact.accepted_position)
            named_team_id = story.events[contact.accepted_position]["team_id"]
            contact.team_id = named_team_id or team_at(
                data, contact.agent_id, contact.accepted_at
            )
            contact.campaign_id = campaign_of(data, story, contact.skill_id)
        give_messages_to_contacts(story)
        find_turns(story)
        find_responses(story, data.response_clock)
        choose_evaluation(story, evaluations_of[story.id])
        find_standing_attachments(story, tag_events_of[story.id])
        find_legs(data, story)
        find_offers(data, story)
        find_handling(data, story)
        stories[story.id] = story
    give_focus_to_contacts(data, stories)
    return list(stories.values())


def tell_agent_sessions(data: Data, stories: list[Story]) -> list[AgentSession]:
    found = []
    for story in stories:
        for agent_id in sorted({contact.agent_id for contact in story.contacts}):
            own = [contact for contact in story.contacts if contact.agent_id == agent_id]
            company_id = company_of_agent(data, agent_id)
            zone = zone_of_company(data, company_id)
            found.append(AgentSession(story, agent_id, own, company_id, zone))
    return found
