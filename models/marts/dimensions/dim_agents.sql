select
    agents.agent_id,
    coalesce(named.agent_name, agents.agent_id) as agent_name,
    agents.company_id
from {{ ref('agent_companies') }} as agents
left join {{ ref('stg_agents') }} as named
    on agents.agent_id = named.agent_id
