-- What touched sessions were to the backlog of each day before this build.
{%- if not is_incremental_build() %}
{%- for model in ['touched_sessions', 'local_days', 'data_span'] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
-- depends_on: {{ source('last_build_internal', 'backlog_changes') }}
-- depends_on: {{ source('last_build_internal', 'backlog_nights') }}
select
    cast(null as bigint) as session_key,
    cast(null as string) as company_id,
    cast(null as string) as skill_id,
    cast(null as string) as channel_id,
    cast(null as string) as time_zone,
    cast(null as string) as held_by,
    cast(null as boolean) as is_awaiting_agent,
    cast(null as boolean) as is_messages_measured,
    cast(null as timestamp) as started_at,
    cast(null as date) as date_day,
    cast(null as string) as change,
    cast(null as timestamp) as ends_at
where false
{%- else %}
{{ backlog_by_day(
    of_touched_sessions(source('last_build_internal', 'backlog_changes')),
    of_touched_sessions(source('last_build_internal', 'backlog_nights')),
) }}
{%- endif %}
