-- The contacts of each session of the reporting interface, in their order: what was transferred is
-- a contact of its own with the same master. Also those of which only the history of states is
-- there.
{{ config(materialized='table') }}

with bounds as (
    select
        contact_id,
        min(started_at) as first_at,
        max(coalesce(ended_at, started_at)) filter (where phase != 'work') as last_at,
        max(business_unit_id) as business_unit_id
    from {{ ref('nice_cxone_stretches') }}
    group by contact_id
),

known as (
    select
        contacts.contact_id,
        contacts.session_id,
        contacts.business_unit_id,
        contacts.is_of_stream,
        true as is_completed,
        contacts.started_at,
        coalesce(bounds.last_at, contacts.started_at + contacts.in_all) as ended_at,
        contacts.is_abandoned,
        contacts.transfer_indicator,
        contacts.end_reason,
        contacts.end_actor,
        contacts.disposition_id,
        contacts.agent_number
    from {{ ref('nice_cxone_contacts') }} as contacts
    left join bounds on contacts.contact_id = bounds.contact_id
    where contacts.contact_id is not null

    union all by name

    select
        bounds.contact_id,
        coalesce(digital.session_id, bounds.contact_id) as session_id,
        bounds.business_unit_id,
        digital.session_id is not null as is_of_stream,
        false as is_completed,
        bounds.first_at as started_at,
        bounds.last_at as ended_at,
        false as is_abandoned
    from bounds
    anti join {{ ref('nice_cxone_contacts') }} as contacts
        on bounds.contact_id = contacts.contact_id
    left join {{ ref('nice_cxone_digital_sessions') }} as digital
        on bounds.contact_id = digital.session_id or bounds.contact_id = digital.case_id
    where bounds.contact_id is not null
)

select
    *,
    row_number() over (
        partition by session_id order by started_at, contact_id
    ) as leg_number
from known
