select
    id as skill_id,
    name as skill_name,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ ref('chatwoot_inbox_rows') }}
