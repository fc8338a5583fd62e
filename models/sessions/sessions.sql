with raw_sessions as (
    select * from {{ ref('sessions_to_build') }}
),

timeline_summary as (
    select
        session_key,
        min(occurred_at) filter (where event_type = 'accepted') as first_accepted_at,
        max(contact_number) as agent_contact_count,
        min(agent_id) filter (where event_type = 'accepted')
        = max(agent_id) filter (where event_type = 'accepted') as is_single_agent,
        max(skill_id) filter (where event_type = 'accepted' and contact_number = 1)
            as first_accepted_skill_id,
        count(*) filter (where event_type = 'reopened' and was_closed) as reopened_count,
        max_by(event_type, event_position) filter (where event_type in ('closed', 'reopened'))
        = 'closed' as is_closed
    from {{ ref('session_timeline') }}
    group by session_key
),

last_closes as (
    select * from {{ ref('session_closes') }}
    where is_last_close
),

queue_summary as (
    select
        session_key,
        bool_or(is_before_first_acceptance) as was_queued,
        max(skill_id) filter (where leg_number = 1) as first_skill_id,
        max(service_level_seconds) filter (where leg_number = 1) as service_level_seconds,
        max(result) filter (where leg_number = leg_count) as last_result,
        coalesce({{ total_seconds('queue_seconds', where='is_before_first_acceptance') }}, 0)
            as queue_seconds,
        max(queued_at) filter (where is_before_first_acceptance and ended_at is null)
            as waiting_since
    from {{ ref('queue_legs') }}
    group by session_key
)

select
    raw_sessions.session_key,
    raw_sessions.session_id,
    raw_sessions.feed,
    coalesce(raw_sessions.company_id, 'default') as company_id,
    time_zones.time_zone,
    raw_sessions.customer_id,
    raw_sessions.channel_id,
    raw_sessions.direction,
    raw_sessions.contact_type,
    raw_sessions.campaign_id,
    coalesce(queue_summary.first_skill_id, timeline_summary.first_accepted_skill_id)
        as first_skill_id,
    raw_sessions.initiated_by,
    raw_sessions.priority,
    raw_sessions.topic,
    last_closes.closed_by,
    last_closes.closed_by_agent_id,
    -- How the wait for the first person went; NULL where there was none.
    case
        when not coalesce(queue_summary.was_queued, false) then null
        when timeline_summary.first_accepted_at is not null then 'answered'
        when queue_summary.last_result = 'open' then 'waiting'
        else queue_summary.last_result
    end as queue_result,
    {{ is_voice('channels') }} as is_voice,
    {{ is_digital('channels') }} as is_digital,
    timeline_summary.first_accepted_at is not null as is_accepted,
    coalesce(timeline_summary.is_closed, false) as is_closed,
    coalesce(timeline_summary.is_single_agent, false) as is_single_agent,
    raw_sessions.started_at,
    timeline_summary.first_accepted_at,
    last_closes.closed_at as last_closed_at,
    coalesce(timeline_summary.agent_contact_count, 0) as agent_contact_count,
    coalesce(timeline_summary.reopened_count, 0) as reopened_count,
    queue_summary.service_level_seconds,
    case
        when queue_summary.was_queued then queue_summary.queue_seconds
        when
            timeline_summary.first_accepted_at is not null
            and {{ measures_queues('raw_sessions.feed') }}
            then 0
    end as queue_seconds,
    queue_summary.waiting_since
from raw_sessions
left join {{ ref('company_time_zones') }} as time_zones
    on coalesce(raw_sessions.company_id, 'default') = time_zones.company_id
left join {{ ref('stg_channels') }} as channels
    on raw_sessions.channel_id = channels.channel_id
left join timeline_summary
    on raw_sessions.session_key = timeline_summary.session_key
left join last_closes
    on raw_sessions.session_key = last_closes.session_key
left join queue_summary
    on raw_sessions.session_key = queue_summary.session_key
