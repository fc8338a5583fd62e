-- Business seconds are part of the plain ones; backwards, where a close lies before the start, too.
{%- set durations = [
    ('fct_queue_legs', 'queue'), ('fct_sessions', 'queue'), ('fct_sessions', 'first_response'),
    ('fct_sessions', 'response'), ('fct_sessions', 'resolution'),
    ('fct_session_closes', 'resolution'), ('fct_agent_contacts', 'first_response'),
    ('fct_agent_contacts', 'response'), ('fct_agent_sessions', 'first_response'),
    ('fct_agent_sessions', 'response'), ('fct_turns', 'response'),
] %}
{%- for fact, duration in durations %}
select
    '{{ fact }}' as fact,
    '{{ duration }}' as duration,
    session_id,
    {{ duration }}_seconds as plain_seconds,
    business_{{ duration }}_seconds as business_seconds
from {{ built_rows(ref(fact)) }}
where
    business_{{ duration }}_seconds is not null
    and (
        business_{{ duration }}_seconds
        between least({{ duration }}_seconds, 0) - 1e-6
        and greatest({{ duration }}_seconds, 0) + 1e-6
    ) is not true
{{ 'union all' if not loop.last }}
{%- endfor %}
