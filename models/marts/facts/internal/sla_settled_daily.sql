{{ config(materialized='incremental', meta={'touched_by': ['sla_facts'], 'day': 'date_day'}) }}

-- What became of the clocks that have ended, which as_of moves no more.
{%- set dimensions = sla_dimensions() | join(', ') %}
with clocks as (
    select
        started_date as date_day,
        {{ dimensions }},
        settled_state,
        running_microseconds / 1e6 as running_seconds,
        target_seconds
    from {{ of_touched_days(ref('sla_facts'), ['sla_facts'], 'started_date') }}
    where settled_state is not null
)

select
    date_day,
    {{ dimensions }},
    {{ sla_totals('settled_state') | indent(4) }}
from clocks
group by date_day, {{ dimensions }}
