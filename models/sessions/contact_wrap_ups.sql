-- The work after each agent contact that has ended: no row where there was none.
{%- set longest = "interval '" ~ var('max_wrap_up_minutes') * 60 ~ " seconds'" %}
with timeline as (
    select * from {{ ref('session_timeline') }}
    where event_type in ('wrap_up_started', 'wrap_up_ended')
),

contacts as (
    select * from {{ ref('agent_contacts') }}
),

-- An event that names nobody is of the session's latest agent contact.
named as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.event_type,
        timeline.occurred_at,
        coalesce(timeline.agent_id, latest_contacts.agent_id) as agent_id
    from timeline
    left join contacts as latest_contacts
        on timeline.session_key = latest_contacts.session_key
        and timeline.contact_number = latest_contacts.contact_number
),

summaries as (
    select
        contacts.session_key,
        contacts.contact_number,
        contacts.ended_at as contact_ended_at,
        contacts.next_own_accepted_at,
        max_by(named.event_type, named.event_position) filter (
            where named.occurred_at <= contacts.ended_at
        ) as last_type_before,
        min_by(named.event_type, named.event_position) filter (
            where named.occurred_at > contacts.ended_at
        ) as first_type_after,
        min(named.occurred_at) filter (where named.occurred_at > contacts.ended_at)
            as first_after_at,
        min(named.occurred_at) filter (
            where named.occurred_at > contacts.ended_at and named.event_type = 'wrap_up_ended'
        ) as ended_at
    from contacts
    inner join named
        on contacts.session_key = named.session_key
        and contacts.agent_id = named.agent_id
        and contacts.accepted_position < named.event_position
        and contacts.next_own_accepted_position > named.event_position
    where contacts.ended_at is not null
    group by
        contacts.session_key, contacts.contact_number, contacts.ended_at,
        contacts.next_own_accepted_at
),

-- Wrap-up that was started during the contact counts from the contact's end. So does wrap-up of
-- which only the end is told.
started as (
    select
        *,
        case
            when last_type_before = 'wrap_up_started' then contact_ended_at
            when first_type_after = 'wrap_up_started' then first_after_at
            when first_type_after = 'wrap_up_ended' and last_type_before is null
                then contact_ended_at
        end as started_at
    from summaries
),

limited as (
    select
        started.*,
        data_span.as_of,
        least(started.next_own_accepted_at, started.started_at + {{ longest }}) as limit_at
    from started
    cross join {{ ref('data_span') }} as data_span
    where started.started_at is not null
)

select
    session_key,
    contact_number,
    started_at,
    case
        when ended_at <= limit_at then ended_at
        when limit_at <= as_of then limit_at
    end as ended_at,
    case
        when ended_at <= limit_at then false
        when limit_at <= as_of then true
    end as is_end_inferred
from limited
