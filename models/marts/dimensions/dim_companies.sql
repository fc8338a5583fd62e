select
    time_zones.company_id,
    coalesce(companies.company_name, time_zones.company_id) as company_name,
    time_zones.time_zone
from {{ ref('company_time_zones') }} as time_zones
left join {{ ref('stg_companies') }} as companies
    on time_zones.company_id = companies.company_id
