{{ config(materialized='view', meta={'rebuilt_by': 'session_id'}) }}

select
    legs.*
    replace (
        coalesce(legs.queue_seconds, {{ seconds_between('legs.queued_at', 'data_span.as_of') }})
            as queue_seconds
    )
from {{ ref('queue_leg_facts') }} as legs
cross join {{ ref('data_span') }} as data_span
