-- Every agent that raw_agents, a membership, an event or a message names, with the company whose
-- zone makes the agent's days. Who was only to receive a session is none.
with agent_ids as (
    select
        feed,
        agent_id
    from {{ ref('stg_agents') }}
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_agent_teams') }}
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_session_events') }}
    where agent_id is not null
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_agent_events') }}
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_focus_events') }}
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_tag_events') }}
    where agent_id is not null
    union distinct
    select
        feed,
        agent_id
    from {{ ref('stg_survey_requests') }}
    where agent_id is not null
    union distinct
    select
        feed,
        sender_id as agent_id
    from {{ ref('stg_messages') }}
    where sender_type = 'agent' and sender_id is not null
)

select
    agent_ids.agent_id,
    agent_ids.feed,
    coalesce(agents.company_id, 'default') as company_id,
    time_zones.time_zone
from agent_ids
left join {{ ref('stg_agents') }} as agents
    on agent_ids.agent_id = agents.agent_id
left join {{ ref('company_time_zones') }} as time_zones
    on coalesce(agents.company_id, 'default') = time_zones.company_id
