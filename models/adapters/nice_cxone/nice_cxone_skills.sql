-- raw_skills of the contract: routing queues, and skills that no queue stands for.
with sightings as (
    select
        queue_id as skill_id,
        queue_name as skill_name,
        occurred_at as seen_at
    from {{ ref('nice_cxone_events') }}

    union all

    select
        coalesce(ids.skill_id, contacts.skill_number) as skill_id,
        contacts.skill_name,
        contacts.started_at as seen_at
    from {{ ref('nice_cxone_contacts') }} as contacts
    left join {{ ref('nice_cxone_skill_ids') }} as ids
        on contacts.skill_number = ids.skill_number

    union all

    select
        coalesce(ids.skill_id, states.skill_number) as skill_id,
        states.skill_name,
        states.started_at as seen_at
    from {{ ref('nice_cxone_contact_states') }} as states
    left join {{ ref('nice_cxone_skill_ids') }} as ids on states.skill_number = ids.skill_number
)

select
    skill_id,
    max_by(skill_name, (coalesce(seen_at, '-infinity'), skill_name)) filter (
        where skill_name is not null
    ) as skill_name
from sightings
where skill_id is not null
group by skill_id
