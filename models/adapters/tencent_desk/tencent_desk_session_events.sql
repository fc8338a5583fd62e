-- raw_session_events: what callbacks say; of a session of which they don't tell who took it, or how
-- it ended, what its record does. Each name that isn't known stands here once, for the contract's
-- checks to refuse it by its name. While messages aren't told, bots' parts begin with the first of
-- a bot.
{%- set known = ref('tencent_desk_unknown_names') %}

with callback_events as (
    select * from {{ ref('tencent_desk_callback_events') }}
),

told as (
    select
        session_id,
        bool_or(event_type = 'accepted') as is_accepted,
        bool_or(event_type = 'closed') as is_closed,
        max(occurred_at) filter (where event_type = 'queued') as queued_at
    from callback_events
    where occurred_at is not null
    group by session_id
),

records as (
    select
        records.*,
        coalesce(told.is_accepted, false) as is_accepted,
        coalesce(told.is_closed, false) as is_closed,
        -- Who waits for a person after a record's time wasn't accepted at that time: it is then the
        -- session's beginning.
        case
            when told.queued_at > records.ended_at then records.occurred_at
            else greatest(records.occurred_at, told.queued_at)
        end as accepted_at
    from {{ ref('tencent_desk_records') }} as records
    left join told on records.session_id = told.session_id
),

events as (
    select
        callback_events.*,
        -- A callback names no skill group; the record names that of its agent.
        records.skill_id
    from callback_events
    left join {{ ref('tencent_desk_records') }} as records
        on callback_events.session_id = records.session_id
        and callback_events.agent_id = records.agent_id
        and callback_events.event_type = 'accepted'

    union all by name

    select
        session_id || '|record|accepted' as event_id,
        session_id,
        said_at,
        accepted_at as occurred_at,
        3 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        skill_id
    from records
    where not is_accepted and agent_id is not null

    union all by name

    select
        session_id || '|record|closed' as event_id,
        session_id,
        said_at,
        ended_at as occurred_at,
        4 as event_seq,
        'closed' as event_type,
        ended_by as actor_type,
        case when ended_by = 'agent' then agent_id end as agent_id
    from records
    where not is_closed and (ended_at is not null or occurred_at is null)

    union all by name

    select
        'unknown|' || name_kind || '|' || unknown_name as event_id,
        session_id,
        said_at,
        {{ tencent_desk_instant('said_at') }} as occurred_at,
        unknown_name as event_type,
        row_count || ' rows' as reason
    from {{ known }}
    {%- if not are_tencent_desk_messages_told() %}

    union all by name

    select
        session_id || '|bot' as event_id,
        session_id,
        min(said_at) as said_at,
        min(occurred_at) as occurred_at,
        0 as event_seq,
        'bot_started' as event_type,
        'bot' as actor_type
    from {{ ref('tencent_desk_callbacks') }}
    where meaning = 'bot_message' and session_id is not null
    group by session_id
    {%- endif %}
)

select
    event_id,
    session_id,
    {{ reported_time(['tencent_desk_callbacks', 'tencent_desk_records']) }} as occurred_at,
    event_seq,
    event_type,
    actor_type,
    agent_id,
    to_agent_id,
    skill_id,
    reason
from events
