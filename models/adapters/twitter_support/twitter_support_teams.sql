select
    company_id as team_id,
    company_name as team_name,
    company_id
from {{ ref('twitter_support_companies') }}
