-- Every company that a session, an agent or a team names, and default, with the zone of its days.
with company_ids as (
    select company_id from {{ ref('stg_companies') }}
    union distinct
    select company_id from {{ ref('stg_sessions') }}
    where company_id is not null
    union distinct
    select company_id from {{ ref('stg_agents') }}
    where company_id is not null
    union distinct
    select company_id from {{ ref('stg_teams') }}
    where company_id is not null
    union distinct
    select 'default' as company_id
)

select
    company_ids.company_id,
    coalesce(companies.time_zone, '{{ var("reporting_time_zone") }}') as time_zone
from company_ids
left join {{ ref('stg_companies') }} as companies
    on company_ids.company_id = companies.company_id
