-- The figures of promises are their clocks, each in one state.
{%- set dimensions = ['date_day'] + sla_dimensions() %}
with sides as (
    select
        {{ dimensions | join(', ') }},
        1 as clock_count,
        {%- for state in sla_states() %}
        case when state = '{{ state }}' then 1 else 0 end as {{ state }}_count,
        {%- endfor %}
        case when state = 'breached' then running_seconds - target_seconds else 0 end
            as breach_seconds
    from {{ ref('fct_sla') }}
    union all
    select
        {{ dimensions | join(', ') }},
        -clock_count as clock_count,
        {%- for state in sla_states() %}
        -{{ state }}_count as {{ state }}_count,
        {%- endfor %}
        -breach_seconds as breach_seconds
    from {{ ref('sla_metrics_daily') }}
)

select
    {{ dimensions | join(', ') }},
    sum(clock_count) as clock_count
from sides
group by {{ dimensions | join(', ') }}
having
    sum(clock_count) != 0
    {%- for state in sla_states() %}
    or sum({{ state }}_count) != 0
    {%- endfor %}
    or abs(sum(breach_seconds)) > 1e-3
union all
select
    {{ dimensions | join(', ') }},
    clock_count
from {{ ref('sla_metrics_daily') }}
where met_count + breached_count + cancelled_count + running_count != clock_count
