-- Every additive column of a daily mart sums, over the days, to the same in the aggregated mart.
{%- set families = [
    (ref('session_analysis_daily'), ref('session_analysis_aggregated'), ['company_id']),
    (ref('agent_analysis_daily'), ref('agent_analysis_aggregated'), ['company_id', 'agent_id']),
    (ref('digital_metrics_daily'), ref('digital_metrics_aggregated'), digital_dimensions()),
] %}
with totals as (
    {%- for daily, aggregated, keys in families %}
    {%- for relation in [daily, aggregated] %}
    select
        '{{ aggregated.identifier }}' as relation_name,
        {{ 'true' if relation == daily else 'false' }} as is_daily,
        grain_key,
        column_name,
        total
    from (
        select
            to_json(struct_pack({{ keys | join(', ') }})) as grain_key,
            sum(columns('.*(_count|_seconds)$'))
        from {{ relation }}
        group by {{ keys | join(', ') }}
    )
    unpivot (total for column_name in (columns(* exclude (grain_key))))
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

compared as (
    select
        relation_name,
        grain_key,
        column_name,
        sum(total) filter (where is_daily) as daily_total,
        sum(total) filter (where not is_daily) as aggregated_total
    from totals
    -- Averages, and customers, who may come on several days, can't be summed.
    where not regexp_matches(column_name, '^(pooled_)?avg_|^customer_count$')
    group by relation_name, grain_key, column_name
)

select *
from compared
where
    case
        when column_name like '%_seconds'
            then (abs(daily_total - aggregated_total) <= 1e-6 * greatest(aggregated_total, 1))
                is not true
        else daily_total is distinct from aggregated_total
    end
