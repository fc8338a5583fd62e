-- Nobody answers before being asked, or before having accepted.
{%- set measures = [
    (ref('fct_sessions'), 'first_response_seconds', 'session_id'),
    (ref('fct_sessions'), 'response_seconds', 'session_id'),
    (ref('fct_agent_sessions'), 'first_response_seconds', "session_id || ' ' || agent_id"),
    (ref('fct_agent_sessions'), 'response_seconds', "session_id || ' ' || agent_id"),
    (ref('fct_agent_contacts'), 'first_response_seconds', 'agent_contact_id'),
    (ref('fct_agent_contacts'), 'response_seconds', 'agent_contact_id'),
    (ref('fct_agent_contacts'), 'follow_on_response_seconds', 'agent_contact_id'),
    (ref('fct_turns'), 'response_seconds', "session_id || ' turn ' || turn_number"),
] %}
{%- for relation, column, row_name in measures %}
select
    '{{ relation.identifier }}.{{ column }}' as measure,
    {{ row_name }} as row_name,
    {{ column }} as seconds
from {{ built_rows(relation) }}
where {{ column }} < 0
{{ 'union all' if not loop.last }}
{%- endfor %}
