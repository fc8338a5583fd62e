-- Which tenant a business unit of the reporting interface is; where the digital stream knows one
-- tenant alone, everything is that one's.
{{ config(materialized='table') }}

with brands as (
    select distinct
        business_unit_id,
        company_id
    from {{ ref('nice_cxone_events') }}
    where company_id is not null
),

only_company as (
    select case when count(distinct company_id) = 1 then max(company_id) end as company_id
    from brands
),

units as (
    select distinct coalesce(business_unit_id, '') as business_unit_id
    from {{ ref('nice_cxone_records') }}
    where kind != 'event'
)

select
    units.business_unit_id,
    coalesce(
        max(brands.company_id), max(only_company.company_id), nullif(units.business_unit_id, '')
    ) as company_id
from units
cross join only_company
left join brands on units.business_unit_id = brands.business_unit_id
group by units.business_unit_id
