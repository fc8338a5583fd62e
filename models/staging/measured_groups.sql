-- From when a feed measures a group of session events: as it says, else from the first one on; of
-- what goes through a whole session, from the start of the first session with such an event.
{%- set groups = {
    'offer': "'offered', 'offer_ended'",
    'hold': "'held', 'resumed'",
    'wrap_up': "'wrap_up_started', 'wrap_up_ended'",
} %}
{%- set groups_of_sessions = {
    'pending': "'pended', 'unpended'",
    'bot': "'bot_started', 'bot_ended'",
} %}
{%- set all_groups = groups | list + groups_of_sessions | list %}
with first_events as (
    select
        {%- for group, types in groups.items() %}
        min(occurred_at) filter (where event_type in ({{ types }})) as {{ group }}_measured_from,
        {%- endfor %}
        feed
    from {{ ref('stg_session_events') }}
    group by feed
),

first_sessions as (
    select
        {%- for group, types in groups_of_sessions.items() %}
        min(sessions.started_at) filter (where events.event_type in ({{ types }}))
            as {{ group }}_measured_from,
        {%- endfor %}
        events.feed
    from {{ ref('stg_session_events') }} as events
    inner join {{ ref('stg_sessions') }} as sessions
        on events.session_key = sessions.session_key
    where events.event_type in ({{ groups_of_sessions.values() | join(', ') }})
    group by events.feed
),

stated as (
    select
        {%- for group in all_groups %}
        max(measured_from) filter (where event_group = '{{ group }}') as {{ group }}_measured_from,
        {%- endfor %}
        feed
    from {{ ref('stg_measured_events') }}
    group by feed
)

select
    {%- for group in all_groups %}
    coalesce(
        stated.{{ group }}_measured_from,
        {{ 'first_events' if group in groups else 'first_sessions' }}.{{ group }}_measured_from
    ) as {{ group }}_measured_from,
    {%- endfor %}
    measured_tables.feed
from {{ ref('measured_tables') }} as measured_tables
left join first_events
    on measured_tables.feed = first_events.feed
left join first_sessions
    on measured_tables.feed = first_sessions.feed
left join stated
    on measured_tables.feed = stated.feed
