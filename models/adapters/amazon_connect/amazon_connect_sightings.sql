-- Each record that names an agent, with what it says of the agent at that time.
{{ config(materialized='table') }}

select
    agent_id,
    agent_username,
    company_id,
    team_id,
    team_name,
    coalesce(connected_at, updated_at) as seen_at
from {{ ref('amazon_connect_contacts') }}
where agent_id is not null

union all

select
    agent_id,
    agent_username,
    company_id,
    team_id,
    team_name,
    occurred_at as seen_at
from {{ ref('amazon_connect_snapshots') }}
where agent_id is not null
