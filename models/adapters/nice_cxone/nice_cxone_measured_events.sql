-- raw_measured_events of the contract: from when the histories of contacts' states begin, ringing,
-- holds and after-contact work are told; the seconds of a completed contact tell holds and work
-- too.
with firsts as (
    select
        'offer' as event_group,
        min(started_at) as measured_from
    from {{ ref('nice_cxone_contact_states') }}
    where phase in ('offered', 'refused')

    union all

    select
        unnest(['hold', 'wrap_up']) as event_group,
        min(started_at) as measured_from
    from (
        select started_at
        from {{ ref('nice_cxone_contacts') }}
        where on_hold is not null or at_work is not null

        union all

        select started_at
        from {{ ref('nice_cxone_contact_states') }}
        where phase is not null
    ) as told

    union all

    select
        'pending' as event_group,
        min(started_at) as measured_from
    from {{ ref('nice_cxone_digital_sessions') }}
)

select *
from firsts
where measured_from is not null
