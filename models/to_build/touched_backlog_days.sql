-- Days of which this build makes the backlog anew: on which touched sessions are something else to
-- it than before, and those that have ended or come since the last build.
{%- if not is_incremental_build() %}
{%- for model in [
    'former_backlog', 'backlog_changes', 'backlog_nights', 'local_days', 'data_span',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
-- depends_on: {{ source('last_build', 'backlog_daily') }}
select cast(null as date) as date_day
where false
{%- else %}
{%- set columns = [
    'session_key', 'company_id', 'skill_id', 'channel_id', 'time_zone', 'held_by',
    'is_awaiting_agent', 'is_messages_measured', 'started_at', 'date_day', 'change',
] | join(', ') %}
with built as (
    {{ backlog_by_day(
        built_rows(ref('backlog_changes')), built_rows(ref('backlog_nights'))
    ) | indent(4) }}
),

sides as (
    select
        1 as side,
        {{ columns }}
    from built
    union all
    select
        -1 as side,
        {{ columns }}
    from {{ ref('former_backlog') }}
),

differences as (
    select date_day
    from sides
    group by {{ columns }}
    having sum(side) != 0
),

moved_days as (
    select local_days.date_day
    from {{ ref('local_days') }} as local_days
    cross join {{ ref('data_span') }} as data_span
    where
        local_days.ends_at > data_span.moved_from
        and local_days.starts_at <= greatest(data_span.as_of, data_span.former_as_of)
)

select date_day from differences
union distinct
select date_day from moved_days
union distinct
-- Days that there are no more, where the data end earlier than they did or begin later.
select date_day from {{ source('last_build', 'backlog_daily') }}
where
    date_day >= (select min(date_day) from moved_days)
    or date_day < (select min(date_day) from {{ ref('local_days') }})
{%- endif %}
