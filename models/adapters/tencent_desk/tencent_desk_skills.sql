-- raw_skills: the skill groups that records name, by the name that was said last.
select
    skill_id,
    arg_max(skill_name, (coalesce(received_at, ''), skill_name)) filter (
        where skill_name is not null
    ) as skill_name
from {{ ref('tencent_desk_records') }}
where skill_id is not null
group by skill_id
