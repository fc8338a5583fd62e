{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ digital_totals() | indent(4) }}
    from {{ ref('digital_activities') }}
    group by {{ dimensions }}
)

select
    *,
    {{ digital_rates() }}
from totals
