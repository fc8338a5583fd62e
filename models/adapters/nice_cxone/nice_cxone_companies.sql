-- raw_companies of the contract: the tenants, with the zone that the digital stream says.
with brands as (
    select
        company_id,
        company_name,
        time_zone,
        occurred_at as seen_at
    from {{ ref('nice_cxone_events') }}

    union all

    select
        company_id,
        cast(null as varchar) as company_name,
        cast(null as varchar) as time_zone,
        cast(null as timestamp) as seen_at
    from {{ ref('nice_cxone_companies_of_units') }}
)

select
    company_id,
    max_by(company_name, (coalesce(seen_at, '-infinity'), company_name)) filter (
        where company_name is not null
    ) as company_name,
    max_by(time_zone, (coalesce(seen_at, '-infinity'), time_zone)) filter (
        where time_zone is not null
    ) as time_zone
from brands
where company_id is not null
group by company_id
