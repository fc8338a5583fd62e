{{ config(materialized='incremental', meta={'touched_by': ['session_facts'], 'day': 'date_day'}) }}

{%- for score in range(1, 6) %}
select
    company_id,
    date_day,
    {{ score }} as score,
    score_{{ score }}_session_count as session_count,
    score_{{ score }}_rate as session_rate
from {{ of_touched_days(ref('session_analysis_daily'), ['session_facts']) }}
where evaluated_session_count > 0
{{ 'union all' if not loop.last }}
{%- endfor %}
