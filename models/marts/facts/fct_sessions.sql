{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

{#- What goes on grows with as_of. #}
{%- set waited_so_far = seconds_between('waiting_since', 'as_of') %}
{%- set with_bot_so_far = seconds_between('bot_started_at', 'as_of') %}
with sessions as (
    select
        sessions.*,
        data_span.as_of
    from {{ ref('session_facts') }} as sessions
    cross join {{ ref('data_span') }} as data_span
)

select
    {{ star(
        without=['session_key', 'waiting_since', 'as_of', 'utc_offset_minutes'],
        replaced={
            'queue_seconds': 'queue_seconds + coalesce(' ~ waited_so_far ~ ', 0)',
            'bot_seconds': "case bot_result when 'running' then " ~ with_bot_so_far
                ~ ' else bot_seconds end',
        },
    ) }},
    session_date as date_day,
    {{ local_labels('started_at', 'utc_offset_minutes', 'session_date') }}
from sessions
