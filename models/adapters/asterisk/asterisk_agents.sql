-- Without a company an agent's days would not be the PBX's.
select distinct
    agent_id,
    agent_id as agent_name,
    'asterisk' as company_id
from {{ ref('asterisk_log') }}
where agent_id is not null
