-- What the last build knew of adapters' files and this one knows no more. Without it a figure of
-- any day may be another, so that a build that finds something here ends.
{{ config(post_hook="{{ check_gone_names() }}") }}
{%- set reference_tables = contract() | list | reject('in', event_tables() | list) | list %}
{%- if not are_rows_derived_anew() %}
{%- for table_name in reference_tables + ['raw_sessions'] %}
-- depends_on: {{ ref(table_name | replace('raw_', 'checked_', 1)) }}
{%- endfor %}
{%- for model in ['agent_companies', 'data_span', 'loads'] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
{%- for fact in ['fct_sessions', 'fct_agent_activity', 'fct_agent_states'] %}
-- depends_on: {{ source('last_build', fact) }}
{%- endfor %}
select
    cast(null as string) as kind,
    cast(null as string) as gone_id
where false
{%- else %}
with former_agents as (
    select agent_id from {{ source('last_build', 'fct_agent_activity') }}
    union distinct
    select agent_id from {{ source('last_build', 'fct_agent_states') }}
)

select
    'session' as kind,
    session_id as gone_id
from {{ source('last_build', 'fct_sessions') }}
where session_id not in (
    select session_id from {{ ref('checked_sessions') }}
    where row_outcome = 'accepted'
)
union all
select
    'agent' as kind,
    agent_id as gone_id
from former_agents
where agent_id not in (select agent_id from {{ ref('agent_companies') }})
union all
-- Days before the first have no figures.
select
    'day' as kind,
    cast(former_first_event_at as string) as gone_id
from {{ ref('data_span') }}
where coalesce(first_event_at > former_first_event_at, former_first_event_at is not null)
union all
-- What isn't told any more isn't measured.
select
    'table' as kind,
    former.table_name as gone_id
from {{ ref('loads') }} as former
left join {{ ref('loads') }} as loads
    on former.feed = loads.feed
    and former.table_name = loads.table_name
    and loads.build_number = {{ this_build() }}
where former.build_number = {{ this_build() }} - 1 and loads.table_name is null
{%- for table_name in reference_tables %}
{%- set key = stored_key(contract()[table_name]) %}
union all
select
    '{{ table_name }}' as kind,
    {{ key }} as gone_id
from {{ ref(table_name | replace('raw_', 'checked_', 1)) }}
where row_outcome in ('gone', 'accepted') and own_reason is null
group by {{ key }}
having {{ count_where("row_outcome = 'accepted'") }} = 0
{%- endfor %}
{%- endif %}
