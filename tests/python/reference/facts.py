"""One record for each session, agent contact, agent session, turn and focus."""

from __future__ import annotations

from reference.arithmetic import mean, micros, seconds, total
from reference.business import (
    business_of_agent_session,
    business_of_contact,
    business_of_turn,
    response_record,
)
from reference.contacts import (
    is_single_agent,
    queue_duration,
    resolution_duration,
    session_duration,
)
from reference.contract import Record
from reference.days import day_of
from reference.labels import labels_of
from reference.lookups import zone_of_company
from reference.queues import first_legs, first_skill, is_answered_within, result_of_session
from reference.story import (
    AgentSession,
    Contact,
    Data,
    Story,
    Turn,
    closing_actor,
    closing_agent,
)
from reference.turns import (
    agent_turn_count,
    is_valid_session,
    session_first_response,
    session_responses,
)


def session_record(data: Data, story: Story) -> Record:
    messages, evaluations = data.has("raw_messages"), data.has("raw_evaluations")
    responses = session_responses(story)
    return {
        **{
            column: story.session[column]
            for column in (
                "session_id", "customer_id", "channel_id", "direction", "contact_type",
                "campaign_id", "initiated_by", "started_at",
            )
        },
        "feed": data.feed,
        "company_id": story.company_id,
        "session_date": story.day,
        **labels_of(story.zone, story.session["started_at"]),
        "is_digital": story.is_digital,
        "is_voice": story.medium == "voice",
        "is_messages_measured": messages,
        "is_evaluations_measured": evaluations,
        "is_accepted": bool(story.contacts),
        "is_single_agent": is_single_agent(story),
        "is_closed": story.is_closed,
        "is_valid": story.is_digital and is_valid_session(story) if messages else None,
        "first_accepted_at": story.first_accepted_at,
        "last_closed_at": story.last_close and story.last_close["occurred_at"],
        "closed_by_agent_id": closing_agent(story),
        "agent_contact_count": len(story.contacts),
        "close_count": len(story.close_positions),
        "queue_seconds": seconds(queue_duration(story, data.as_of)),
        "session_seconds": seconds(session_duration(story)),
        "resolution_seconds": seconds(resolution_duration(story)),
        "first_response_seconds": seconds(session_first_response(story)) if messages else None,
        "agent_turn_count": agent_turn_count(story) if messages else None,
        "response_count": len(responses) if messages else None,
        "response_seconds": seconds(sum(responses)) if messages else None,
        "avg_response_seconds": seconds(mean(responses)) if messages else None,
        "score": story.evaluation["score"] if evaluations and story.evaluation else None,
        "evaluated_agent_id": story.evaluated_agent_id,
        "first_skill_id": first_skill(story),
        "was_queued": bool(first_legs(story)),
        "queue_result": {"open": "waiting"}.get(result_of_session(story), result_of_session(story)),
        "is_abandoned": result_of_session(story) == "abandoned",
        "is_answered_within_service_level": (
            is_answered_within(story) if first_legs(story) else None
        ),
        "reopened_count": story.reopened_count,
        "closed_by": closing_actor(story),
    }


def contact_dimensions(contact: Contact) -> Record:
    session = contact.story.session
    return {
        "company_id": contact.story.company_id,
        "agent_id": contact.agent_id,
        "team_id": contact.team_id,
        "skill_id": contact.skill_id,
        "campaign_id": contact.campaign_id,
        "channel_id": session["channel_id"],
        "disposition": contact.disposition,
        "direction": session["direction"],
        "contact_type": session["contact_type"],
    }


def contact_record(data: Data, contact: Contact) -> Record:
    messages, focus = data.has("raw_messages"), data.has("raw_focus_events")
    responses = [turn.response for turn in contact.agent_responses]
    follow_on = total(turn.response for turn in contact.follow_on_responses)
    return {
        "agent_contact_id": contact.id,
        "session_company_id": contact.story.company_id,
        "session_id": contact.story.id,
        "contact_number": contact.number,
        **contact_dimensions(contact),
        "customer_id": contact.story.session["customer_id"],
        "accepted_date": day_of(contact.story.zone, contact.accepted_at),
        **labels_of(contact.story.zone, contact.accepted_at),
        "is_digital": contact.story.is_digital,
        "is_voice": contact.story.medium == "voice",
        "is_messages_measured": messages,
        "is_focus_measured": focus,
        "is_ended": contact.ended_at is not None,
        "is_transferred_out": contact.is_transferred_out,
        "is_transferred_in": contact.is_transferred_in,
        "accepted_at": contact.accepted_at,
        "ended_at": contact.ended_at,
        "ended_by": contact.ended_by,
        "contact_seconds": seconds(contact.duration),
        "agent_message_count": len(contact.agent_messages) if messages else None,
        "customer_message_count": len(contact.customer_messages) if messages else None,
        "agent_response_count": len(contact.agent_responses) if messages else None,
        "customer_response_count": len(contact.customer_responses) if messages else None,
        "first_response_seconds": seconds(contact.first_response) if messages else None,
        "business_first_response_seconds": (
            seconds(business_of_contact(data, contact)) if messages else None
        ),
        "response_seconds": seconds(sum(responses)) if messages else None,
        **response_record(data, contact.story, contact.agent_responses),
        "follow_on_response_count": len(contact.follow_on_responses) if messages else None,
        "follow_on_response_seconds": seconds(follow_on) if messages else None,
        "focus_count": len(contact.focus) if focus else None,
        "focus_seconds": seconds(contact.focus_duration) if focus else None,
    }


def agent_session_record(data: Data, own: AgentSession) -> Record:
    messages, evaluations = data.has("raw_messages"), data.has("raw_evaluations")
    is_transferred_out = any(contact.is_transferred_out for contact in own.contacts)
    turns = [turn for contact in own.contacts for turn in contact.agent_responses]
    return {
        "session_id": own.story.id,
        "agent_id": own.agent_id,
        "agent_company_id": own.company_id,
        "session_company_id": own.story.company_id,
        "customer_id": own.story.session["customer_id"],
        "channel_id": own.story.session["channel_id"],
        "first_accepted_date": own.day,
        **labels_of(zone_of_company(data, own.company_id), own.contacts[0].accepted_at),
        "is_digital": own.story.is_digital,
        "is_voice": own.story.medium == "voice",
        "is_messages_measured": messages,
        "is_evaluations_measured": evaluations,
        "is_ended": own.is_ended,
        "is_transferred_out": is_transferred_out,
        # Former names of two of these.
        "company_id": own.company_id,
        "is_transferred": is_transferred_out,
        "is_transferred_in": any(contact.is_transferred_in for contact in own.contacts),
        "is_closed_by_agent": own.is_closed_by_agent,
        "is_valid": own.story.is_digital and own.is_valid if messages else None,
        "is_unreplied": own.story.is_digital and own.is_unreplied if messages else None,
        "first_accepted_at": own.contacts[0].accepted_at,
        "agent_contact_count": len(own.contacts),
        "session_seconds": seconds(own.duration),
        "agent_message_count": own.agent_message_count if messages else None,
        "customer_message_count": own.customer_message_count if messages else None,
        "message_count": (
            own.agent_message_count + own.customer_message_count if messages else None
        ),
        "first_response_seconds": seconds(own.first_response) if messages else None,
        "response_count": len(own.responses) if messages else None,
        "response_seconds": seconds(sum(own.responses)) if messages else None,
        "avg_response_seconds": seconds(mean(own.responses)) if messages else None,
        "score": own.score,
        "business_first_response_seconds": (
            seconds(business_of_agent_session(data, own)) if messages else None
        ),
        **response_record(data, own.story, turns),
    }


def turn_record(data: Data, story: Story, turn: Turn) -> Record:
    return {
        "session_id": story.id,
        "turn_number": turn.number,
        "side": turn.side,
        "agent_id": turn.agent_id,
        "agent_contact_id": turn.contact and turn.contact.id,
        "started_at": turn.first_at,
        **labels_of(story.zone, turn.first_at),
        "ended_at": turn.last_at,
        "message_count": len(turn.messages),
        "is_response": turn.number > 1 and story.turns[turn.number - 2].side != turn.side,
        "is_agent_response": turn.is_agent_response,
        "is_customer_response": turn.is_customer_response,
        "response_seconds": seconds(turn.response),
        "business_response_seconds": seconds(business_of_turn(data, story, turn)),
    }


def focus_records(contact: Contact) -> list[Record]:
    return [
        {
            "focus_id": event_id,
            "session_id": contact.story.id,
            "agent_id": contact.agent_id,
            "agent_contact_id": contact.id,
            "started_at": start,
            **labels_of(contact.story.zone, start),
            "ended_at": end,
            "focus_seconds": seconds(micros(start, end)),
        }
        for event_id, start, end in contact.focus
    ]
