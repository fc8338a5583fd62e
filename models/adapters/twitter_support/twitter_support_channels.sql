select
    'twitter' as channel_id,
    'Twitter' as channel_name,
    'social' as media_type,
    'true' as is_digital
