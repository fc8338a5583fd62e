-- A brand is its own team and always was.
select
    company_id as agent_id,
    company_id as team_id,
    '1970-01-01' as valid_from
from {{ ref('twitter_support_companies') }}
