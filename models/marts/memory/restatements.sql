{{ config(materialized='view', meta={'latest': 'restated_at'}) }}

select
    replaced.relation,
    replaced.date_day,
    replaced.key,
    replaced.column_name,
    replaced.value as was,
    replaced.new_value as {{ adapter.quote('is') }},
    first_published.published_at as first_published_at,
    restated.published_at as restated_at,
    replaced.cause
from {{ ref('replaced_figures') }} as replaced
left join {{ ref('published_builds') }} as first_published
    on replaced.published_by_build = first_published.build_number
left join {{ ref('published_builds') }} as restated
    on replaced.replaced_by_build = restated.build_number
