-- The innermost hierarchy groups that agents were seen in, by the name that they had last.
select
    team_id,
    arg_max(team_name, (coalesce(seen_at, '-infinity'), team_name)) as team_name,
    arg_max(company_id, (coalesce(seen_at, '-infinity'), company_id)) as company_id
from {{ ref('amazon_connect_sightings') }}
where team_id is not null
group by team_id
