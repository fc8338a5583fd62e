{{ config(materialized='view') }}

select * from {{ of_touched_agents(ref('stg_agent_events')) }}
