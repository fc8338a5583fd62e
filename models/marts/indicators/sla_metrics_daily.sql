{{ config(materialized='table') }}

-- Clocks that run on are read anew by every build, whenever they began; of the others the days'
-- totals stand already.
{%- set dimensions = sla_dimensions() | join(', ') %}
with settled_and_running as (
    select
        date_day,
        {{ dimensions }},
        clock_count,
        {%- for state in sla_states() %}
        {{ state }}_count,
        {%- endfor %}
        breach_seconds
    from {{ ref('sla_settled_daily') }}
    union all
    select
        date_day,
        {{ dimensions }},
        {{ sla_totals() | indent(4) }}
    from {{ ref('fct_sla') }}
    where ended_at is null
    group by date_day, {{ dimensions }}
),

totals as (
    select
        date_day,
        {{ dimensions }},
        {{ total_count('clock_count') }} as clock_count,
        {%- for state in sla_states() %}
        {{ total_count(state ~ '_count') }} as {{ state }}_count,
        {%- endfor %}
        {{ total_seconds('breach_seconds') }} as breach_seconds
    from settled_and_running
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ proportion('met_count', '(met_count + breached_count)') }} as sla_met_rate
from totals
