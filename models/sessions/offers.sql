-- Every offer with what ended it: the next thing that this agent did about it, or that moved the
-- session on, whichever came first.
with timeline as (
    select * from {{ ref('session_timeline') }}
),

own_events as (
    select
        *,
        lead(event_type) over own_order as own_next_type,
        lead(outcome) over own_order as own_next_outcome,
        lead(event_position) over own_order as own_next_position,
        lead(occurred_at) over own_order as own_next_at
    from timeline
    where event_type in ('offered', 'offer_ended')
    window own_order as (partition by session_key, agent_id order by event_position)
),

offered as (
    select
        *,
        own_next_position < coalesce(next_queue_event_position, {{ beyond_every_position() }})
            as is_own_event_next
    from own_events
    where event_type = 'offered'
),

ended as (
    select
        session_key,
        event_position,
        agent_id,
        skill_id,
        occurred_at as offered_at,
        -- Nobody can take a session that is closed.
        case
            when was_closed then 'closed'
            when is_own_event_next then own_next_type
            else next_queue_event_type
        end as ended_by,
        case
            when was_closed then occurred_at
            when is_own_event_next then own_next_at
            else next_queue_event_at
        end as ended_at,
        own_next_outcome,
        next_queue_agent_id
    from offered
)

select
    session_key,
    event_position,
    agent_id,
    skill_id,
    offered_at,
    ended_at,
    case
        when ended_by is null then 'open'
        when ended_by = 'accepted' and next_queue_agent_id = agent_id then 'accepted'
        when ended_by = 'offered' then 'missed'
        when ended_by = 'offer_ended' then own_next_outcome
        else 'withdrawn'
    end as outcome
from ended
