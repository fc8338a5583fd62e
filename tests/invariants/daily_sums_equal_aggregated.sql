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
with differences as (
    {%- for daily, aggregated, keys in families %}
    select
        '{{ aggregated.identifier }}' as relation_name,
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
            union all by name
            select
                -1 as side,
                *
            from {{ aggregated }}
        ) as sides
        group by {{ keys | join(', ') }}
    ) as totals
    unpivot (difference for column_name in (columns(* exclude ({{ keys | join(', ') }}))))
    {{ 'union all by name' if not loop.last }}
    {%- endfor %}
)

-- Sums of seconds differ by less than a millisecond. Averages, the longest, and customers, who may
-- come on several days, can't be summed.
select *
from differences
where
    abs(difference) > case when column_name like '%_seconds' then 1e-3 else 0 end
    and not regexp_matches(column_name, '^(pooled_)?avg_|^longest_|^customer_count$')
