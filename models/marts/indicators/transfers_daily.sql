{{ config(materialized='incremental', meta={'touched_by': ['fct_transfers'], 'day': 'date_day'}) }}

select
    date_day,
    company_id,
    from_agent_id,
    from_skill_id,
    to_agent_id,
    to_skill_id,
    count(*) as transfer_count,
    {{ count_where('is_received') }} as received_transfer_count
from {{ of_touched_days(ref('fct_transfers'), ['fct_transfers']) }}
group by date_day, company_id, from_agent_id, from_skill_id, to_agent_id, to_skill_id
