{{ config(materialized='view') }}

-- An agent's focus ends with the next one, in whatever session: with the events of touched sessions
-- come those starts among which the next is.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('touched_sessions') }}
select * from {{ ref('stg_focus_events') }}
{%- else %}
with focus_events as (
    select
        *,
        cast(occurred_at as date) as utc_date
    from {{ ref('stg_focus_events') }}
),

touched_events as (
    select * from {{ of_touched_sessions('focus_events') }}
),

first_starts as (
    select
        agent_id,
        min(occurred_at) as occurred_at
    from focus_events
    where event_type = 'focus' and agent_id in (select agent_id from touched_events)
    group by agent_id, utc_date
)

-- An agent's next focus is on the day of the last, or the first of a later day.
select {{ star(without=['utc_date']) }}
from focus_events
where
    {{ is_among(['agent_id', 'utc_date'], 'touched_events') }}
    or {{ is_among(['agent_id', 'occurred_at'], 'first_starts') }}
    or session_key in (select session_key from touched_events)
{%- endif %}
