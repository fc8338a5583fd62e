-- raw_measured_events of the contract: from when the histories of contacts' states begin, ringing,
-- holds and after-contact work are told; a completed contact with seconds of either tells both, and
-- work the digital stream, from the session on with whose work it begins.
with works as (
    select session_id
    from {{ ref('nice_cxone_events') }}
    where event_type = 'digitalacwstarted'
),

digital_works as (
    select sessions.started_at
    from {{ ref('nice_cxone_digital_sessions') }} as sessions
    semi join works on sessions.session_id = works.session_id
),

told as (
    select
        unnest(['hold', 'wrap_up']) as event_group,
        started_at
    from {{ ref('nice_cxone_contacts') }}
    where on_hold is not null or at_work is not null

    union all

    select
        unnest(['hold', 'wrap_up']) as event_group,
        started_at
    from {{ ref('nice_cxone_contact_states') }}
    where phase is not null

    union all

    select
        'wrap_up' as event_group,
        started_at
    from digital_works
),

firsts as (
    select
        'offer' as event_group,
        min(started_at) as measured_from
    from {{ ref('nice_cxone_contact_states') }}
    where phase in ('offered', 'refused')

    union all

    select
        event_group,
        min(started_at) as measured_from
    from told
    group by event_group

    union all

    select
        'pending' as event_group,
        min(started_at) as measured_from
    from {{ ref('nice_cxone_digital_sessions') }}
)

select *
from firsts
where measured_from is not null
