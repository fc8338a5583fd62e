-- Words of Amazon Connect that the adapter doesn't know, each of which it takes for something:
-- docs/adapters/amazon_connect.md says what. Reasons may be anybody's own text.
{{ config(materialized='table') }}

select
    contact_id as place,
    initiation_method as word,
    'initiation method' as word_kind
from {{ ref('amazon_connect_contacts') }}
where initiation_method not in {{ amazon_connect_words('method') }}

union all by name

select
    contact_id as place,
    disconnect_reason as word,
    'disconnect reason' as word_kind
from {{ ref('amazon_connect_contacts') }}
where
    disconnect_reason not in {{ amazon_connect_words('reason') }}
    -- Whatever else they say, they name who ended the contact.
    and not starts_with(disconnect_reason, 'CUSTOMER_')
    and not starts_with(disconnect_reason, 'AGENT_')

union all by name

select
    event_id as place,
    contact_state as word,
    'contact state' as word_kind
from (
    select
        event_id,
        unnest(contact_states) as contact_state
    from {{ ref('amazon_connect_records') }}
    where is_agent_event
)
where contact_state not in {{ amazon_connect_words('contact state') }}

union all by name

select
    event_id as place,
    status_type as word,
    'status type' as word_kind
from {{ ref('amazon_connect_records') }}
where is_agent_event and upper(status_type) not in {{ amazon_connect_words('status type') }}
