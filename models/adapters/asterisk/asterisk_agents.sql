-- Without a company an agent's days would not be the PBX's.
with named as (
    select agent_id
    from {{ ref('asterisk_log') }}

    union

    select agent_id
    from {{ ref('asterisk_answers') }}
)

select
    agent_id,
    agent_id as agent_name,
    'asterisk' as company_id
from named
where agent_id is not null
