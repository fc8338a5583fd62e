select
    company_id as agent_id,
    company_name as agent_name,
    company_id
from {{ ref('twitter_support_companies') }}
