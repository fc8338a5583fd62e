-- How long the customer was on hold in each agent contact that has ended.
with timeline as (
    select * from {{ ref('session_timeline') }}
    where event_type in ('held', 'resumed')
),

contacts as (
    select * from {{ ref('agent_contacts') }}
    where ended_at is not null
),

-- An event's period lasts to the next event, the last one's to the contact's end. So a second
-- `held` in a row splits a hold and adds no time, and a `resumed` without a hold adds nothing.
periods as (
    select
        timeline.session_key,
        timeline.contact_number,
        timeline.event_type,
        timeline.occurred_at as started_at,
        coalesce(
            lead(timeline.occurred_at) over (
                partition by timeline.session_key, timeline.contact_number
                order by timeline.event_position
            ),
            contacts.ended_at
        ) as ended_at
    from timeline
    inner join contacts
        on timeline.session_key = contacts.session_key
        and timeline.contact_number = contacts.contact_number
        and timeline.event_position < contacts.open_until_position
        and coalesce(timeline.agent_id, contacts.agent_id) = contacts.agent_id
)

select
    session_key,
    contact_number,
    {{ total_seconds(seconds_between('started_at', 'ended_at')) }} as hold_seconds
from periods
where event_type = 'held'
group by session_key, contact_number
