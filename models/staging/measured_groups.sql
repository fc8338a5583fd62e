-- From when a feed measures a group of session events: as it says, else from the first one on.
{%- set groups = {
    'offer': "'offered', 'offer_ended'",
    'hold': "'held', 'resumed'",
    'wrap_up': "'wrap_up_started', 'wrap_up_ended'",
} %}
with first_events as (
    select
        {%- for group, types in groups.items() %}
        min(occurred_at) filter (where event_type in ({{ types }})) as {{ group }}_measured_from,
        {%- endfor %}
        feed
    from {{ ref('stg_session_events') }}
    group by feed
),

stated as (
    select
        {%- for group in groups %}
        max(measured_from) filter (where event_group = '{{ group }}') as {{ group }}_measured_from,
        {%- endfor %}
        feed
    from {{ ref('stg_measured_events') }}
    group by feed
)

select
    {%- for group in groups %}
    coalesce(stated.{{ group }}_measured_from, first_events.{{ group }}_measured_from)
        as {{ group }}_measured_from,
    {%- endfor %}
    measured_tables.feed
from {{ ref('measured_tables') }} as measured_tables
left join first_events
    on measured_tables.feed = first_events.feed
left join stated
    on measured_tables.feed = stated.feed
