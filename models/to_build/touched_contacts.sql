-- Agent contacts of which this build makes a row anew: those of touched sessions, before and now,
-- and those that cost something else because of others.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('agent_contact_facts') }} {{ ref('contact_day_costs') }}
-- depends_on: {{ ref('touched_sessions') }} {{ source('last_build', 'fct_agent_contacts') }}
select cast(null as string) as agent_contact_id
where false
{%- else %}
select agent_contact_id from {{ built_rows(ref('agent_contact_facts')) }}
union
select agent_contact_id
from {{ of_touched_sessions(source('last_build', 'fct_agent_contacts'), 'session_id') }}
union
select agent_contact_id from {{ built_rows(ref('contact_day_costs')) }}
{%- endif %}
