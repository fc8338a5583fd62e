-- The session of each contact: its InitialContactId. The initial contact itself needn't have one; a
-- later one that lacks it belongs where the contact before it does.
{{ config(materialized='table') }}

with recursive contacts as (
    select
        contact_id,
        initial_contact_id,
        previous_contact_id,
        initial_contact_id is null and previous_contact_id is not null as is_unknown
    from {{ ref('amazon_connect_contacts') }}
    where contact_id is not null
),

chains as (
    select
        contact_id,
        previous_contact_id as earlier_contact_id
    from contacts
    where is_unknown

    -- Not "union all": a chain that leads back to itself would never end.
    union

    select
        chains.contact_id,
        earlier.previous_contact_id as earlier_contact_id
    from chains
    inner join contacts as earlier on chains.earlier_contact_id = earlier.contact_id
    where earlier.is_unknown
),

-- The earliest contact that a chain leads to is known itself, or has no record.
followed as (
    select
        chains.contact_id,
        coalesce(
            min(
                case
                    when earlier.is_unknown is not true
                        then coalesce(earlier.initial_contact_id, chains.earlier_contact_id)
                end
            ),
            least(chains.contact_id, min(chains.earlier_contact_id))
        ) as session_id
    from chains
    left join contacts as earlier on chains.earlier_contact_id = earlier.contact_id
    group by chains.contact_id
)

select
    contacts.contact_id,
    coalesce(contacts.initial_contact_id, followed.session_id, contacts.contact_id) as session_id
from contacts
left join followed on contacts.contact_id = followed.contact_id
