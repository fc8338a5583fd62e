{{ config(tags=['duckdb_sql']) }}
-- Every additive column of a daily mart sums, over the days, to the same in the aggregated mart.
{%- set families = [
    (ref('session_analysis_daily'), ref('session_analysis_aggregated'), ['company_id']),
    (ref('agent_analysis_daily'), ref('agent_analysis_aggregated'), ['company_id', 'agent_id']),
    (ref('digital_metrics_daily'), ref('digital_metrics_aggregated'), digital_dimensions()),
    (ref('queue_metrics_daily'), ref('queue_metrics_aggregated'), queue_dimensions()),
    (ref('contact_metrics_daily'), ref('contact_metrics_aggregated'), digital_dimensions()),
    (ref('agent_activity_daily'), ref('agent_activity_aggregated'), ['company_id', 'agent_id']),
    (ref('session_metrics_daily'), ref('session_metrics_aggregated'), session_dimensions()),
    (
        ref('resolution_metrics_daily'), ref('resolution_metrics_aggregated'),
        resolution_dimensions(),
    ),
    (ref('survey_metrics_daily'), ref('survey_metrics_aggregated'), survey_dimensions()),
] %}
{%- for daily, aggregated, keys in families %}
select
    '{{ aggregated.identifier }}' as relation_name,
    differences.*
from (
    {{ differing_sums(daily, aggregated, keys, without=['customer_count']) | indent(4) }}
) as differences
{{ 'union all by name' if not loop.last }}
{%- endfor %}
