-- The evaluation that counts for a session: its latest of satisfaction, 1 to 5. It belongs to the
-- agent that it names if that agent had the session, else, naming none, to the last agent who had
-- accepted by then.
with evaluations as (
    select
        session_key,
        agent_id as named_agent_id,
        score,
        submitted_at
    from {{ ref('evaluations_to_build') }}
    where {{ is_satisfaction() }}
    qualify row_number() over (
        partition by session_key order by submitted_at desc, evaluation_id desc
    ) = 1
),

contacts as (
    select
        session_key,
        contact_number,
        agent_id,
        accepted_at
    from {{ ref('agent_contacts') }}
)

select
    evaluations.session_key,
    evaluations.score,
    evaluations.submitted_at,
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
group by evaluations.session_key, evaluations.score, evaluations.submitted_at
