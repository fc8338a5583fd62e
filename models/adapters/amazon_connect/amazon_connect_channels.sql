-- A task is work without a conversation: nobody can write in it.
select distinct
    channel_id,
    upper(left(channel_id, 1)) || substr(channel_id, 2) as channel_name,
    channel_id as media_type,
    case when channel_id in ('voice', 'task') then 'false' else 'true' end as is_digital
from {{ ref('amazon_connect_contacts') }}
where channel_id is not null
