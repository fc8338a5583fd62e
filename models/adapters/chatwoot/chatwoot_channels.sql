-- A kind of channel that isn't known keeps Chatwoot's word for it.
{{ config(materialized='table') }}

with whatsapp_of_twilio as (
    select distinct id as channel_id
    from {{ source('raw_chatwoot', 'channel_twilio_sms') }}
    where medium = '1'
)

select
    inboxes.id as channel_id,
    inboxes.name as channel_name,
    case inboxes.channel_type
        when 'Channel::WebWidget' then 'chat'
        when 'Channel::Api' then 'chat'
        when 'Channel::Email' then 'email'
        when 'Channel::Whatsapp' then 'messaging'
        when 'Channel::Telegram' then 'messaging'
        when 'Channel::Line' then 'messaging'
        when 'Channel::Sms' then 'sms'
        when 'Channel::TwilioSms'
            then case when whatsapp_of_twilio.channel_id is null then 'sms' else 'messaging' end
        when 'Channel::FacebookPage' then 'social'
        when 'Channel::Instagram' then 'social'
        when 'Channel::Tiktok' then 'social'
        when 'Channel::TwitterProfile' then 'social'
        when 'Channel::Voice' then 'voice'
        else lower(regexp_replace(inboxes.channel_type, '^Channel::', ''))
    end as media_type,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'inboxes') }} as inboxes
left join whatsapp_of_twilio
    on inboxes.channel_id = whatsapp_of_twilio.channel_id
