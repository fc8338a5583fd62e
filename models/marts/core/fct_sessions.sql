{{ config(materialized='view', meta={'rebuilt_by': 'session_id'}) }}

select
    sessions.* exclude (waiting_since)
    replace (
        case
            when sessions.waiting_since is null then sessions.queue_seconds
            else
                sessions.queue_seconds
                + {{ seconds_between('sessions.waiting_since', 'data_span.as_of') }}
        end as queue_seconds
    )
from {{ ref('session_facts') }} as sessions
cross join {{ ref('data_span') }} as data_span
