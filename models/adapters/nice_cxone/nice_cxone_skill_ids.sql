-- Skills have a number in the reporting interface and are routing queues in the digital stream.
{{ config(materialized='table') }}

select
    skill_number,
    max(queue_id) as skill_id
from {{ ref('nice_cxone_events') }}
where queue_id is not null and skill_number is not null
group by skill_number
