{{ config(tags=['duckdb_sql']) }}
-- Every additive column of a range function, over each of several ranges, is the sum over the
-- range's days; the first and the last day are in it.
{%- set first = "(select min(date_day) from " ~ ref('session_analysis_daily') ~ ")" %}
{%- set last = "(select max(date_day) from " ~ ref('session_analysis_daily') ~ ")" %}
{%- set ranges = [
    (first, first),
    (first ~ ' + 1', first ~ ' + 7'),
    (last ~ ' - 2', last),
] %}
{%- set families = [
    (ref('session_analysis'), ref('session_analysis_daily'), ['company_id']),
    (ref('agent_analysis'), ref('agent_analysis_daily'), ['company_id', 'agent_id']),
    (ref('digital_metrics'), ref('digital_metrics_daily'), digital_dimensions()),
    (ref('queue_metrics'), ref('queue_metrics_daily'), queue_dimensions()),
    (ref('resolution_metrics'), ref('resolution_metrics_daily'), resolution_dimensions()),
    (ref('survey_metrics'), ref('survey_metrics_daily'), survey_dimensions()),
] %}
{%- for of_range, daily, keys in families %}
{%- set outer_loop = loop %}
{%- for from_date, to_date in ranges %}
{%- set days = '(select * from ' ~ daily ~ ' where date_day between ' ~ from_date ~ ' and '
    ~ to_date ~ ')' %}
{%- set range = of_range ~ '(' ~ from_date ~ ', ' ~ to_date ~ ')' %}
select
    '{{ of_range.identifier }}' as relation_name,
    {{ from_date }} as from_date,
    {{ to_date }} as to_date,
    differences.*
from (
    {{ differing_sums(days, range, keys, without=['customer_count']) | indent(4) }}
) as differences
{{ 'union all by name' if not (loop.last and outer_loop.last) }}
{%- endfor %}
{%- endfor %}
