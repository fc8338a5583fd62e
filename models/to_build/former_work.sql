-- What kept agents busy in touched sessions before this build.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('touched_sessions') }} {{ source('last_build_internal', 'agent_work') }}
select
    cast(null as string) as agent_id,
    cast(null as timestamp) as started_at,
    cast(null as timestamp) as ended_at
where false
{%- else %}
select
    agent_id,
    started_at,
    ended_at
from {{ of_touched_sessions(source('last_build_internal', 'agent_work'), 'session_id') }}
{%- endif %}
