{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

{%- set so_far = seconds_between('legs.queued_at', 'data_span.as_of') %}
select
    {{ star(
        without=['interval_started_at', 'utc_offset_minutes'],
        relation='legs',
        replaced={'queue_seconds': 'coalesce(legs.queue_seconds, ' ~ so_far ~ ')'},
    ) }},
    legs.queued_date as date_day,
    {{ local_labels('legs.queued_at', 'legs.utc_offset_minutes', 'legs.queued_date') }}
from {{ ref('queue_leg_facts') }} as legs
cross join {{ ref('data_span') }} as data_span
