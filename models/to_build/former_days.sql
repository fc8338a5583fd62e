-- The days of touched sessions and agents before this build: the facts still show them.
{%- if is_incremental_build() %}
{{ days_of_touched_rows(as_last_built) }}
{%- else %}
-- depends_on: {{ ref('touched_sessions') }} {{ ref('touched_agents') }}
select
    cast(null as string) as fact,
    cast(null as string) as agent_id,
    cast(null as date) as date_day
where false
{%- endif %}
