{{ config(materialized='table') }}

-- Clocks that run on are read anew by every build, whenever they began; of the others the days'
-- totals stand already.
{%- set dimensions = sla_dimensions() | join(', ') %}
{%- set counts = ['clock_count'] %}
{%- for state in sla_states() %}{% do counts.append(state ~ '_count') %}{% endfor %}
{%- set columns = ['date_day'] + sla_dimensions() + counts + ['breach_seconds'] %}
with running as (
    select
        date_day,
        {{ dimensions }},
        {{ sla_totals() | indent(8) }}
    from {{ ref('fct_sla') }}
    where ended_at is null
    group by date_day, {{ dimensions }}
),

settled as (
    select * from {{ ref('sla_settled_daily') }}
),

days as (
    {{- union_by_name({'settled': columns, 'running': columns}) }}
),

totals as (
    select
        date_day,
        {{ dimensions }},
        {%- for count in counts %}
        {{ total_count(count) }} as {{ count }},
        {%- endfor %}
        {{ total_seconds('breach_seconds') }} as breach_seconds
    from days
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ proportion('met_count', '(met_count + breached_count)') }} as sla_met_rate
from totals
