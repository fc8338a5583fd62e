-- Users, and agents of conversations who are no users any more. Of several accounts the first:
-- that doesn't change with the data.
{{ config(materialized='table') }}

with users as (
    select
        id as agent_id,
        name as agent_name,
        {{ chatwoot_ingested_at() }} as ingested_at
    from {{ source('raw_chatwoot', 'users') }}
),

accounts_of_users as (
    select
        user_id as agent_id,
        arg_min(account_id, {{ in_order_of_id('account_id') }}) as company_id
    from {{ source('raw_chatwoot', 'account_users') }}
    where user_id is not null
    group by user_id
),

accounts_of_conversations as (
    select
        events.agent_id,
        arg_min(conversations.account_id, {{ in_order_of_id('conversations.account_id') }})
            as company_id
    from {{ ref('chatwoot_session_events') }} as events
    inner join {{ ref('chatwoot_conversations') }} as conversations
        on events.session_id = conversations.session_id
    where events.agent_id is not null
    group by events.agent_id
),

agents as (
    select * from users
    union all by name
    select
        accounts_of_conversations.agent_id,
        -- Somebody of the account, nobody knows who.
        case when starts_with(accounts_of_conversations.agent_id, 'unknown/') then 'unknown' end
            as agent_name
    from accounts_of_conversations
    anti join users
        on accounts_of_conversations.agent_id = users.agent_id
)

select
    agents.agent_id,
    agents.agent_name,
    coalesce(accounts_of_users.company_id, accounts_of_conversations.company_id) as company_id,
    agents.ingested_at
from agents
left join accounts_of_users
    on agents.agent_id = accounts_of_users.agent_id
left join accounts_of_conversations
    on agents.agent_id = accounts_of_conversations.agent_id
