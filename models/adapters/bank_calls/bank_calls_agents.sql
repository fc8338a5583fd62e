-- Without a company an agent's days would not be the bank's.
select distinct
    agent_id,
    agent_id as agent_name,
    'anonymous_bank' as company_id
from {{ ref('bank_calls_calls') }}
where outcome = 'AGENT'
