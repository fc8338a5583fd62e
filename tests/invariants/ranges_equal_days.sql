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
with differences as (
    {%- for of_range, daily, keys in families %}
    {%- set outer_loop = loop %}
    {%- for from_date, to_date in ranges %}
    select
        '{{ of_range.identifier }}' as relation_name,
        {{ from_date }} as from_date,
        {{ to_date }} as to_date,
        {{ keys | join(', ') }},
        column_name,
        difference
    from (
        select
            {{ keys | join(', ') }},
            sum(side * {{ additive_columns() }})
        from (
            select
                1 as side,
                *
            from {{ daily }}
            where date_day between {{ from_date }} and {{ to_date }}
            union all by name
            select
                -1 as side,
                *
            from {{ of_range }}({{ from_date }}, {{ to_date }})
        ) as sides
        group by {{ keys | join(', ') }}
    ) as totals
    unpivot (difference for column_name in (columns(* exclude ({{ keys | join(', ') }}))))
    {{ 'union all by name' if not (loop.last and outer_loop.last) }}
    {%- endfor %}
    {%- endfor %}
)

-- As in daily_sums_equal_aggregated.
select *
from differences
where
    abs(difference) > case when column_name like '%_seconds' then 1e-3 else 0 end
    and not regexp_matches(column_name, '^(pooled_)?avg_|^longest_|^customer_count$')
