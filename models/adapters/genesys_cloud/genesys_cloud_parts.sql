-- What each participant of a conversation did through one medium: the sessions of Genesys Cloud.
{{ config(materialized='table') }}

with sessions as (
    {{ genesys_cloud_sessions_of_participants(
        ref('genesys_cloud_records'), ref('genesys_cloud_conversations')
    ) }}
),

directed as (
    select
        *,
        -- Whom a campaign dials was called, also where no direction is said.
        coalesce(
            lower(nullif(session['direction'], '')),
            case when nullif(session['outboundcampaignid'], '') is not null then 'outbound' end
        ) as direction
    from sessions
)

select
    conversation_id,
    participant_number * 1000 + session_number as part_number,
    lower(nullif(participant['purpose'], '')) as purpose,
    nullif(participant['userid'], '') as agent_id,
    nullif(participant['participantname'], '') as participant_name,
    nullif(participant['externalcontactid'], '') as external_contact_id,
    lower(nullif(session['mediatype'], '')) as media_type,
    lower(nullif(session['messagetype'], '')) as message_type,
    direction,
    nullif(session['outboundcampaignid'], '') as campaign_id,
    -- The customer's own address, whoever called.
    regexp_replace(
        coalesce(
            nullif(
                case direction
                    when 'outbound' then coalesce(nullif(session['dnis'], ''), session['addressto'])
                    else coalesce(nullif(session['ani'], ''), session['addressfrom'])
                end,
                ''
            ),
            nullif(session['remote'], ''),
            nullif(json_extract_string(session['callbacknumbers'], '$[0]'), '')
        ),
        '^tel:',
        ''
    ) as address
from directed
