-- Everything that began with one contact is a session; what its first contact says holds.
with legs as (
    select * from {{ ref('amazon_connect_legs') }}
),

sessions as (
    select
        session_id,
        first(company_id order by company_id is null, leg_number) as company_id,
        first(customer_id order by customer_id is null, leg_number) as customer_id,
        first(channel_id order by channel_id is null, leg_number) as channel_id,
        first(campaign_id order by campaign_id is null, leg_number) as campaign_id,
        first(initiation_method order by leg_number) as initiation_method,
        first(direction order by leg_number) as api_direction,
        min(initiated_at) as started_at,
        first(initiation_timestamp order by leg_number) as first_timestamp,
        first(initiated_at order by leg_number) as first_initiated_at
    from legs
    group by session_id

    union all

    -- Nothing can be said to belong to it: the contract's checks set it aside.
    select
        contact_id as session_id,
        company_id,
        customer_id,
        channel_id,
        campaign_id,
        initiation_method,
        direction as api_direction,
        initiated_at as started_at,
        initiation_timestamp as first_timestamp,
        initiated_at as first_initiated_at
    from {{ ref('amazon_connect_contacts') }}
    where contact_id is null
)

select
    session_id,
    company_id,
    customer_id,
    channel_id,
    case
        when initiation_method in ('INBOUND', 'WEBRTC_API') then 'inbound'
        when
            initiation_method in (
                'OUTBOUND', 'CALLBACK', 'CALLBACK_CUSTOMER_FIRST_QUEUED',
                'CALLBACK_CUSTOMER_FIRST_DIALED', 'EXTERNAL_OUTBOUND', 'AGENT_REPLY', 'FLOW',
                'CAMPAIGN_PREVIEW'
            )
            then 'outbound'
        -- A program places calls and writes to customers, and passes on the chats, tasks and mails
        -- of customers. Not every record says which.
        when initiation_method = 'API' and api_direction in ('INBOUND', 'OUTBOUND')
            then lower(api_direction)
        when initiation_method = 'API'
            then case when channel_id = 'voice' then 'outbound' else 'inbound' end
    end as direction,
    initiation_method as contact_type,
    campaign_id,
    case
        when
            initiation_method in (
                'INBOUND', 'WEBRTC_API', 'CALLBACK', 'CALLBACK_CUSTOMER_FIRST_QUEUED',
                'CALLBACK_CUSTOMER_FIRST_DIALED'
            )
            or (
                initiation_method = 'API'
                and channel_id = 'chat'
                and api_direction is distinct from 'OUTBOUND'
            )
            then 'customer'
        when initiation_method in ('OUTBOUND', 'EXTERNAL_OUTBOUND', 'AGENT_REPLY') then 'agent'
        when initiation_method in ('API', 'FLOW', 'CAMPAIGN_PREVIEW') then 'system'
    end as initiated_by,
    -- A first contact whose time can't be read is no reason to take a later one's.
    case
        when first_timestamp is not null and first_initiated_at is null then first_timestamp
        else cast(started_at as varchar)
    end as started_at
from sessions
