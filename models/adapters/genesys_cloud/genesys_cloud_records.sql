-- One row a record of the files, with the fields that are of use. The kinds are told apart by what
-- they hold. `fault` is what the build reports of a row.
{{ config(materialized='table', post_hook='{{ report_json_records("genesys_cloud") }}') }}

with records as (
    {{ json_records(
        source('raw_genesys_cloud', 'documents'), ['conversations', 'userDetails', 'entities']
    ) }}
),

parsed as (
    select
        file,
        received_at,
        record,
        case
            when json_type(record) = 'OBJECT' then from_json(record, '{{ genesys_cloud_fields() }}')
        end as content
    from records
),

told as (
    select
        *,
        case
            when
                content['conversationid'] is not null
                and (
                    content['conversationstart'] is not null
                    or content['participants'] is not null
                )
                then 'conversation'
            when content['conversationstart'] is not null then 'conversation'
            when content['primarypresence'] is not null or content['routingstatus'] is not null
                then 'user'
            when content['timestamp'] is not null and content['direction'] is not null
                then 'message'
            when content['id'] is not null and content['selfuri'] is not null then 'name'
            when
                coalesce(
                    content['totalhits'], content['pagenumber'], content['cursor'],
                    content['dataavailabilitydate']
                ) is not null
                then 'empty answer'
        end as kind
    from parsed
)

select
    uuid() as record_id,
    file,
    received_at,
    kind,
    case
        when content is null then 'is no whole JSON object'
        when kind is null and content['detail']['topicname'] is not null
            then 'is an event of EventBridge, which isn''t read: fetch the conversations'' details'
        when kind is null then 'is neither a conversation, a user''s details, a message nor a name'
    end as fault,
    case when kind is null then left(cast(record as varchar), 1000) end as record,
    hash(cast(record as varchar)) as content_hash,
    nullif(content['conversationid'], '') as conversation_id,
    nullif(content['conversationstart'], '') as conversation_start,
    nullif(content['conversationend'], '') as conversation_end,
    lower(nullif(content['originatingdirection'], '')) as originating_direction,
    nullif(content['divisionids'][1], '') as division_id,
    content['participants'] as participants,
    content['surveys'] as surveys,
    nullif(content['userid'], '') as user_id,
    content['primarypresence'] as presences,
    content['routingstatus'] as routings,
    nullif(content['id'], '') as entity_id,
    nullif(content['name'], '') as entity_name,
    nullif(content['selfuri'], '') as self_uri,
    nullif(content['division']['id'], '') as entity_division_id,
    nullif(content['timestamp'], '') as sent_at,
    lower(nullif(content['direction'], '')) as message_direction,
    nullif(content['createdby']['id'], '') as created_by_id,
    lower(nullif(content['normalizedmessage']['type'], '')) as message_type,
    lower(nullif(content['normalizedmessage']['originatingentity'], '')) as originating_entity
from told
