{{ config(materialized='incremental', meta={'touched_by': 'backlog_day', 'day': 'date_day'}) }}

{%- set touched = ref('touched_backlog_days') %}
{%- set of_those_days = is_touched('backlog_day', touched=touched) %}
{#- A night that began before those days may reach into them. -#}
{%- set into_those_days = 'stored.date_day <= (select max(date_day) from ' ~ touched ~ ')'
    ~ ' and (stored.until_day is null or stored.until_day >= (select min(date_day) from '
    ~ touched ~ '))' %}
with by_day as (
    {{ backlog_by_day(
        rows_to_build(ref('backlog_changes'), of_those_days),
        rows_to_build(ref('backlog_nights'), into_those_days),
    ) | indent(4) }}
),

aged as (
    select
        *,
        {{ seconds_between('started_at', 'ends_at') }} as age_seconds
    from by_day
)

select
    company_id,
    skill_id,
    channel_id,
    date_day,
    {{ backlog_totals() | indent(4) }}
from {{ rows_to_build('aged', of_those_days) }}
group by company_id, skill_id, channel_id, date_day
