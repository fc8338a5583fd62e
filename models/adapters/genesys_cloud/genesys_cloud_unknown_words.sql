-- What the adapter can't tell the meaning of: words of Genesys Cloud that it doesn't know, and
-- segments whose time can't be read. They go on under their own names, into quarantine.
{{ config(materialized='table') }}

select
    parts.conversation_id || '/' || parts.part_number as place,
    parts.conversation_id,
    coalesce(parts.purpose, 'participant without a purpose') as word,
    'purpose' as word_kind,
    conversations.conversation_start as occurred_at
from {{ ref('genesys_cloud_parts') }} as parts
left join {{ ref('genesys_cloud_conversations') }} as conversations
    on parts.conversation_id = conversations.conversation_id
where coalesce(parts.purpose, '') not in {{ genesys_cloud_list(['purpose']) }}

union all by name

select
    conversation_id || '/' || part_number || '/' || segment_number as place,
    conversation_id,
    coalesce(segment_type, 'segment without a type') as word,
    case
        when segment_type in {{ genesys_cloud_list(['segment']) }} then 'time'
        else 'segment'
    end as word_kind,
    start_text as occurred_at
from {{ ref('genesys_cloud_segments') }}
where
    coalesce(segment_type, '') not in {{ genesys_cloud_list(['segment']) }}
    or started_at is null

union all by name

select
    conversation_id || '/' || part_number || '/' || segment_number as place,
    conversation_id,
    disconnect_type as word,
    'disconnect' as word_kind,
    start_text as occurred_at
from {{ ref('genesys_cloud_segments') }}
where
    disconnect_type not in {{ genesys_cloud_list(['handover', 'hung up', 'other end']) }}
    and disconnect_type != 'peer'

union all by name

select
    agent_id || '/' || start_text as place,
    cast(null as varchar) as conversation_id,
    word,
    span_kind as word_kind,
    start_text as occurred_at
from {{ ref('genesys_cloud_spans') }}
where
    case span_kind
        when 'presence'
            then word not in {{ genesys_cloud_list(['presence']) }} and word != 'offline'
        else word not in {{ genesys_cloud_list(['routing']) }}
    end
