-- One row a JSON object of the files, with the fields that are of use. Contact records and agent
-- events are told apart by what they hold. `fault` is what the build reports of a row.
{{ config(materialized='table', post_hook='{{ report_amazon_connect() }}') }}

{% set texts = {
    'instance_arn': 'InstanceARN',
    'contact_id': 'ContactId',
    'initial_contact_id': 'InitialContactId',
    'previous_contact_id': 'PreviousContactId',
    'next_contact_id': 'NextContactId',
    'channel': 'Channel',
    'initiation_method': 'InitiationMethod',
    'initiation_timestamp': 'InitiationTimestamp',
    'disconnect_timestamp': 'DisconnectTimestamp',
    'disconnect_reason': 'DisconnectReason',
    'last_update_timestamp': 'LastUpdateTimestamp',
    'direction': 'SegmentAttributes."connect:Direction".ValueString',
    'customer_address': 'CustomerEndpoint.Address',
    'customer_id': 'CustomerId',
    'campaign_id': 'Campaign.CampaignId',
    'queue_arn': 'Queue.ARN',
    'queue_name': 'Queue.Name',
    'enqueue_timestamp': 'Queue.EnqueueTimestamp',
    'dequeue_timestamp': 'Queue.DequeueTimestamp',
    'connected_timestamp': 'Agent.ConnectedToAgentTimestamp',
    'interaction_seconds': 'Agent.AgentInteractionDuration',
    'hold_seconds': 'Agent.CustomerHoldDuration',
    'work_start_timestamp': 'Agent.AfterContactWorkStartTimestamp',
    'work_end_timestamp': 'Agent.AfterContactWorkEndTimestamp',
    'work_seconds': 'Agent.AfterContactWorkDuration',
    'transfer_timestamp': 'TransferCompletedTimestamp',
    'transfer_address': 'TransferredToEndpoint.Address',
    'scheduled_timestamp': 'ScheduledTimestamp',
    'event_id': 'EventId',
    'event_type': 'EventType',
    'event_timestamp': 'EventTimestamp',
    'status_name': 'CurrentAgentSnapshot.AgentStatus.Name',
    'status_type': 'CurrentAgentSnapshot.AgentStatus.Type',
    'status_start_timestamp': 'CurrentAgentSnapshot.AgentStatus.StartTimestamp',
} %}

with lines as (
    select * from {{ source('raw_amazon_connect', 'lines') }}
),

pieces as (
    select
        file,
        unnest({{ amazon_connect_pieces('line') }}) as piece
    from lines
),

objects as (
    select
        file,
        piece,
        case
            when json_valid(piece) and json_type(piece) = 'OBJECT'
                then from_json(piece, '{{ amazon_connect_fields() }}')
        end as content_fields
    from pieces
    where trim(piece, e' \t\r') != ''
),

records as (
    select
        objects.file,
        objects.piece,
        objects.content_fields is null as is_unreadable,
        {{ amazon_connect_text('ContactId') }} is null
        and coalesce(
            {{ amazon_connect_text('EventId') }},
            {{ amazon_connect_text('EventType') }},
            {{ amazon_connect_text('AgentARN') }}
        ) is not null as is_agent_event,
        {%- for column, field in texts.items() %}
        {{ amazon_connect_text(field) }} as {{ column }},
        {%- endfor %}
        coalesce(
            {{ amazon_connect_text('AgentARN') }},
            {{ amazon_connect_text('Agent.ARN') }}
        ) as agent_arn,
        coalesce(
            {{ amazon_connect_text('Agent.Username') }},
            {{ amazon_connect_text('CurrentAgentSnapshot.Configuration.Username') }}
        ) as agent_username,
        {{ amazon_connect_group('ARN') }} as group_arn,
        {{ amazon_connect_group('Name') }} as group_name,
        {{ amazon_connect_contact_states() }} as contact_states,
        {{ amazon_connect_agent_contacts() }} as agent_contacts
    from objects
),

faults as (
    select
        *,
        case
            when is_unreadable then 'is no whole JSON object'
            when is_agent_event and (event_id is null or agent_arn is null)
                then 'has no EventId or no AgentARN'
            when
                is_agent_event
                and coalesce(upper(event_type), '')
                not in ('LOGIN', 'LOGOUT', 'STATE_CHANGE', 'HEART_BEAT')
                then 'has no EventType that is known'
            when not is_agent_event and contact_id is null then 'has no ContactId'
        end as fault
    from records
)

select * replace (case when fault is not null then piece end as piece)
from faults
