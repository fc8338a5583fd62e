-- The two kinds of sessions.
select
    'voice' as channel_id,
    'Telephone' as channel_name,
    'voice' as media_type

union all

select
    'chat' as channel_id,
    'Chat' as channel_name,
    'chat' as media_type
