{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

{%- set so_far = seconds_between('legs.queued_at', 'data_span.as_of') %}
select {{ star(
    relation='legs', replaced={'queue_seconds': 'coalesce(legs.queue_seconds, ' ~ so_far ~ ')'}
) }}
from {{ ref('queue_leg_facts') }} as legs
cross join {{ ref('data_span') }} as data_span
