with timeline as (
    select * from {{ ref('session_timeline') }}
),

acceptances as (
    select
        session_key,
        contact_number,
        agent_id,
        skill_id,
        team_id,
        close_number as closes_before,
        event_position as accepted_position,
        occurred_at as accepted_at,
        lead(occurred_at) over session_order as next_accepted_at,
        -- Past an agent's last acceptance in a session: beyond every position and time.
        lead(event_position, 1, {{ beyond_every_position() }}) over own_order
            as next_own_accepted_position,
        lead(occurred_at, 1, {{ end_of_time() }}) over own_order as next_own_accepted_at
    from timeline
    where event_type = 'accepted'
    window
        session_order as (partition by session_key order by contact_number),
        own_order as (partition by session_key, agent_id order by contact_number)
),

-- What may end an agent contact before the next acceptance does. Where an event doesn't name who
-- hands over or leaves, it is the agent of the contact.
endings as (
    select
        timeline.session_key,
        timeline.contact_number,
        min(timeline.event_position) as ended_position,
        min_by(timeline.event_type, timeline.event_position) as ended_by,
        min(timeline.occurred_at) as ended_at
    from timeline
    inner join acceptances
        on timeline.session_key = acceptances.session_key
        and timeline.contact_number = acceptances.contact_number
    where
        timeline.event_type = 'closed'
        or (
            timeline.event_type in ('transferred', 'released')
            and coalesce(timeline.agent_id, acceptances.agent_id) = acceptances.agent_id
        )
    group by timeline.session_key, timeline.contact_number
)

select
    acceptances.*,
    coalesce(endings.ended_position, {{ beyond_every_position() }}) as open_until_position,
    coalesce(
        endings.ended_by, case when acceptances.next_accepted_at is not null then 'accepted' end
    ) as ended_by,
    coalesce(endings.ended_at, acceptances.next_accepted_at) as ended_at
from acceptances
left join endings
    on acceptances.session_key = endings.session_key
    and acceptances.contact_number = endings.contact_number
