{{ config(tags=['duckdb_sql']) }}
-- Every additive column of a mart of quarter hours sums to the day's. What an agent has in hand
-- while absent is of the day only.
{%- set families = [
    (ref('queue_metrics_interval'), ref('queue_metrics_daily'), queue_dimensions()),
    (
        ref('agent_activity_interval'), ref('agent_activity_daily'), ['company_id', 'agent_id']
    ),
] %}
{%- for interval, daily, keys in families %}
select
    '{{ interval.identifier }}' as relation_name,
    differences.*
from (
    {{ differing_sums(
        built_rows(interval), built_rows(daily), keys + ['date_day'],
        without=['absent_handling_seconds']
    ) | indent(4) }}
) as differences
{{ 'union all by name' if not loop.last }}
{%- endfor %}
