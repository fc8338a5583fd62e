select
    'asterisk' as company_id,
    'Asterisk' as company_name,
    cast({{ "nullif(" ~ text_literal(var('asterisk_time_zone')) ~ ", '')" }} as varchar) as time_zone
