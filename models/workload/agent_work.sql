{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'date_day', 'touches': ['agent_id']},
) }}
-- depends_on: {{ ref('former_work') }}

-- What keeps an agent's hands full, each with its beginning on the agent's own clock: contacts,
-- and the work after them.
with handling as (
    select * from {{ ref('contact_handling') }}
),

work as (
    select
        session_key,
        contact_number,
        agent_id,
        false as is_wrap_up,
        accepted_at as started_at,
        ended_at
    from handling
    union all
    select
        session_key,
        contact_number,
        agent_id,
        true as is_wrap_up,
        wrap_up_started_at as started_at,
        wrap_up_ended_at as ended_at
    from handling
    where wrap_up_started_at is not null
)

select
    {{ agent_contact_id('sessions.session_id', 'work.contact_number') }} as agent_contact_id,
    sessions.session_id,
    work.agent_id,
    agents.company_id,
    work.is_wrap_up,
    work.started_at,
    intervals.date_day,
    intervals.interval_started_at,
    intervals.utc_offset_minutes,
    work.ended_at
from work
inner join {{ ref('sessions_to_build') }} as sessions
    on work.session_key = sessions.session_key
left join {{ ref('agent_companies') }} as agents
    on work.agent_id = agents.agent_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'work.started_at', 'agents.time_zone') }}
