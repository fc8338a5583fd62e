{{ config(tags=['duckdb_sql']) }}
-- Every column that is called a rate, in any mart, lies between 0 and 1.
{%- set marts = [
    ref('session_analysis_daily'),
    ref('session_analysis_aggregated'),
    ref('satisfaction_daily'),
    ref('agent_analysis_daily'),
    ref('agent_analysis_aggregated'),
    ref('digital_metrics_daily'),
    ref('digital_metrics_aggregated'),
    ref('digital_metrics_by_tag_daily'),
    ref('session_metrics_daily'),
    ref('session_metrics_aggregated'),
    ref('contact_metrics_daily'),
    ref('contact_metrics_aggregated'),
    ref('agent_activity_interval'),
    ref('agent_activity_daily'),
    ref('agent_activity_aggregated'),
    ref('queue_metrics_interval'),
    ref('queue_metrics_daily'),
    ref('queue_metrics_aggregated'),
    ref('sla_metrics_daily'),
    ref('resolution_metrics_daily'),
    ref('resolution_metrics_aggregated'),
    ref('bot_metrics_daily'),
    ref('survey_metrics_daily'),
    ref('survey_metrics_aggregated'),
    ref('survey_requests_daily'),
] %}
{%- for relation in marts %}
select
    '{{ relation.identifier }}' as relation_name,
    column_name,
    rate,
    count(*) as row_count
from (select columns('.*_rate$') from {{ built_rows(relation) }}) as rates
unpivot (rate for column_name in (columns(*)))
where (rate between 0 and 1) is not true
group by column_name, rate
{{ 'union all' if not loop.last }}
{%- endfor %}
