-- Skill groups, by the name that was said last; of a list of them where there is one.
with documents as (
    select
        received_at,
        unnest(skill_group_list) as skill_group
    from {{ ref('tencent_ccc_documents') }}
    where skill_group_list is not null
),

seen as (
    select
        {{ said_time("skill_group['SkillGroupId']") }} as skill_id,
        {{ said("skill_group['SkillGroupName']") }} as skill_name,
        true as is_listed,
        received_at
    from documents

    union all

    select
        skill_id,
        skill_name,
        false as is_listed,
        received_at
    from {{ ref('tencent_ccc_records') }}

    union all

    select
        skill_id,
        skill_name,
        false as is_listed,
        cast(null as varchar) as received_at
    from {{ ref('tencent_ccc_participants') }}
)

select
    skill_id,
    arg_max(skill_name, (is_listed, coalesce(received_at, ''), skill_name)) filter (
        where skill_name is not null
    ) as skill_name
from seen
where skill_id is not null
group by skill_id
