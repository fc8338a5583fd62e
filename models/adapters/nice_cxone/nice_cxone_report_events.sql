-- What the reporting interface says happened to the sessions that the digital stream doesn't tell
-- of.
with runs as (
    select
        runs.*,
        runs.contact_id || '/' || runs.run_number as run_id,
        agents.agent_id,
        next_agents.agent_id as next_agent_id,
        skills.skill_id,
        next_skills.skill_id as next_skill_id
    from {{ ref('nice_cxone_runs') }} as runs
    left join {{ ref('nice_cxone_agent_ids') }} as agents on runs.agent_number = agents.agent_number
    left join {{ ref('nice_cxone_agent_ids') }} as next_agents
        on runs.next_agent_number = next_agents.agent_number
    left join {{ ref('nice_cxone_skill_ids') }} as skills on runs.skill_number = skills.skill_number
    left join {{ ref('nice_cxone_skill_ids') }} as next_skills
        on runs.next_skill_number = next_skills.skill_number
    where not runs.is_of_stream
),

ends as (
    select
        session_id,
        max(ended_at) as ended_at,
        bool_and(is_completed) as is_ended,
        arg_max(
            struct_pack(
                end_reason := end_reason,
                actor_type := case when is_abandoned then 'customer' else end_actor end
            ),
            leg_number
        ) as last_leg,
        arg_max(agent_number, leg_number) filter (where agent_number is not null) as agent_number
    from {{ ref('nice_cxone_legs') }}
    where not is_of_stream
    group by session_id
),

left_contacts as (
    select
        runs.*,
        ends.ended_at as session_ended_at,
        ends.is_ended,
        coalesce(
            (
                runs.next_accepted_at is not null
                and runs.next_agent_number is distinct from runs.agent_number
            )
            or runs.next_queued_at is not null
            or runs.transfer_indicator = 'external',
            false
        ) as is_handed_over
    from runs
    inner join ends on runs.session_id = ends.session_id
    where runs.run_kind = 'agent'
),

events as (
    select
        run_id || '/queued' as event_id,
        session_id,
        waited_from as occurred_at,
        60 as event_seq,
        'queued' as event_type,
        coalesce(skill_id, skill_number) as skill_id
    from runs
    where waited_from is not null

    union all by name

    select
        run_id || '/out' as event_id,
        session_id,
        ended_at as occurred_at,
        case when ended_at = waited_from then 65 else 50 end as event_seq,
        case when is_abandoned and is_last_queue then 'abandoned' else 'dequeued' end
            as event_type,
        case when is_abandoned and is_last_queue then 'customer' else 'system' end as actor_type,
        end_reason as reason
    from runs
    where
        waited_from is not null
        and ended_at is not null
        and next_kind is distinct from 'agent'

    union all by name

    select
        run_id || '/accepted' as event_id,
        session_id,
        started_at as occurred_at,
        80 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        coalesce(agent_id, agent_number) as agent_id,
        coalesce(skill_id, skill_number) as skill_id
    from runs
    where run_kind = 'agent'

    union all by name

    select
        run_id || '/left' as event_id,
        session_id,
        ended_at as occurred_at,
        case when ended_at = started_at then 85 else 40 end as event_seq,
        case when is_handed_over then 'transferred' else 'released' end as event_type,
        'agent' as actor_type,
        coalesce(agent_id, agent_number) as agent_id,
        case
            when is_handed_over and next_queued_at is null
                then coalesce(next_agent_id, next_agent_number)
        end as to_agent_id,
        case when is_handed_over then coalesce(next_skill_id, next_skill_number) end
            as to_skill_id
    from left_contacts
    where
        ended_at is not null
        and (is_handed_over or not is_ended or ended_at < session_ended_at)

    union all by name

    select
        ends.session_id || '/closed' as event_id,
        ends.session_id,
        ends.ended_at as occurred_at,
        200 as event_seq,
        'closed' as event_type,
        ends.last_leg['actor_type'] as actor_type,
        case
            when ends.last_leg['actor_type'] = 'agent'
                then coalesce(agents.agent_id, ends.agent_number)
        end as agent_id,
        ends.last_leg['end_reason'] as reason
    from ends
    left join {{ ref('nice_cxone_agent_ids') }} as agents on ends.agent_number = agents.agent_number
    where ends.is_ended and ends.ended_at is not null
)

select * replace (cast(occurred_at as varchar) as occurred_at)
from events
