-- Whoever had a contact or an event, by the name that they had last.
select
    agent_id,
    arg_max(agent_username, (coalesce(seen_at, '-infinity'), agent_username)) as agent_name,
    arg_max(company_id, (coalesce(seen_at, '-infinity'), company_id)) as company_id
from {{ ref('amazon_connect_sightings') }}
group by agent_id
