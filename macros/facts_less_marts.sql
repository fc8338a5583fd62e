{#
The end of an invariant that compares a family's facts with its marts: the rows in which a sum of
the CTE `facts` isn't the figure of the CTE `marts`. Every count and every sum of seconds of either
is compared, also one that is new. `keys`: what the rows are about, without date_day, which is NULL
in the figures of all days: those only of a full build, whose facts are looked at whole.
#}
{% macro facts_less_marts(keys) -%}
differences as (
    select
        {{ keys | join(', ') }},
        date_day,
        sum(side * {{ additive_columns() }})
    from (
        select
            1 as side,
            *
        from facts
        union all by name
        select
            -1 as side,
            *
        from marts
    ) as sides
    group by {{ keys | join(', ') }}, date_day
)

-- Sums of seconds differ by less than a millisecond. The averages aren't sums, and the grand total
-- of the facts' rollup is in no mart.
select *
from differences
unpivot (
    difference for column_name in (columns(* exclude ({{ keys | join(', ') }}, date_day)))
)
where
    abs(difference) > case when column_name like '%_seconds' then 1e-3 else 0 end
    and company_id is not null
    {%- if is_incremental_build() %}
    and date_day is not null
    {%- endif %}
    and not regexp_matches(column_name, '^(pooled_)?avg_|^longest_|^max_')
{%- endmacro %}
