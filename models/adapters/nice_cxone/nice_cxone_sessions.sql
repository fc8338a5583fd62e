-- raw_sessions of the contract: the cases of the digital stream, and what the reporting interface
-- alone knows, transfers in the session of their master contact.
with contacts as (
    select
        contacts.session_id,
        first(companies.company_id order by legs.leg_number) as company_id,
        first(
            case
                when contacts.is_outbound then contacts.to_address
                else {{ known_caller('contacts.from_address') }}
            end
            order by legs.leg_number
        ) as customer_id,
        first(
            {{ nice_cxone_channel('contacts.media_name', 'contacts.media_sub_name') }}
            order by legs.leg_number
        ) as channel_id,
        first(
            case when contacts.is_outbound then 'outbound' else 'inbound' end
            order by legs.leg_number
        ) as direction,
        first(contacts.campaign_id order by contacts.campaign_id is null, legs.leg_number)
            as campaign_id,
        first(
            coalesce(cast(contacts.started_at as varchar), contacts.start_text)
            order by legs.leg_number
        ) as started_at,
        max(contacts.received_at) as ingested_at
    from {{ ref('nice_cxone_contacts') }} as contacts
    inner join {{ ref('nice_cxone_legs') }} as legs on contacts.contact_id = legs.contact_id
    left join {{ ref('nice_cxone_companies_of_units') }} as companies
        on coalesce(legs.business_unit_id, '') = companies.business_unit_id
    where not contacts.is_in_stream
    group by contacts.session_id

    union all by name

    -- Contacts that go on: their states are all that there is of them.
    select
        legs.session_id,
        first(companies.company_id order by legs.leg_number) as company_id,
        cast(min(legs.started_at) as varchar) as started_at
    from {{ ref('nice_cxone_legs') }} as legs
    left join {{ ref('nice_cxone_companies_of_units') }} as companies
        on coalesce(legs.business_unit_id, '') = companies.business_unit_id
    where not legs.is_of_stream
    group by legs.session_id
    having not bool_or(legs.is_completed)

    union all by name

    select
        contact_id as session_id,
        start_text as started_at
    from {{ ref('nice_cxone_contacts') }}
    where contact_id is null
),

campaigns as (
    select
        session_id,
        max(campaign_id) as campaign_id
    from {{ ref('nice_cxone_contacts') }}
    where is_in_stream
    group by session_id
)

select
    digital.session_id,
    digital.company_id,
    digital.customer_id,
    digital.channel_id,
    digital.direction,
    campaigns.campaign_id,
    case digital.direction when 'inbound' then 'customer' when 'outbound' then 'agent' end
        as initiated_by,
    cast(digital.started_at as varchar) as started_at,
    digital.received_at as ingested_at
from {{ ref('nice_cxone_digital_sessions') }} as digital
left join campaigns on digital.session_id = campaigns.session_id

union all by name

select
    *,
    case direction when 'inbound' then 'customer' when 'outbound' then 'agent' end as initiated_by
from contacts
