select
    'voice' as channel_id,
    'Voice' as channel_name,
    'voice' as media_type,
    'false' as is_digital
