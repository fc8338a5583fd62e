with raw_sessions as (
    select * from {{ ref('sessions_to_build') }}
),

timeline_summary as (
    select
        session_key,
        min(occurred_at) filter (where event_type = 'accepted') as first_accepted_at,
        max(contact_number) as agent_contact_count,
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
        coalesce({{ total_seconds('queue_seconds') }}, 0) as queue_seconds,
        max(queued_at) filter (where ended_at is null) as waiting_since
    from {{ ref('queue_legs') }}
    where is_before_first_acceptance
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
    raw_sessions.initiated_by,
    last_closes.closed_by_agent_id,
    {{ is_voice('channels') }} as is_voice,
    {{ is_digital('channels') }} as is_digital,
    timeline_summary.first_accepted_at is not null as is_accepted,
    coalesce(timeline_summary.is_closed, false) as is_closed,
    raw_sessions.started_at,
    timeline_summary.first_accepted_at,
    last_closes.closed_at as last_closed_at,
    coalesce(timeline_summary.agent_contact_count, 0) as agent_contact_count,
    coalesce(
        queue_summary.queue_seconds,
        case when timeline_summary.first_accepted_at is not null then 0 end
    ) as queue_seconds,
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
