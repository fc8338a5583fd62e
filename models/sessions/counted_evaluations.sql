-- The evaluations that count: of each session and kind the latest, and the latest satisfaction of
-- 1 to 5, which is what S4, S5, A25 and A26 look at. An evaluation belongs to the agent that it
-- names if that agent had the session, else, naming none, to the last who had accepted by then.
with submissions as (
    select
        session_key,
        evaluation_id,
        {{ kind_of_evaluation() }} as kind,
        {{ lowest_score() }} as scale_min,
        {{ highest_score() }} as scale_max,
        {{ is_satisfaction() }} as is_of_five,
        agent_id as named_agent_id,
        score,
        submitted_at
    from {{ ref('evaluations_to_build') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by session_key, kind order by submitted_at desc, evaluation_id desc
        ) = 1 as is_latest,
        is_of_five and row_number() over (
            partition by session_key, is_of_five order by submitted_at desc, evaluation_id desc
        ) = 1 as is_satisfaction
    from submissions
),

evaluations as (
    select * from ranked
    where is_latest or is_satisfaction
),

contacts as (
    select
        session_key,
        contact_number,
        agent_id,
        skill_id,
        accepted_at
    from {{ ref('agent_contacts') }}
),

owned as (
    select
        evaluations.session_key,
        evaluations.evaluation_id,
        coalesce(
            max(contacts.agent_id) filter (where contacts.agent_id = evaluations.named_agent_id),
            max_by(contacts.agent_id, contacts.contact_number) filter (
                where evaluations.named_agent_id is null
                and contacts.accepted_at <= evaluations.submitted_at
            )
        ) as agent_id
    from evaluations
    left join contacts
        on evaluations.session_key = contacts.session_key
    group by evaluations.session_key, evaluations.evaluation_id
),

-- The owner's latest contact by then.
owners as (
    select
        evaluations.session_key,
        evaluations.evaluation_id,
        owned.agent_id,
        max(contacts.contact_number) as contact_number
    from evaluations
    inner join owned
        on evaluations.session_key = owned.session_key
        and evaluations.evaluation_id = owned.evaluation_id
    left join contacts
        on owned.session_key = contacts.session_key
        and owned.agent_id = contacts.agent_id
        and evaluations.submitted_at >= contacts.accepted_at
    group by evaluations.session_key, evaluations.evaluation_id, owned.agent_id
)

select
    evaluations.session_key,
    evaluations.evaluation_id,
    evaluations.kind,
    evaluations.scale_min,
    evaluations.scale_max,
    evaluations.score,
    evaluations.submitted_at,
    evaluations.is_latest,
    evaluations.is_satisfaction,
    owners.agent_id,
    contacts.skill_id
from evaluations
inner join owners
    on evaluations.session_key = owners.session_key
    and evaluations.evaluation_id = owners.evaluation_id
left join contacts
    on owners.session_key = contacts.session_key
    and owners.contact_number = contacts.contact_number
