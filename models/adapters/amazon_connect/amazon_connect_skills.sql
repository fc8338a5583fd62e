-- The queues, by the name that they had last.
select
    skill_id,
    arg_max(queue_name, (coalesce(updated_at, '-infinity'), queue_name)) as skill_name
from {{ ref('amazon_connect_contacts') }}
where skill_id is not null
group by skill_id
