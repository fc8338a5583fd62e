{{ config(
    materialized='incremental',
    meta={
        'touched_by': 'agent_contact_id', 'day': 'accepted_date', 'touches': digital_dimensions(),
    },
) }}

with contacts as (
    select * from {{ of_touched_contacts(ref('agent_contact_facts')) }}
),

costs as (
    select
        agent_contact_id,
        sum(attributed_nanoseconds) / 1e9 as attributed_seconds
    from {{ of_touched_contacts(ref('contact_day_costs')) }}
    group by agent_contact_id
)

select
    {{ star(without=['session_key', 'utc_offset_minutes'], relation='contacts') }},
    coalesce(costs.attributed_seconds, 0) as attributed_seconds,
    contacts.accepted_date as date_day,
    {{ local_labels(
        'contacts.accepted_at', 'contacts.utc_offset_minutes', 'contacts.accepted_date'
    ) }}
from contacts
left join costs
    on contacts.agent_contact_id = costs.agent_contact_id
