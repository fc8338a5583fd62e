{{ config(tags=['duckdb_sql']) }}
-- Every additive column of a mart of quarter hours sums to the day's. What an agent has in hand
-- while absent is of the day only.
{%- set families = [
    (ref('queue_metrics_interval'), ref('queue_metrics_daily'), queue_dimensions()),
    (
        ref('agent_activity_interval'), ref('agent_activity_daily'), ['company_id', 'agent_id']
    ),
] %}
with differences as (
    {%- for interval, daily, keys in families %}
    select
        '{{ interval.identifier }}' as relation_name,
        {{ keys[0] }},
        date_day,
        column_name,
        difference
    from (
        select
            {{ keys | join(', ') }},
            date_day,
            sum(side * {{ additive_columns() }})
        from (
            select
                1 as side,
                *
            from {{ built_rows(interval) }}
            union all by name
            select
                -1 as side,
                *
            from {{ built_rows(daily) }}
        ) as sides
        group by {{ keys | join(', ') }}, date_day
    ) as totals
    unpivot (
        difference for column_name in (columns(* exclude ({{ keys | join(', ') }}, date_day)))
    )
    {{ 'union all by name' if not loop.last }}
    {%- endfor %}
)

select *
from differences
where
    abs(difference) > case when column_name like '%_seconds' then 1e-3 else 0 end
    and not regexp_matches(column_name, '^avg_|^longest_|^absent_handling_')
