-- Members since they were added. A membership that has ended leaves no trace.
{{ config(materialized='table') }}

select
    user_id as agent_id,
    team_id,
    {{ chatwoot_time('created_at') }} as valid_from
from {{ source('raw_chatwoot', 'team_members') }}
