{{ config(materialized='view') }}

-- Not before it is known that nothing is gone, which the last build's facts tell.
-- depends_on: {{ ref('gone_names') }}
select * from {{ of_touched_sessions(ref('stg_sessions')) }}
