select
    'anonymous_bank' as company_id,
    'Anonymous Bank' as company_name,
    'Asia/Jerusalem' as time_zone
