{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

with sessions as (
    select
        sessions.*,
        data_span.as_of
    from {{ ref('session_facts') }} as sessions
    cross join {{ ref('data_span') }} as data_span
)

select {{ star(without=['waiting_since', 'as_of'], replaced={
    'queue_seconds': "
        case
            when waiting_since is null then queue_seconds
            else queue_seconds + " ~ seconds_between('waiting_since', 'as_of') ~ "
        end",
}) }}
from sessions
