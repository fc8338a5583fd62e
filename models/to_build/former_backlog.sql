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
{%- set nights = of_touched_sessions(source('last_build_internal', 'backlog_nights')) %}
{{ backlog_by_day(
    of_touched_sessions(source('last_build_internal', 'backlog_changes')), nights
) }}
-- Of a zone that no company has any more the days aren't known: what lay in it may have lain on any
-- day from its first on, and is as on none of them now.
union all
select
    nights.session_key,
    nights.company_id,
    nights.skill_id,
    nights.channel_id,
    nights.time_zone,
    nights.held_by,
    nights.is_awaiting_agent,
    nights.is_messages_measured,
    nights.started_at,
    {{ each_day(
        'nights.date_day',
        'coalesce(nights.until_day, '
        ~ day_after('greatest(data_span.as_of, data_span.former_as_of)') ~ ')'
    ) }} as date_day,
    'unknown' as change,
    cast(null as timestamp) as ends_at
from {{ nights }} as nights
cross join {{ ref('data_span') }} as data_span
where nights.time_zone not in (select time_zone from {{ ref('local_days') }})
{%- endif %}
