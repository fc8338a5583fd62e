-- raw_channels of the contract: those of the digital stream, and the kinds of media of the reports.
with digital as (
    select
        channel_id,
        max_by(channel_name, (occurred_at, channel_name)) as channel_name,
        max(platform) as platform
    from {{ ref('nice_cxone_events') }}
    where channel_id is not null
    group by channel_id
),

media as (
    select distinct {{ nice_cxone_channel('media_name', 'media_sub_name') }} as channel_id
    from {{ ref('nice_cxone_contacts') }}
    where not is_in_stream
)

select
    channel_id,
    channel_name,
    case
        when platform in ('chat', 'email', 'sms') then platform
        when platform in ('facebook', 'twitter', 'instagram', 'youtube', 'linkedin') then 'social'
        else 'messaging'
    end as media_type,
    'true' as is_digital
from digital
where channel_id is not null

union all

select
    media.channel_id,
    upper(left(media.channel_id, 1)) || substr(media.channel_id, 2) as channel_name,
    case when media.channel_id in ('phone', 'voice') then 'voice' else media.channel_id end
        as media_type,
    case
        when media.channel_id in ('phone', 'voice', 'voicemail', 'workitem') then 'false'
        else 'true'
    end as is_digital
from media
anti join digital on media.channel_id = digital.channel_id
where media.channel_id is not null
