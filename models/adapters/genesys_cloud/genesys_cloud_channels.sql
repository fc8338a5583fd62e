-- raw_channels of the contract: the kinds of media, of messages the messenger. A callback is a
-- call.
with channels as (
    select distinct channel_id
    from {{ ref('genesys_cloud_sessions') }}
    where channel_id is not null
)

select
    channel_id,
    upper(left(channel_id, 1)) || substr(channel_id, 2) as channel_name,
    case
        when channel_id in ('voice', 'callback') then 'voice'
        when channel_id in ('chat', 'email', 'video', 'sms') then channel_id
        when channel_id in ('facebook', 'twitter', 'instagram') then 'social'
        else 'messaging'
    end as media_type,
    case when channel_id in ('voice', 'callback', 'video', 'unknown') then 'false' else 'true' end
        as is_digital
from channels
