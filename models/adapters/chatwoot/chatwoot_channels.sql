-- A kind of channel that isn't known keeps Chatwoot's word for it.
{{ config(materialized='table') }}

select
    id as channel_id,
    name as channel_name,
    case channel_type
        when 'Channel::WebWidget' then 'chat'
        when 'Channel::Api' then 'chat'
        when 'Channel::Email' then 'email'
        when 'Channel::Whatsapp' then 'messaging'
        when 'Channel::Telegram' then 'messaging'
        when 'Channel::Line' then 'messaging'
        when 'Channel::Sms' then 'sms'
        when 'Channel::TwilioSms' then 'sms'
        when 'Channel::FacebookPage' then 'social'
        when 'Channel::Instagram' then 'social'
        when 'Channel::Tiktok' then 'social'
        when 'Channel::TwitterProfile' then 'social'
        when 'Channel::Voice' then 'voice'
        else lower(regexp_replace(channel_type, '^Channel::', ''))
    end as media_type,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'inboxes') }}
