-- raw_agents of the contract: who is in a conversation as an agent or has details of their own. The
-- company is the user's division, else that of the latest conversation.
with named as (
    select
        entity_id as agent_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as agent_name,
        max_by(division_id, (coalesce(received_at, ''), division_id)) as division_id
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'users'
    group by entity_id
),

seen as (
    select
        parts.agent_id,
        max_by(
            parts.participant_name, (conversations.conversation_start, parts.participant_name)
        ) as agent_name,
        max_by(
            conversations.division_id, (conversations.conversation_start, conversations.division_id)
        ) as division_id
    from {{ ref('genesys_cloud_parts') }} as parts
    inner join {{ ref('genesys_cloud_conversations') }} as conversations
        on parts.conversation_id = conversations.conversation_id
    where parts.purpose = 'agent' and parts.agent_id is not null
    group by parts.agent_id
),

agents as (
    select agent_id
    from seen

    union

    select agent_id
    from {{ ref('genesys_cloud_spans') }}
    where agent_id is not null
)

select
    agents.agent_id,
    coalesce(named.agent_name, seen.agent_name) as agent_name,
    coalesce(named.division_id, seen.division_id) as company_id
from agents
left join named on agents.agent_id = named.agent_id
left join seen on agents.agent_id = seen.agent_id
