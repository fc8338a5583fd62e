{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

with sessions as (
    select
        sessions.*,
        data_span.as_of
    from {{ ref('session_facts') }} as sessions
    cross join {{ ref('data_span') }} as data_span
)

{%- set with_what_goes_on = {'queue_seconds': "
    case
        when waiting_since is null then queue_seconds
        else queue_seconds + " ~ seconds_between('waiting_since', 'as_of') ~ "
    end", 'bot_seconds': "
    case
        when bot_result = 'running' then " ~ seconds_between('bot_started_at', 'as_of') ~ "
        else bot_seconds
    end"} %}
select
    {{ star(
        without=['session_key', 'waiting_since', 'as_of', 'utc_offset_minutes'],
        replaced=with_what_goes_on,
    ) }},
    session_date as date_day,
    {{ local_labels('started_at', 'utc_offset_minutes', 'session_date') }}
from sessions
