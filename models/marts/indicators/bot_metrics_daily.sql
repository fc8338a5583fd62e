{{ config(
    materialized='incremental',
    meta={'touched_by': ['session_facts', 'bot_part_facts'], 'day': 'date_day'},
) }}

{%- set facts = ['session_facts', 'bot_part_facts'] %}
{%- set dimensions = bot_dimensions() | join(', ') %}
with sessions as (
    select
        sessions.*,
        parts.is_matured,
        parts.is_verified_contained
    from {{ of_touched_days(ref('fct_sessions'), facts) }} as sessions
    left join {{ of_touched_days(ref('bot_part_facts'), facts) }} as parts
        on sessions.session_id = parts.session_id
),

totals as (
    select
        date_day,
        {{ dimensions }},
        {{ bot_totals() | indent(4) }}
    from sessions
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ bot_rates() }}
from totals
