{{ config(materialized='view') }}

-- Not before it is known that nothing is gone, which the last build's facts tell.
-- depends_on: {{ ref('gone_names') }}
select * from {{ of_touched_agents(ref('stg_agent_events')) }}
