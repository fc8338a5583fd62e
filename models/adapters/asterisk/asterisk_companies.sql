select
    'asterisk' as company_id,
    'Asterisk' as company_name,
    nullif({{ text_literal(var('asterisk_time_zone')) }}, '') as time_zone
